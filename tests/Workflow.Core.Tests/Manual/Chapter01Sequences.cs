using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Tasks before, behind and beside what others wait for.</summary>
[TestFixture]
public sealed class Chapter01Sequences
{
    private static readonly ProcessField<int> Rounds = new("Rounds", initial: 0);

    [Test]
    [Statement("1.2")]
    [Statement("1.6")]
    public async Task One_serial_number_is_a_server_item_then_a_task_then_a_server_item()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(1, 1).Waits("Bank").Chooses().Waits("Archive")));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        (await bed.StandingAsync(id, "A")).ShouldBe("--");
        await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.OpenAsync("A", serial));
        await bed.FinishAsync(serial);
        (await bed.StandingAsync(id, "A")).ShouldBe("Av");
        await bed.ShouldRefuseAsync<WorkflowException>(id, () => bed.FinishAsync(serial));
        await bed.ActAsync("A", serial, "Approve");
        (await bed.StandingAsync(id, "A")).ShouldBe("--");
        await bed.ShouldNotFindAsync("A", serial, WorklistItemEnd.Completed);
        await bed.FinishAsync(serial);

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.10")]
    [Statement("1.11")]
    public async Task The_item_of_a_sleeper_that_is_given_to_another_does_not_sleep_for_them()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Once(2, 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, seconds: 60);

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.User("A"), "D");

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- Av Av");
        await bed.AdvanceAsync(TimeSpan.FromSeconds(60));
        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- Av Av");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("1.2")]
    [Statement("10.7")]
    [Statement("10.9")]
    public async Task Each_run_of_an_activity_is_a_new_task_with_a_new_serial_number()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Rounds", process =>
        {
            process.Managed().Fields(Rounds);
            var ask = process.Activity("Ask", activity => activity.Each(2).Chooses());
            process.StartsWith(ask);
            process.FinishRule(when: Rounds < 3, goTo: ask);
        }));
        var id = await bed.BeginAsync();

        for (var round = 1; round <= 3; round++)
        {
            (await bed.ItemAsync("A", id)).Serial.ShouldBe(new SerialNumber(id, (2 * round) - 1));
            (await bed.ItemAsync("B", id)).Serial.ShouldBe(new SerialNumber(id, 2 * round));
            await bed.ActAsync("B", "Approve", answer => answer.Set(Rounds, round));
            await bed.ShouldNotFindAsync("A", new SerialNumber(id, (2 * round) - 1), WorklistItemEnd.Expired);
        }

        (await bed.PathAsync(id)).ShouldBe("Ask Ask Ask");
    }

    [Test]
    [Statement("10.1")]
    public async Task Tasks_of_parallel_activities_do_not_touch_each_other()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Parallel", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Left", activity => activity.Once(2, 1).Chooses()));
            process.StartsWith(process.Activity("Right", activity => activity.Once(2, 1).Chooses()));
        }));
        var id = await bed.BeginAsync();
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Av/Av Av/Av");

        await bed.OpenAsync("A", new SerialNumber(id, 1));
        await bed.OpenAsync("B", new SerialNumber(id, 2));
        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op/Al Al/Op");
        await bed.ActAsync("A", new SerialNumber(id, 1), "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: Right");
        await bed.ActAsync("B", new SerialNumber(id, 2), "Approve");

        (await bed.PathAsync(id)).ShouldBe("Left Right");
    }
}
