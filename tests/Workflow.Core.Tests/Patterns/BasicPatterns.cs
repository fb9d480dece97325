using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Basic control flow: patterns 1 to 5.</summary>
[TestFixture]
public sealed class BasicPatterns
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 0);

    /// <code>
    /// ► Pack (waits) ──► Ship (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Parcel = ProcessDefinition.Define("Parcel", process =>
    {
        process.OpenToAll();
        var pack = process.Activity("Pack", activity => activity.Waits());
        var ship = process.Activity("Ship", activity => activity.Waits());
        process.StartsWith(pack);
        pack.To(ship);
    });

    /// <code>
    ///                        ┌──► Pack (waits) ──┐
    /// ► Take order (waits) ──┤                   ├──► Ship (waits), when both have arrived ──►
    ///                        └──► Pay (waits) ───┘
    /// </code>
    private static readonly ProcessDefinition Order = ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll();
        var take = process.Activity("Take order", activity => activity.Waits());
        var pack = process.Activity("Pack", activity => activity.Waits());
        var pay = process.Activity("Pay", activity => activity.Waits());
        var ship = process.Activity("Ship", activity => activity.PrecedingRule(Arrivals.All).Waits());
        process.StartsWith(take);
        take.To(pack).To(pay);
        pack.To(ship);
        pay.To(ship);
    });

    /// <code>
    ///            ┌── less than 1000 ──► Clerk (waits) ─────┐
    /// ► Claim ───┤                                         ├──► Archive (waits) ──►
    ///            └── 1000 or more ────► Director (waits) ──┘
    /// </code>
    private static readonly ProcessDefinition Claim = ProcessDefinition.Define("Claim", process =>
    {
        process.OpenToAll().Fields(Amount);
        var claim = process.Activity("Claim");
        var clerk = process.Activity("Clerk", activity => activity.Waits());
        var director = process.Activity("Director", activity => activity.Waits());
        var archive = process.Activity("Archive", activity => activity.Waits());
        process.StartsWith(claim);
        claim.To(clerk, when: Amount < 1_000).To(director, when: Amount >= 1_000);
        clerk.To(archive);
        director.To(archive);
    });

    [Test]
    [Pattern(1, "Sequence", "A line from one activity to the next: `pack.To(ship)`")]
    [Statement("10.1")]
    public async Task WCP01_Sequence()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parcel);
        var id = await bed.BeginAsync();

        (await bed.AtWorkAsync(id)).ShouldBe("Pack");
        (await bed.StartedAsync(id)).ShouldBe(["Pack"]);
        await bed.DoneAsync(id, "Pack");
        (await bed.AtWorkAsync(id)).ShouldBe("Ship");
        await bed.DoneAsync(id, "Ship");

        await bed.ShouldBeOverAsync(id);
        (await bed.CompletedAsync(id)).ShouldBe(["Pack", "Ship"]);
    }

    [Test]
    [Pattern(2, "Parallel Split", "Several lines without rules leave an activity")]
    [Statement("10.1")]
    [Statement("10.2")]
    public async Task WCP02_Parallel_Split([Values] bool isPayFirst)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Order);
        var id = await bed.BeginAsync();

        (await bed.AtWorkAsync(id)).ShouldBe("Take order");
        await bed.DoneAsync(id, "Take order");

        // Neither branch waits for the other, and each has begun once.
        (await bed.AtWorkAsync(id)).ShouldBe("Pack, Pay");
        (await bed.StartedAsync(id)).ShouldBe(["Take order", "Pack", "Pay"]);
        await bed.DoneAsync(id, isPayFirst ? "Pay" : "Pack");
        (await bed.AtWorkAsync(id)).ShouldBe(isPayFirst ? "Pack" : "Pay");
    }

    [Test]
    [Pattern(3, "Synchronization", "`PrecedingRule(Arrivals.All)`")]
    [Statement("13.1")]
    [Statement("13.1b")]
    public async Task WCP03_Synchronization([Values] bool isPayFirst)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Order);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Take order", isPayFirst ? "Pay" : "Pack");
        (await bed.AtWorkAsync(id)).ShouldBe(isPayFirst ? "Pack" : "Pay");
        (await bed.EndsAsync(id, "Ship")).ShouldBe(nameof(ExpiryReason.ArrivalKept));
        await bed.DoneAsync(id, isPayFirst ? "Pack" : "Pay");

        // Both arrivals together are one run.
        (await bed.AtWorkAsync(id)).ShouldBe("Ship");
        await bed.DoneAsync(id, "Ship");
        (await bed.RunsAsync(id, "Ship")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [TestCase(0, "Clerk")]
    [TestCase(999, "Clerk")]
    [TestCase(1_000, "Director")]
    [Pattern(4, "Exclusive Choice", "Lines whose rules exclude each other: `claim.To(clerk, when: Amount < 1_000).To(director, when: Amount >= 1_000)`")]
    [Statement("10.1")]
    public async Task WCP04_Exclusive_Choice(int amount, string expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Claim);
        var id = await bed.BeginAsync(start => start.Set(Amount, amount));

        (await bed.AtWorkAsync(id)).ShouldBe(expected);
        (await bed.StartedAsync(id)).ShouldBe(["Claim", expected]);
        await bed.DoneAsync(id, expected, "Archive");

        await bed.ShouldBeOverAsync(id);
        (await bed.CompletedAsync(id)).ShouldBe(["Claim", expected, "Archive"]);
    }

    [TestCase(10, "Clerk")]
    [TestCase(2_000, "Director")]
    [Pattern(5, "Simple Merge", "Several lines lead to an activity, without a join")]
    [Statement("10.3")]
    public async Task WCP05_Simple_Merge(int amount, string branch)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Claim);
        var id = await bed.BeginAsync(start => start.Set(Amount, amount));

        (await bed.StartedAsync(id)).ShouldNotContain("Archive");
        await bed.DoneAsync(id, branch);

        // The branch that was not chosen is not waited for, and does not start it a second time.
        (await bed.AtWorkAsync(id)).ShouldBe("Archive");
        await bed.DoneAsync(id, "Archive");
        (await bed.StartedAsync(id)).Count(name => name == "Archive").ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }
}
