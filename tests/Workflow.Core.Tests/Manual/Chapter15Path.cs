using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter15Path
{
    /// <code>
    ///     ┌─► A ──┬─► A1 ──► A2 ──►
    /// ►───┤       └─► A3 ──►
    ///     ├─► B ──► B1 ──► B2 ──►
    ///     └─► C ──►
    /// </code>
    private static readonly ProcessDefinition Tree = ProcessDefinition.Define("Tree", process =>
    {
        process.OpenToAll();
        foreach (var name in new[] { "A", "B", "C" })
        {
            process.StartsWith(name);
        }

        process.Activity("C");
        process.Activity("B").To("B1");
        process.Activity("A").To("A1").To("A3");
        process.Activity("A1").To("A2");
        process.Activity("B1").To("B2");
        foreach (var name in new[] { "A2", "A3", "B2" })
        {
            process.Activity(name);
        }
    });

    [Test]
    [Statement("15")]
    public async Task Arrivals_are_processed_breadth_first_in_the_order_of_the_lines()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Tree);

        var id = await bed.BeginAsync();

        (await bed.StartedAsync(id)).ShouldBe(["A", "B", "C", "A1", "A3", "B1", "A2", "B2"]);
        (await bed.CompletedAsync(id)).ShouldBe(["A", "B", "C", "A1", "A3", "B1", "A2", "B2"]);
    }

    [Test]
    [Statement("15")]
    public async Task All_parallel_activities_exist_before_the_first_code_of_any_of_them_is_called()
    {
        var seen = new List<string>();
        WorkflowTestBed? bed = null;
        var definition = ProcessDefinition.Define("Parallel", process =>
        {
            process.OpenToAll();
            foreach (var letter in "ABC")
            {
                var name = $"{letter}";
                process.StartsWith(process.Activity(name, activity => activity.Server(
                    "Look",
                    async (context, _) => seen.Add($"{name}: {string.Join(' ', await bed!.OpenActivitiesAsync(context.ProcessInstance))}"))));
            }
        });

        await using (bed = await WorkflowTestBed.CreateAsync(definition))
        {
            await bed.BeginAsync();
        }

        seen.ShouldBe(["A: A B C", "B: B C", "C: C"]);
    }

    [Test]
    [Statement("15")]
    public async Task An_activity_asks_its_preceding_rule_plans_runs_succeeds_and_leaves()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Steps", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.Server("Call", _ => { })));
        }));

        var id = await bed.BeginAsync();

        (await bed.HistoryAsync(id)).Select(entry => entry.Kind).ShouldBe(
        [
            JournalKind.ProcessStarted, JournalKind.LineEvaluated, JournalKind.ActivityStarted, JournalKind.DestinationCreated, JournalKind.EventStarted,
            JournalKind.EventCompleted, JournalKind.DestinationCompleted, JournalKind.ActivityCompleted, JournalKind.ProcessCompleted,
        ]);
    }
}
