using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Several instances of one activity: patterns 12 to 15 and 34 to 36.</summary>
[TestFixture]
public sealed class MultipleInstancePatterns
{
    private static readonly ProcessField<IReadOnlyList<string>> Goods = new("Goods", initial: []);
    private static readonly ProcessField<string> Article = new("Article", initial: "");
    private static readonly ProcessField<IReadOnlyList<string>> Witnesses = new("Witnesses", initial: []);
    private static readonly ProcessField<int> Needed = new("Needed", initial: 3);

    /// <code>
    /// ► Order each (one process for each of the goods, goes on) ──► Confirm (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Shopping = ProcessDefinition.Define("Shopping", process =>
    {
        process.OpenToAll().Fields(Goods);
        var order = process.Activity("Order each", activity => activity
            .PlanPerSlot(Slots.ForEach(Goods))
            .StartsProcess("Order it", "Purchase", purchase => purchase.SendSlotData(Article).GoOn())
            .SucceedingRule(Answers.AllGiven));
        process.StartsWith(order);
        order.To(process.Activity("Confirm", activity => activity.Waits()));
    });

    /// <code>
    /// ► Buy (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Purchase = ProcessDefinition.Define("Purchase", process => process
        .OpenToAll().Fields(Article).StartsWith(process.Activity("Buy", activity => activity.Waits())));

    /// <code>
    /// ► Sign (a task each for ann, bob and cy; all of them) ──► File (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Contract = ProcessDefinition.Define("Contract", process =>
    {
        process.OpenToAll();
        var sign = process.Activity("Sign", activity => activity
            .Destinations(to => to.Users("ann", "bob", "cy"))
            .PlanPerDestination()
            .Client("Sign the contract", task => task.Action("Sign"))
            .SucceedingRule(Answers.AllGiven));
        process.StartsWith(sign);
        sign.To(process.Activity("File", activity => activity.Waits()));
    });

    /// <summary>Witnesses are heard, all at once.</summary>
    /// <code>
    /// ► Hear (so many slots, each of which waits; so many of them are enough) ──► Judge (waits) ──►
    /// </code>
    private static ProcessDefinition Hearing(SlotAllocation slots, Rule enough, Func<ActivityBuilder, ActivityBuilder>? more = null) =>
        ProcessDefinition.Define("Hearing", process =>
        {
            process.OpenToAll().Fields(Witnesses, Needed);
            var hear = process.Activity("Hear", activity =>
            {
                activity.PlanPerSlot(slots).Waits().SucceedingRule(enough);
                more?.Invoke(activity);
            });
            process.StartsWith(hear);
            hear.To(process.Activity("Judge", activity => activity.Waits()));
        });

    [Test]
    [Pattern(12, "Multiple Instances without Synchronization", "`PlanPerSlot(Slots.ForEach(list))` and `StartsProcess(…, child => child.GoOn())`")]
    [Statement("7.10")]
    public async Task WCP12_Multiple_Instances_without_Synchronization()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Shopping, Purchase]);
        var id = await bed.BeginAsync(start => start.Set(Goods, ["bread", "milk", "salt"]));

        // All three are under way, and the process has gone on without any of them.
        (await bed.AtWorkAsync(id)).ShouldBe("Confirm");
        var purchases = await bed.ChildrenAsync(id);
        var articles = new List<string>();
        foreach (var purchase in purchases)
        {
            (await bed.AtWorkAsync(purchase)).ShouldBe("Buy");
            articles.Add((await bed.ReadAsync(purchase)).Fields.Get(Article));
        }

        articles.ShouldBe(["bread", "milk", "salt"]);
        await bed.DoneAsync(purchases[1], "Buy");
        (await bed.AtWorkAsync(id)).ShouldBe("Confirm");

        // The end of the process does not end them.
        await bed.DoneAsync(id, "Confirm");
        await bed.ShouldBeOverAsync(id);
        (await bed.RunsAsync(id, "Order each")).ShouldBe(1);
        (await bed.AtWorkAsync(purchases[0])).ShouldBe("Buy");
        await bed.DoneAsync(purchases[0], "Buy");
        await bed.DoneAsync(purchases[2], "Buy");
        await bed.ShouldBeOverAsync(purchases[2]);
    }

    [Test]
    [Pattern(13, "Multiple Instances with a Priori Design-Time Knowledge", "`PlanPerDestination()` for named users, and `SucceedingRule(Answers.AllGiven)`")]
    [Statement("4.5")]
    [Statement("3.9")]
    public async Task WCP13_Multiple_Instances_with_a_Priori_Design_Time_Knowledge()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Contract);
        var id = await bed.BeginAsync();

        await bed.ActAsync("cy", "Sign");
        await bed.ActAsync("ann", "Sign");
        (await bed.AtWorkAsync(id)).ShouldBe("Sign");
        await Should.ThrowAsync<NoSingleTaskException>(() => bed.ActAsync("ann", "Sign"));
        await bed.ActAsync("bob", "Sign");

        (await bed.AtWorkAsync(id)).ShouldBe("File");
        (await bed.CountAsync(id, JournalKind.DestinationCompleted)).ShouldBe(3);
        await bed.DoneAsync(id, "File");
        (await bed.RunsAsync(id, "Sign")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [TestCase("ann")]
    [TestCase("ann bob cy dan")]
    [Pattern(14, "Multiple Instances with a Priori Run-Time Knowledge", "`PlanPerSlot(Slots.ForEach(list))` and `SucceedingRule(Answers.AllGiven)`")]
    [Statement("4.7")]
    public async Task WCP14_Multiple_Instances_with_a_Priori_Run_Time_Knowledge(string names)
    {
        var count = names.Split(' ').Length;
        await using var bed = await WorkflowTestBed.CreateAsync(Hearing(Slots.ForEach(Witnesses), Answers.AllGiven));
        var id = await bed.BeginAsync(start => start.Set(Witnesses, names.Split(' ')));

        for (var left = count; left > 0; left--)
        {
            (await bed.AtWorkAsync(id)).ShouldBe("Hear");
            var serials = await bed.ServerItemsAsync(id);
            serials.Count.ShouldBe(left);

            // The number is known when the activity begins. A list that grows later does not change it.
            await bed.FinishAsync(serials[0], result => result.Set(Witnesses, ["eve", "fay", "gus", "hal", "ida", "joe"]));
        }

        (await bed.AtWorkAsync(id)).ShouldBe("Judge");
        await bed.DoneAsync(id, "Judge");
        (await bed.CountAsync(id, JournalKind.DestinationCompleted)).ShouldBe(count + 1);
        (await bed.RunsAsync(id, "Hear")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(15, "Multiple Instances without a Priori Run-Time Knowledge", "As 13 or 14, and `AddDestinationsAsync` or `AddSlotsAsync` while it is at work")]
    [Statement("4.16")]
    public async Task WCP15_Multiple_Instances_without_a_Priori_Run_Time_Knowledge()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Hearing(Slots.Number(2), Answers.AllGiven));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Hear");
        await bed.Admin().AddSlotsAsync(id, "Hear", 2, reason: "Two more have come.");
        (await bed.WaitingAsync(id)).ShouldBe("Wait, Wait, Wait");

        // The two of the beginning are no longer enough.
        await bed.DoneAsync(id, "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Hear");
        await bed.DoneAsync(id, "Hear", "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Judge");
        (await bed.RunsAsync(id, "Hear")).ShouldBe(1);

        // An activity that is over gets no more of them.
        await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.Admin().AddSlotsAsync(id, "Hear", 1).AsTask());
        await bed.DoneAsync(id, "Judge");
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(34, "Static Partial Join for Multiple Instances", "`SucceedingRule(Answers.AtLeast(2)…)` and `KeepRest()`")]
    [Statement("13.1l")]
    public async Task WCP34_Static_Partial_Join_for_Multiple_Instances()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Hearing(Slots.Number(3), Heard(2), activity => activity.KeepRest()));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Hear");
        await bed.DoneAsync(id, "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Hear, Judge");

        // The third one goes on, and its end starts nothing.
        await bed.DoneAsync(id, "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Judge");
        await bed.DoneAsync(id, "Judge");
        (await bed.RunsAsync(id, "Judge")).ShouldBe(1);
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(0);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(35, "Cancelling Partial Join for Multiple Instances", "`SucceedingRule(Answers.AtLeast(2)…)`: the others expire")]
    [Statement("3.1")]
    [Statement("3.12")]
    public async Task WCP35_Cancelling_Partial_Join_for_Multiple_Instances()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Hearing(Slots.Number(3), Heard(2)));
        var id = await bed.BeginAsync();
        var third = (await bed.ServerItemsAsync(id))[2];

        await bed.DoneAsync(id, "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Hear");
        await bed.DoneAsync(id, "Hear");

        (await bed.AtWorkAsync(id)).ShouldBe("Judge");
        await bed.ShouldHaveExpiredAsync(third);
        await bed.DoneAsync(id, "Judge");
        (await bed.RunsAsync(id, "Judge")).ShouldBe(1);
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(36, "Dynamic Partial Join for Multiple Instances", "As 34 or 35 with a data field: `Answers.AtLeast(Needed)`, and slots that are added as in 15")]
    [Statement("3.7")]
    [Statement("4.16")]
    public async Task WCP36_Dynamic_Partial_Join_for_Multiple_Instances()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Hearing(Slots.Number(3), Answers.AtLeast(Needed).Satisfy(Status.OfSlot == SlotStatus.Completed)));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Hear");
        await bed.Admin().AddSlotsAsync(id, "Hear", 2);
        var serials = await bed.ServerItemsAsync(id);
        serials.Count.ShouldBe(4);

        // The second witness tells so much that a fourth one has to be heard.
        await bed.FinishAsync(serials[0], result => result.Set(Needed, 4));
        await bed.DoneAsync(id, "Hear");
        (await bed.AtWorkAsync(id)).ShouldBe("Hear");
        await bed.DoneAsync(id, "Hear");

        (await bed.AtWorkAsync(id)).ShouldBe("Judge");
        await bed.ShouldHaveExpiredAsync(serials[3]);
        await bed.DoneAsync(id, "Judge");
        (await bed.RunsAsync(id, "Judge")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    private static Rule Heard(int count) => Answers.AtLeast(count).Satisfy(Status.OfSlot == SlotStatus.Completed);
}
