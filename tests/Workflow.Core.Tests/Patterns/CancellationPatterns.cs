using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Cancellation and forced completion: patterns 19, 20 and 25 to 27.</summary>
[TestFixture]
public sealed class CancellationPatterns
{
    private static readonly ProcessField<bool> IsEnough = new("Is enough", initial: false);
    private static readonly Rule IsCompleted = Status.OfActivity == ActivityInstanceStatus.Completed;

    /// <code>
    ///            ┌──► Check the credit (a task of ann) ── if completed ──► Report (waits) ──►
    /// ► Apply ───┤
    ///            └──► Check the identity (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Loan = ProcessDefinition.Define("Loan", process =>
    {
        process.OpenToAll();
        var apply = process.Activity("Apply");
        var credit = process.Activity("Check the credit", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Ask the agency", task => task.Action("Good").Action("Bad")));
        process.StartsWith(apply);
        apply.To(credit).To(process.Activity("Check the identity", activity => activity.Waits()));
        credit.To(process.Activity("Report", activity => activity.Waits()), when: IsCompleted);
    });

    /// <code>
    ///            ┌──► Assess (a task of ann, who is reminded after a week) ──┐
    /// ► Claim ───┤                                                           ├──► Pay ──►
    ///            └──► Photographs (waits) ───────────────────────────────────┘
    /// </code>
    private static readonly ProcessDefinition Damage = ProcessDefinition.Define("Damage", process =>
    {
        process.OpenToAll().Withdrawal();
        var claim = process.Activity("Claim");
        var assess = process.Activity("Assess", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Assess the damage", task => task.Action("Accept"))
            .Escalation("Hand over", TimeSpan.FromDays(7), then => then.RedirectTo("bob")));
        var photographs = process.Activity("Photographs", activity => activity.Waits());
        var pay = process.Activity("Pay", activity => activity.PrecedingRule(Arrivals.All));
        process.StartsWith(claim);
        claim.To(assess).To(photographs);
        assess.To(pay);
        photographs.To(pay);
    });

    /// <code>
    ///      ┌──► Order ──┬──► Pack (waits) ──► Wrap (waits) ──┬──► Ship (waits): two, then the others expire ──►
    /// ►────┤            ├──► Pay (waits) ────────────────────┘
    ///      │            └──► Cancellation (waits) ───────────────► Refund (waits): the first, then the others expire ──►
    ///      └──► Advertise (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Sale = ProcessDefinition.Define("Sale", process =>
    {
        process.OpenToAll();
        var order = process.Activity("Order");
        var pack = process.Activity("Pack", activity => activity.Waits());
        var wrap = process.Activity("Wrap", activity => activity.Waits());
        var pay = process.Activity("Pay", activity => activity.Waits());
        var cancellation = process.Activity("Cancellation", activity => activity.Waits());
        var ship = process.Activity("Ship", activity => activity.PrecedingRule(Arrivals.AtLeast(2).Of(order).ThenExpireOthers()).Waits());
        var refund = process.Activity("Refund", activity => activity.PrecedingRule(Arrivals.First.Of(order).ThenExpireOthers()).Waits());
        process.StartsWith(order).StartsWith(process.Activity("Advertise", activity => activity.Waits()));
        order.To(pack).To(pay).To(cancellation);
        pack.To(wrap);
        wrap.To(ship);
        pay.To(ship);
        cancellation.To(refund);
    });

    /// <code>
    ///           ┌──► Survey (four at once, all of them; expires after three days) ── if completed ──► Publish (waits) ──►
    /// ► Begin ──┤
    ///           └──► Prepare the next one (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Survey = ProcessDefinition.Define("Survey", process =>
    {
        process.OpenToAll();
        var begin = process.Activity("Begin");
        var survey = process.Activity("Survey", activity => activity
            .PlanPerSlot(Slots.Number(4))
            .Waits()
            .SucceedingRule(Answers.AllGiven)
            .Escalation("Too late", TimeSpan.FromDays(3), then => then.ExpireActivity()));
        process.StartsWith(begin);
        begin.To(survey).To(process.Activity("Prepare the next one", activity => activity.Waits()));
        survey.To(process.Activity("Publish", activity => activity.Waits()), when: IsCompleted);
    });

    /// <code>
    /// ► Search (four at once: all of them, or until it is enough) ──► Report (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Search = ProcessDefinition.Define("Search", process =>
    {
        process.OpenToAll().Fields(IsEnough);
        var search = process.Activity("Search", activity => activity
            .PlanPerSlot(Slots.Number(4))
            .Waits()
            .SucceedingRule(Answers.AllGiven | IsEnough == true));
        process.StartsWith(search);
        search.To(process.Activity("Report", activity => activity.Waits()), when: IsCompleted);
    });

    [Test]
    [Pattern(19, "Cancel Activity", "An escalation, code of a server event, or an administrator: `ExpireActivityAsync`")]
    [Statement("10.1")]
    [Statement("3.12")]
    public async Task WCP19_Cancel_Activity([Values] bool isOpened)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Loan);
        var id = await bed.BeginAsync();
        var task = (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().Serial;
        if (isOpened)
        {
            await bed.OpenAsync("ann", task);
        }

        await bed.Admin().ExpireActivityAsync(id, "Check the credit", reason: "The customer is known.");

        (await bed.AtWorkAsync(id)).ShouldBe("Check the identity");
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.ActAsync("ann", task, "Good"));
        await bed.DoneAsync(id, "Check the identity");
        (await bed.StartedAsync(id)).ShouldBe(["Apply", "Check the credit", "Check the identity"]);
        (await bed.ExpiredAsync(id)).ShouldBe(["Check the credit"]);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(20, "Cancel Case", "`DeleteAsync` of an administrator, or `WithdrawAsync` of the originator, if the definition allows it")]
    [Statement("8.6b")]
    [Statement("13.11")]
    public async Task WCP20_Cancel_Case([Values] bool isWithdrawn)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Damage);
        var other = await bed.BeginAsync();
        await bed.DoneAsync(other, "Photographs");
        await bed.ActAsync("ann", "Accept");
        await bed.ShouldBeOverAsync(other);
        var id = await bed.BeginAsync();
        var task = (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().Serial;
        var photographs = await bed.SerialAsync(id, "Photographs");
        var spared = await bed.BeginAsync();

        if (isWithdrawn)
        {
            await bed.Engine.As("dora").WithdrawAsync(id);
        }
        else
        {
            await bed.Admin().DeleteAsync(id);
        }

        // Tasks, server items and timers are gone, and no line was followed.
        (await bed.AtWorkAsync(id)).ShouldBe(isWithdrawn ? "Completed" : "Deleted");
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().ProcessInstance.ShouldBe(spared);
        await bed.ShouldRefuseAsync<WorkflowException>(id, () => bed.ActAsync("ann", task, "Accept"));
        await bed.ShouldRefuseAsync<WorkflowException>(id, () => bed.FinishAsync(photographs));
        (await bed.StartedAsync(id)).ShouldNotContain("Pay");

        // Other instances live, with their timers.
        (await bed.AtWorkAsync(spared)).ShouldBe("Assess, Photographs");
        (await bed.AdvanceAsync(TimeSpan.FromDays(7))).ShouldBe(1);
        (await bed.WorklistAsync("bob")).ShouldHaveSingleItem().ProcessInstance.ShouldBe(spared);
    }

    [Test]
    [Pattern(25, "Cancel Region", "The branches of a split: `PrecedingRule(Arrivals.First.Of(split).ThenExpireOthers())` behind the branch that cancels them")]
    [Statement("13.1e")]
    [Statement("10.1b")]
    public async Task WCP25_Cancel_Region()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Sale);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Pack");
        var wrap = await bed.SerialAsync(id, "Wrap");
        var pay = await bed.SerialAsync(id, "Pay");

        await bed.DoneAsync(id, "Cancellation");

        // All of the region expires, and nothing besides.
        (await bed.AtWorkAsync(id)).ShouldBe("Advertise, Refund");
        await bed.ShouldHaveExpiredAsync(wrap);
        await bed.ShouldHaveExpiredAsync(pay);
        await bed.DoneAsync(id, "Refund", "Advertise");
        (await bed.StartedAsync(id)).ShouldNotContain("Ship");
        await bed.ShouldBeOverAsync(id);

        // A region that ends as it should can no longer be cancelled.
        var good = await bed.BeginAsync();
        var cancellation = await bed.SerialAsync(good, "Cancellation");
        await bed.DoneAsync(good, "Pay", "Pack", "Wrap");
        (await bed.AtWorkAsync(good)).ShouldBe("Advertise, Ship");
        await bed.ShouldHaveExpiredAsync(cancellation);
    }

    [Test]
    [Pattern(26, "Cancel Multiple Instance Activity", "As 19: all destinations of the activity expire")]
    [Statement("6.8")]
    [Statement("3.12")]
    public async Task WCP26_Cancel_Multiple_Instance_Activity()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Survey);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Survey");
        var left = await bed.WaitingOfAsync(id, "Survey");
        left.Count.ShouldBe(3);

        await bed.AdvanceAsync(TimeSpan.FromDays(3));

        // The one that has completed stays completed. The others are withdrawn, and nothing follows them.
        (await bed.AtWorkAsync(id)).ShouldBe("Prepare the next one");
        foreach (var serial in left)
        {
            await bed.ShouldHaveExpiredAsync(serial);
        }

        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(3);
        await bed.DoneAsync(id, "Prepare the next one");
        (await bed.StartedAsync(id)).ShouldNotContain("Publish");
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(27, "Complete Multiple Instance Activity", "A succeeding rule that is true before all have answered: `Answers.AllGiven | IsEnough == true`")]
    [Statement("3.1")]
    public async Task WCP27_Complete_Multiple_Instance_Activity()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Search);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Search");
        (await bed.AtWorkAsync(id)).ShouldBe("Search");
        var left = await bed.WaitingOfAsync(id, "Search");

        await bed.FinishAsync(left[1], result => result.Set(IsEnough, true));

        // The activity is completed, not expired, so the process goes on behind it, once.
        (await bed.AtWorkAsync(id)).ShouldBe("Report");
        await bed.ShouldHaveExpiredAsync(left[0]);
        await bed.ShouldHaveExpiredAsync(left[2]);
        (await bed.RunsAsync(id, "Search")).ShouldBe(1);
        await bed.DoneAsync(id, "Report");
        await bed.ShouldBeOverAsync(id);
    }
}
