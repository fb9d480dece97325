using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Advanced branching and synchronization: the joins that do not wait for all.</summary>
[TestFixture]
public sealed class BranchingPartialJoins
{
    private static readonly ProcessField<bool> IsAgain = new("Is again", initial: false);

    /// <summary>Three experts are asked, and the answers of some of them are enough for a decision.</summary>
    /// <code>
    ///          ┌──► Ann (waits) ──┐
    /// ► Ask ───┼──► Bob (waits) ──┼──► Decide (waits), the join ──►
    ///    ▲     └──► Cy (waits) ───┘      │
    ///    └────────── is again ───────────┘
    /// </code>
    private static ProcessDefinition Asking(Arrivals join) => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll().Fields(IsAgain);
        var ask = process.Activity("Ask");
        var ann = process.Activity("Ann", activity => activity.Waits());
        var bob = process.Activity("Bob", activity => activity.Waits());
        var cy = process.Activity("Cy", activity => activity.Waits());
        var decide = process.Activity("Decide", activity => activity.PrecedingRule(join).Waits());
        process.StartsWith(ask);
        ask.To(ann).To(bob).To(cy);
        ann.To(decide);
        bob.To(decide);
        cy.To(decide);
        decide.To(ask, when: IsAgain == true);
    });

    /// <summary>Two questions at once, to the same experts.</summary>
    /// <code>
    /// ► (twice) Ask ──┬──► Ann (waits) ──┐
    ///                 ├──► Bob (waits) ──┼──► Decide (waits), the join ──►
    ///                 └──► Cy (waits) ───┘
    /// </code>
    private static ProcessDefinition AskingTwice(Arrivals join) => ProcessDefinition.Define("Asking twice", process =>
    {
        process.OpenToAll();
        var ask = process.Activity("Ask");
        var decide = process.Activity("Decide", activity => activity.PrecedingRule(join).Waits());
        process.StartsWith(ask, name: "The first question").StartsWith(ask, name: "The second question");
        foreach (var expert in (string[])["Ann", "Bob", "Cy"])
        {
            ask.To(process.Activity(expert, activity => activity.Waits()).To(decide));
        }
    });

    [Test]
    [Pattern(9, "Structured Discriminator", "`PrecedingRule(Arrivals.First)`")]
    [Statement("13.1d")]
    public async Task WCP09_Structured_Discriminator()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Arrivals.First));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Bob");
        (await bed.AtWorkAsync(id)).ShouldBe("Ann, Cy, Decide");

        // The others go on, and their arrivals decide nothing.
        await bed.DoneAsync(id, "Ann", "Cy");
        (await bed.AtWorkAsync(id)).ShouldBe("Decide");
        (await bed.CountAsync(id, JournalKind.JoinPassed)).ShouldBe(1);

        // All have come, so the next round begins anew.
        await bed.FinishAsync(id, "Decide", result => result.Set(IsAgain, true));
        (await bed.AtWorkAsync(id)).ShouldBe("Ann, Bob, Cy");
        await bed.DoneAsync(id, "Cy");
        (await bed.AtWorkAsync(id)).ShouldBe("Ann, Bob, Decide");
        await bed.FinishAsync(id, "Decide", result => result.Set(IsAgain, false));
        await bed.DoneAsync(id, "Bob", "Ann");
        (await bed.RunsAsync(id, "Decide")).ShouldBe(2);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(28, "Blocking Discriminator", "`PrecedingRule(Arrivals.First.KeepingLater())`")]
    [Statement("13.1h")]
    public async Task WCP28_Blocking_Discriminator()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(AskingTwice(Arrivals.First.KeepingLater()));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Ann");
        (await DecidingAsync(bed, id)).ShouldBe(1);

        // The second answer of Ann waits until the first round is over. It is not lost.
        await bed.DoneAsync(id, "Ann", "Bob");
        (await DecidingAsync(bed, id)).ShouldBe(1);
        await bed.DoneAsync(id, "Cy");
        (await DecidingAsync(bed, id)).ShouldBe(2);
        await bed.DoneAsync(id, "Bob", "Cy");
        (await DecidingAsync(bed, id)).ShouldBe(2);
        await bed.DoneAsync(id, "Decide", "Decide");
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(29, "Cancelling Discriminator", "`PrecedingRule(Arrivals.First.ThenExpireOthers())`")]
    [Statement("13.1e")]
    [Statement("10.1b")]
    public async Task WCP29_Cancelling_Discriminator()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Arrivals.First.ThenExpireOthers()));
        var id = await bed.BeginAsync();
        var ann = await bed.SerialAsync(id, "Ann");
        var cy = await bed.SerialAsync(id, "Cy");

        await bed.DoneAsync(id, "Bob");

        (await bed.AtWorkAsync(id)).ShouldBe("Decide");
        await bed.ShouldHaveExpiredAsync(ann);
        await bed.ShouldHaveExpiredAsync(cy);

        // The join begins anew at once.
        await bed.FinishAsync(id, "Decide", result => result.Set(IsAgain, true));
        await bed.DoneAsync(id, "Ann");
        (await bed.AtWorkAsync(id)).ShouldBe("Decide");
        await bed.FinishAsync(id, "Decide", result => result.Set(IsAgain, false));
        (await bed.RunsAsync(id, "Decide")).ShouldBe(2);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(30, "Structured Partial Join", "`PrecedingRule(Arrivals.AtLeast(2))`")]
    [Statement("13.1e")]
    public async Task WCP30_Structured_Partial_Join()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Arrivals.AtLeast(2)));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Cy");
        (await bed.AtWorkAsync(id)).ShouldBe("Ann, Bob");
        await bed.DoneAsync(id, "Ann");
        (await bed.AtWorkAsync(id)).ShouldBe("Bob, Decide");
        await bed.DoneAsync(id, "Bob");
        (await bed.AtWorkAsync(id)).ShouldBe("Decide");

        // The third answer of the first round does not count for the second one.
        await bed.FinishAsync(id, "Decide", result => result.Set(IsAgain, true));
        await bed.DoneAsync(id, "Bob");
        (await bed.AtWorkAsync(id)).ShouldBe("Ann, Cy");
        await bed.DoneAsync(id, "Ann");
        (await bed.AtWorkAsync(id)).ShouldBe("Cy, Decide");
        await bed.FinishAsync(id, "Decide", result => result.Set(IsAgain, false));
        await bed.DoneAsync(id, "Cy");
        (await bed.RunsAsync(id, "Decide")).ShouldBe(2);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(31, "Blocking Partial Join", "`PrecedingRule(Arrivals.AtLeast(2).KeepingLater())`")]
    [Statement("13.1h")]
    public async Task WCP31_Blocking_Partial_Join()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(AskingTwice(Arrivals.AtLeast(2).KeepingLater()));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Ann");
        (await DecidingAsync(bed, id)).ShouldBe(0);
        await bed.DoneAsync(id, "Bob");
        (await DecidingAsync(bed, id)).ShouldBe(1);

        // Two answers of the second round are there, and wait until the first round is over.
        await bed.DoneAsync(id, "Ann", "Bob");
        (await DecidingAsync(bed, id)).ShouldBe(1);
        await bed.DoneAsync(id, "Cy");
        (await DecidingAsync(bed, id)).ShouldBe(2);
        await bed.DoneAsync(id, "Cy", "Decide", "Decide");
        (await bed.RunsAsync(id, "Decide")).ShouldBe(2);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(32, "Cancelling Partial Join", "`PrecedingRule(Arrivals.AtLeast(2).ThenExpireOthers())`")]
    [Statement("13.1e")]
    [Statement("10.1b")]
    public async Task WCP32_Cancelling_Partial_Join()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Arrivals.AtLeast(2).ThenExpireOthers()));
        var id = await bed.BeginAsync();
        var cy = await bed.SerialAsync(id, "Cy");

        await bed.DoneAsync(id, "Ann");
        (await bed.AtWorkAsync(id)).ShouldBe("Bob, Cy");
        await bed.DoneAsync(id, "Bob");

        (await bed.AtWorkAsync(id)).ShouldBe("Decide");
        await bed.ShouldHaveExpiredAsync(cy);
        await bed.DoneAsync(id, "Decide");
        (await bed.RunsAsync(id, "Decide")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    /// <summary>How often the decision is at work. Nobody has finished one, so that is how often the join has passed.</summary>
    private static async Task<int> DecidingAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
        (await bed.OpenActivitiesAsync(id)).Count(name => name == "Decide");
}
