using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Advanced branching and synchronization: several threads along one branch.</summary>
[TestFixture]
public sealed class BranchingThreads
{
    /// <code>
    /// ► (twice) Bicycle ──┬── frame ───────►┐
    ///                     ├── front wheel ─►├──► Make a part (waits) ──► Assemble, three parts ──►
    ///                     └── rear wheel ──►┘
    /// </code>
    private static readonly ProcessDefinition Workshop = ProcessDefinition.Define("Workshop", process =>
    {
        process.OpenToAll();
        var bicycle = process.Activity("Bicycle");
        var part = process.Activity("Make a part", activity => activity.Waits());
        var assemble = process.Activity("Assemble", activity => activity.PrecedingRule(Arrivals.AlongOneLine(3)));
        process.StartsWith(bicycle, name: "The first bicycle").StartsWith(bicycle, name: "The second bicycle");
        bicycle.To(part, name: "Frame").To(part, name: "Front wheel").To(part, name: "Rear wheel");
        part.To(assemble);
    });

    /// <code>
    /// ► Make chairs (three at once: Cut waits, then Paint waits) ──► Deliver (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Chairs = ProcessDefinition.Define("Chairs", process =>
    {
        process.OpenToAll();
        var make = process.Activity("Make chairs", activity => activity
            .PlanPerSlot(Slots.Number(3))
            .Waits("Cut")
            .Waits("Paint")
            .SucceedingRule(Answers.AllGiven));
        process.StartsWith(make);
        make.To(process.Activity("Deliver", activity => activity.Waits()));
    });

    [Test]
    [Pattern(41, "Thread Merge", "`PrecedingRule(Arrivals.AlongOneLine(3))`")]
    [Statement("13.1i")]
    public async Task WCP41_Thread_Merge()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Workshop);
        var id = await bed.BeginAsync();

        foreach (var assembled in (int[])[0, 0, 1, 1, 1, 2])
        {
            await bed.DoneAsync(id, "Make a part");
            (await bed.RunsAsync(id, "Assemble")).ShouldBe(assembled);
        }

        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(42, "Thread Split", "`PlanPerSlot(Slots.Number(3))`: each slot runs the events of the activity by itself")]
    [Statement("4.5")]
    public async Task WCP42_Thread_Split()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Chairs);
        var id = await bed.BeginAsync();

        (await bed.WaitingAsync(id)).ShouldBe("Cut, Cut, Cut");
        var threads = await bed.ServerItemsAsync(id);

        // A thread that is ahead neither waits for the others nor takes them along.
        await bed.FinishAsync(threads[1]);
        (await bed.WaitingAsync(id)).ShouldBe("Cut, Paint, Cut");
        await bed.FinishAsync(threads[1]);
        (await bed.WaitingAsync(id)).ShouldBe("Cut, Cut");
        await bed.DoneAsync(id, "Make chairs", "Make chairs", "Make chairs");
        (await bed.AtWorkAsync(id)).ShouldBe("Make chairs");
        await bed.DoneAsync(id, "Make chairs");

        (await bed.AtWorkAsync(id)).ShouldBe("Deliver");
        (await bed.RunsAsync(id, "Make chairs")).ShouldBe(1);
        await bed.DoneAsync(id, "Deliver");
        await bed.ShouldBeOverAsync(id);
    }
}
