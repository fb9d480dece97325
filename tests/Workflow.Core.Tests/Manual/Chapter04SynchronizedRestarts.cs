using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles that are followed by hosts that die, keep nothing in memory, or have instances in Error.</summary>
[TestFixture]
public sealed class Chapter04SynchronizedRestarts
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);
    private static readonly PlanOption[] _plans = [PlanOption.JustOnce, PlanOption.PerDestination, PlanOption.PerDestinationInTurn];

    private readonly StaticDestinations _directory = [];

    private void Members(params string[] members) => _directory.Replace(Destination.Role("R"), members);

    private Task<WorkflowTestBed> BedAsync(PlanOption plan, bool keepsNothing) => WorkflowTestBed.CreateAsync(
        Staff.Deciding(activity => Planned(activity, plan).Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))),
        options =>
        {
            options.DestinationResolver = _directory;
            options.ResidentInstances = keepsNothing ? 0 : 1_000;
        });

    private static ActivityBuilder Planned(ActivityBuilder activity, PlanOption plan) => plan switch
    {
        PlanOption.JustOnce => activity.PlanJustOnce(Slots.PerDestination),
        PlanOption.PerDestination => activity.PlanPerDestination(),
        _ => activity.PlanPerDestinationInTurn(),
    };

    /// <summary>A approves; B leaves and D joins; C leaves an open item behind and comes back at the end; D and C approve.</summary>
    private async Task<string> RunAsync(PlanOption plan, bool keepsNothing, bool restarts)
    {
        Members("A", "B", "C");
        await using var bed = await BedAsync(plan, keepsNothing);
        await bed.StartAsync("dora");
        await StepAsync(() => bed.ActAsync("A", "Approve"));
        Members("A", "C", "D");
        await StepAsync(() => bed.AdvanceAsync(_interval));
        await StepAsync(async () => await (await bed.WorklistAsync("C")).ShouldHaveSingleItem().OpenAsync());
        Members("A", "D");
        await StepAsync(() => bed.AdvanceAsync(_interval));
        Members("A", "D", "C");
        await StepAsync(() => bed.AdvanceAsync(_interval));
        await StepAsync(() => bed.ActAsync("D", "Approve"));
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await StepAsync(() => bed.ActAsync("C", "Approve"));
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("A Approve, D Approve, C Approve");
        return await bed.TranscriptAsync(_id);

        async Task StepAsync(Func<Task> step)
        {
            await step();
            if (restarts)
            {
                await bed.RestartAsync();
            }
        }
    }

    [Test]
    [Statement("4.9")]
    [Statement("14.5")]
    public async Task It_makes_no_difference_whether_hosts_restart_or_keep_instances_in_memory([ValueSource(nameof(_plans))] PlanOption plan)
    {
        var expected = await RunAsync(plan, keepsNothing: false, restarts: false);

        (await RunAsync(plan, keepsNothing: true, restarts: false)).ShouldBe(expected);
        (await RunAsync(plan, keepsNothing: false, restarts: true)).ShouldBe(expected);
    }

    [Test]
    [Statement("8.1")]
    [Statement("4.9")]
    public async Task In_an_instance_in_error_nothing_follows_and_nothing_is_in_the_way_of_others()
    {
        Members("A", "B");
        var definition = ProcessDefinition.Define("Failing", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.PlanPerDestination()
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)).ApprovesOrRejects()));
            process.StartsWith(process.Activity("Break", activity => activity.Waits().Server("Throw", _ => throw new InvalidOperationException("broken"))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        await bed.StartAsync("dora");
        await bed.FinishAsync(_id, "Break");
        Members("A", "D");

        await bed.AdvanceAsync(_interval);

        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ActiveAsync(_id)).Letters().ShouldBe("AA");
        (await bed.ActiveAsync(_id)).Names().ShouldBe(["A", "B"]);
        (await bed.SeesAsync("D")).ShouldBe("2_4 Available");
        await bed.AdvanceAsync(_interval);
    }
}
