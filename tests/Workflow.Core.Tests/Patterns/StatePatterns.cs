using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Patterns in which the state of the instance decides what may be at work.</summary>
[TestFixture]
public sealed class StatePatterns
{
    private static readonly ProcessField<string> FirstEvent = new("First event", initial: "");
    private static readonly ProcessField<bool> IsOpen = new("Is open", initial: false);

    /// <code>
    ///            ┌──► Customer (a task of ann) ────────────┐               ┌── customer ──► Deliver (waits) ──►
    /// ► Offer ───┤                                         ├──► Choice ────┤
    ///            └──► Recall (waits for the manufacturer) ─┘  the first,   └── recall ────► Take back (waits) ──►
    ///                                                         others expire
    /// </code>
    private static readonly ProcessDefinition Offer = ProcessDefinition.Define("Offer", process =>
    {
        process.OpenToAll().Fields(FirstEvent);
        var offer = process.Activity("Offer");
        var customer = process.Activity("Customer", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Accept the offer", task => task.Action("Accept", action => action.Sets(FirstEvent, "customer"))));
        var recall = process.Activity("Recall", activity => activity
            .Waits()
            .PureServer("Note it", context => context.Set(FirstEvent, "recall")));
        var choice = process.Activity("Choice", activity => activity.PrecedingRule(Arrivals.First.ThenExpireOthers()));
        process.StartsWith(offer);
        offer.To(customer).To(recall);
        customer.To(choice);
        recall.To(choice);
        choice.To(process.Activity("Deliver", activity => activity.Waits()), when: FirstEvent == "customer");
        choice.To(process.Activity("Take back", activity => activity.Waits()), when: FirstEvent == "recall");
    });

    /// <code>
    ///            ┌──► Blood test (waits) ──► Blood count (waits) ──┐
    /// ► Admit ───┤                                                 ├──► Diagnose, when both have arrived ──►
    ///            └──► X-ray (waits) ───────────────────────────────┘
    ///              one of the three at a time
    /// </code>
    private static readonly ProcessDefinition Hospital = ProcessDefinition.Define("Hospital", process =>
    {
        process.OpenToAll();
        var admit = process.Activity("Admit");
        var test = process.Activity("Blood test", activity => activity.Waits());
        var count = process.Activity("Blood count", activity => activity.Waits());
        var ray = process.Activity("X-ray", activity => activity.Waits());
        var diagnose = process.Activity("Diagnose", activity => activity.PrecedingRule(Arrivals.All));
        process.StartsWith(admit);
        admit.To(test).To(ray);
        test.To(count);
        count.To(diagnose);
        ray.To(diagnose);
        process.Exclusive(test, count, ray);
    });

    /// <code>
    ///      ┌──► Open the case (waits) ──► Close the case (waits) ──►
    /// ►────┤
    ///      └──► Object (waits), only while the case is open ──► Answer (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Court = ProcessDefinition.Define("Court", process =>
    {
        process.OpenToAll().Fields(IsOpen);
        var open = process.Activity("Open the case", activity => activity.Waits());
        var objection = process.Activity("Object", activity => activity.Milestone(IsOpen == true).Waits());
        process.StartsWith(open).StartsWith(objection);
        open.To(process.Activity("Close the case", activity => activity.Waits()));
        objection.To(process.Activity("Answer", activity => activity.Waits()));
    });

    /// <code>
    ///           ┌──► Repair (switch off, then switch on) ──────┐ never both
    /// ► Open ───┼──► Measure (another process with two steps) ─┘ at once
    ///           └──► Paperwork (waits)
    /// </code>
    private static readonly ProcessDefinition Machine = ProcessDefinition.Define("Machine", process =>
    {
        process.OpenToAll();
        var open = process.Activity("Open");
        var repair = process.Activity("Repair", activity => activity.Waits("Switch off").Waits("Switch on"));
        var measure = process.Activity("Measure", activity => activity.StartsProcess("Measure it", "Measurement"));
        process.StartsWith(open);
        open.To(repair).To(measure).To(process.Activity("Paperwork", activity => activity.Waits()));
        process.Exclusive(repair, measure);
    });

    /// <code>
    /// ► Warm up (waits) ──► Read (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Measurement = ProcessDefinition.Define("Measurement", process =>
    {
        process.OpenToAll();
        var warm = process.Activity("Warm up", activity => activity.Waits());
        process.StartsWith(warm);
        warm.To(process.Activity("Read", activity => activity.Waits()));
    });

    /// <code>
    ///            ┌──► Nurse is free (waits) ──► Blood test (waits) ──┐
    /// ► Arrive ──┼──► Ray is free (waits) ────► X-ray (waits) ───────┼──► Diagnose, when all have arrived ──►
    ///            └──► Tube is free (waits) ───► Scan (waits) ────────┘
    ///                                           one of the three at a time
    /// </code>
    private static readonly ProcessDefinition Checkup = ProcessDefinition.Define("Checkup", process =>
    {
        process.OpenToAll();
        var arrive = process.Activity("Arrive");
        var diagnose = process.Activity("Diagnose", activity => activity.PrecedingRule(Arrivals.All));
        process.StartsWith(arrive);
        foreach (var (free, examination) in ((string, string)[])[("Nurse is free", "Blood test"), ("Ray is free", "X-ray"), ("Tube is free", "Scan")])
        {
            var examine = process.Activity(examination, activity => activity.Waits());
            arrive.To(process.Activity(free, activity => activity.Waits()).To(examine));
            examine.To(diagnose);
        }

        process.Exclusive("Blood test", "X-ray", "Scan");
    });

    [Test]
    [Pattern(16, "Deferred Choice", "A task and a server event at once, and `PrecedingRule(Arrivals.First.ThenExpireOthers())` behind them")]
    [Statement("13.1e")]
    public async Task WCP16_Deferred_Choice([Values] bool isRecalled)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Offer);
        var id = await bed.BeginAsync();

        // Nobody has chosen yet: both are on offer.
        var task = (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().Serial;
        var recall = await bed.SerialAsync(id, "Recall");
        if (isRecalled)
        {
            await bed.FinishAsync(recall);
            (await bed.WorklistAsync("ann")).ShouldBeEmpty();
            await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.ActAsync("ann", task, "Accept"));
        }
        else
        {
            await bed.ActAsync("ann", "Accept");
            await bed.ShouldHaveExpiredAsync(recall);
        }

        (await bed.AtWorkAsync(id)).ShouldBe(isRecalled ? "Take back" : "Deliver");
        (await bed.StartedAsync(id)).ShouldNotContain(isRecalled ? "Deliver" : "Take back");
        await bed.DoneAsync(id, isRecalled ? "Take back" : "Deliver");
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(17, "Interleaved Parallel Routing", "`process.Exclusive(…)` and lines for the order that has to be kept")]
    [Statement("13.1f")]
    public async Task WCP17_Interleaved_Parallel_Routing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Hospital);
        var id = await bed.BeginAsync();

        // The X-ray lies between the two that have an order, and nothing is at work beside it.
        foreach (var activity in (string[])["Blood test", "X-ray", "Blood count"])
        {
            (await bed.AtWorkAsync(id)).ShouldBe(activity);
            (await bed.WaitingAsync(id)).ShouldBe("Wait");
            await bed.DoneAsync(id, activity);
        }

        (await bed.CompletedAsync(id)).ShouldBe(["Admit", "Blood test", "X-ray", "Blood count", "Diagnose"]);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(18, "Milestone", "`activity.Milestone(rule)`")]
    [Statement("13.1j")]
    public async Task WCP18_Milestone([Values] bool isObjected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Court);
        var id = await bed.BeginAsync();

        // The milestone is not reached, so there is nothing to finish yet.
        (await bed.AtWorkAsync(id)).ShouldBe("Open the case");
        (await bed.WaitingOfAsync(id, "Object")).ShouldBeEmpty();
        await bed.FinishAsync(id, "Open the case", result => result.Set(IsOpen, true));
        (await bed.AtWorkAsync(id)).ShouldBe("Object, Close the case");
        var objection = await bed.SerialAsync(id, "Object");
        if (isObjected)
        {
            await bed.FinishAsync(objection);
        }

        await bed.FinishAsync(id, "Close the case", result => result.Set(IsOpen, false));

        // When the milestone has passed, the activity is withdrawn. One that has completed in time stays completed.
        if (isObjected)
        {
            (await bed.AtWorkAsync(id)).ShouldBe("Answer");
            await bed.DoneAsync(id, "Answer");
        }
        else
        {
            await bed.ShouldHaveExpiredAsync(objection);
        }

        (await bed.StartedAsync(id)).Contains("Answer").ShouldBe(isObjected);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(39, "Critical Section", "`process.Exclusive(…)` of activities that hold a whole region: several events, or a sub-process")]
    [Statement("13.1f")]
    [Statement("7.7")]
    public async Task WCP39_Critical_Section()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Machine, Measurement]);
        var id = await bed.BeginAsync();

        (await bed.AtWorkAsync(id)).ShouldBe("Repair, Paperwork");
        await bed.DoneAsync(id, "Repair");

        // The other region does not begin between two steps of this one.
        (await bed.AtWorkAsync(id)).ShouldBe("Repair, Paperwork");
        (await bed.ChildrenAsync(id)).ShouldBeEmpty();
        await bed.DoneAsync(id, "Repair");
        (await bed.AtWorkAsync(id)).ShouldBe("Measure, Paperwork");
        var measurement = await bed.ChildAsync(id);
        await bed.DoneAsync(measurement, "Warm up");
        (await bed.AtWorkAsync(id)).ShouldBe("Measure, Paperwork");
        await bed.DoneAsync(measurement, "Read");

        (await bed.AtWorkAsync(id)).ShouldBe("Paperwork");
        await bed.DoneAsync(id, "Paperwork");
        (await bed.CompletedAsync(id)).ShouldBe(["Open", "Repair", "Measure", "Paperwork"]);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(40, "Interleaved Routing", "`process.Exclusive(…)`: the one that comes first begins first")]
    [Statement("13.1f")]
    public async Task WCP40_Interleaved_Routing([Range(0, 5)] int order)
    {
        string[] free = ["Nurse is free", "Ray is free", "Tube is free"];
        string[] examinations = ["Blood test", "X-ray", "Scan"];
        var places = Words.Orders(3).ElementAt(order);
        await using var bed = await WorkflowTestBed.CreateAsync(Checkup);
        var id = await bed.BeginAsync();

        // All three are there, and only the one that came first is at work.
        await bed.DoneAsync(id, [.. places.Select(place => free[place])]);
        foreach (var place in places)
        {
            (await bed.AtWorkAsync(id)).ShouldBe(examinations[place]);
            (await bed.WaitingAsync(id)).ShouldBe("Wait");
            await bed.DoneAsync(id, examinations[place]);
        }

        (await bed.CompletedAsync(id))[^4..].ShouldBe([.. places.Select(place => examinations[place]), "Diagnose"]);
        await bed.ShouldBeOverAsync(id);
    }
}
