using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Timers are found by those who administer their processes.</summary>
[TestFixture]
public sealed class Chapter13Timers
{
    private static ProcessDefinition Waiting(string name, string administrator, DueTime? ofProcess, DueTime ofActivity) =>
        ProcessDefinition.Define(name, process =>
        {
            process.Rights(rights => rights.Start("dora").Admin(administrator));
            process.StartsWith(process.Activity("Prepare", activity => activity.StartRule(ofActivity)));
            if (ofProcess is not null)
            {
                process.StartRule(ofProcess);
            }
        });

    /// <summary>Two processes with different administrators, and one instance each. Of the second the whole instance waits.</summary>
    private static async Task<WorkflowTestBed> BedAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(
        [
            Waiting("Claim", "boss", ofProcess: null, DueTime.After(TimeSpan.FromHours(2))),
            Waiting("Trip", "chief", DueTime.After(TimeSpan.FromHours(1)), DueTime.Now),
        ]);
        await bed.StartAsync("Claim", "dora");
        await bed.StartAsync("Trip", "dora");
        return bed;
    }

    private static async Task<IEnumerable<string>> FindAsync(WorkflowConnection user, TimerQuery? query = null) =>
        (await user.FindTimersAsync(query)).Select(timer => $"{timer.ProcessInstance} {timer.Kind} {timer.Element}");

    [Test]
    [Statement("13.10")]
    [Statement("14.7")]
    public async Task An_administrator_finds_what_is_due_next_in_their_processes()
    {
        await using var bed = await BedAsync();

        (await FindAsync(bed.Engine.As("boss"))).ShouldBe(["1 Start Prepare"]);
        (await FindAsync(bed.Engine.As("chief"))).ShouldBe(["2 ProcessStart Trip"]);
        (await FindAsync(bed.Engine.AsSystem())).ShouldBe(["2 ProcessStart Trip", "1 Start Prepare"]);
        (await FindAsync(bed.Engine.As("dora"))).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.10")]
    public async Task Timers_are_found_by_definition_by_instance_and_by_when_they_are_due()
    {
        await using var bed = await BedAsync();
        var system = bed.Engine.AsSystem();

        (await FindAsync(system, new() { Definition = "Claim" })).ShouldBe(["1 Start Prepare"]);
        (await FindAsync(system, new() { Definitions = ["Claim", "Trip"], DueUntil = WorkflowTestBed.Beginning.AddHours(1) }))
            .ShouldBe(["2 ProcessStart Trip"]);
        (await FindAsync(system, new() { ProcessInstance = new ProcessInstanceId(1), Definition = "Trip" })).ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync(new() { Definition = "Claim" })).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("14.7")]
    [Statement("13.10")]
    public async Task A_definition_that_is_named_needs_the_right_and_of_several_the_others_are_left_out()
    {
        await using var bed = await BedAsync();
        var boss = bed.Engine.As("boss");

        (await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await boss.FindTimersAsync(new() { Definition = "Trip" })))
            .Message.ShouldContain("Admin");
        (await FindAsync(boss, new() { Definitions = ["Claim", "Trip"] })).ShouldBe(["1 Start Prepare"]);
        (await FindAsync(boss, new() { Definitions = [] })).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await boss.FindTimersAsync(new() { Limit = 501 }));
    }
}
