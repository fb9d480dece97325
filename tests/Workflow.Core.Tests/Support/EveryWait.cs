using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>An instance that waits in every way in which one can, is moved to a version in which everything has another name, and comes to its end
/// there.</summary>
internal sealed class EveryWait
{
    private const string New = "New ";

    private static readonly string[] _all = ["A", "B", "C"];

    private bool _isBroken;

    /// <summary>The things that an instance is in, beside all that it waits for.</summary>
    public enum Halt
    {
        /// <summary>It is Active.</summary>
        None,

        /// <summary>It is stopped, and a goto waits for its resume.</summary>
        Stopped,

        /// <summary>The code of an event has failed.</summary>
        FailedEvent,

        /// <summary>A line has failed.</summary>
        FailedLine,

        /// <summary>The code of an escalation has failed, and others are held.</summary>
        FailedEscalation,
    }

    /// <summary>Moves one.</summary>
    /// <param name="halt">The thing that it is in.</param>
    /// <param name="configure">Sets the store.</param>
    public async Task RunAsync(Halt halt, Action<WorkflowOptions>? configure = null)
    {
        var one = Define(1, "");
        await using var bed = await WorkflowTestBed.CreateAsync([Define(2, New), one], options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.DestinationResolver = new AskedResolver(_ => _all);
            configure?.Invoke(options);
        });
        var id = (await bed.StartAsync("dora")).Id;
        await DriveAsync(bed, id);
        await HaltAsync(bed, id, halt);
        var before = await bed.ShownAsync(id);
        await bed.MigrateAsync(id, Migrations.RenamesOf(one, New));

        (await bed.ShownAsync(id)).ShouldBe(before);
        await bed.RestartAsync();
        (await bed.ShownAsync(id)).ShouldBe(before, "the stored instance can be read, and is the same");
        (await bed.ReadAsync(id)).Activities.ShouldAllBe(activity => activity.Name.StartsWith(New, StringComparison.Ordinal));
        _isBroken = false;
        await GoOnAsync(bed, id);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static async Task DriveAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var once = (await bed.WorklistAsync("A")).Single(item => item.Activity == "Once").Serial;
        await bed.Engine.As("A").Worklist.OpenAsync(once);
        await bed.ActAsync("B", once, "Yes");
        await (await bed.WorklistAsync("C")).Single(item => item.Activity == "Once").SleepAsync(TimeSpan.FromDays(1));
        await bed.ActAsync("A", (await bed.WorklistAsync("A")).Single(item => item.Activity == "Turn").Serial, "Yes");
        await bed.ActAsync("A", (await bed.WorklistAsync("A")).First(item => item.Activity == "Each").Serial, "Yes");
        await bed.FinishAsync("bank", (await bed.ServerItemsAsync(id))[0]);
        await (await bed.WorklistAsync("A")).First(item => item.Activity == "Follow").DelegateAsync(Destination.User("D"), actions: ["Yes"]);
    }

    private async Task HaltAsync(WorkflowTestBed bed, ProcessInstanceId id, Halt halt)
    {
        var admin = bed.Admin();
        switch (halt)
        {
            case Halt.Stopped:
                await admin.StopAsync(id);
                await admin.GoToAsync(id, "Code", Expiring.Only("Code"));
                break;
            case Halt.FailedEvent:
                _isBroken = true;
                await admin.GoToAsync(id, "Code", Expiring.Only("Code"));
                break;
            case Halt.FailedLine:
                _isBroken = true;
                await admin.ExpireActivityAsync(id, "Line");
                break;
            case Halt.FailedEscalation:
                _isBroken = true;
                await bed.AdvanceAsync(TimeSpan.FromHours(1));
                await bed.AdvanceAsync(TimeSpan.FromHours(2));
                break;
            default:
                return;
        }

        (await bed.StatusAsync(id)).ShouldBe(halt is Halt.Stopped ? ProcessInstanceStatus.Stopped : ProcessInstanceStatus.Error);
    }

    private static async Task GoOnAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        switch (await bed.StatusAsync(id))
        {
            case ProcessInstanceStatus.Stopped:
                await bed.Admin().ResumeAsync(id);
                break;
            case ProcessInstanceStatus.Error:
                await bed.Admin().RetryAsync(id);
                break;
            default:
                break;
        }

        await bed.AdvanceAsync(TimeSpan.FromDays(6));
        for (var round = 0; round < 100 && await bed.StatusAsync(id) is ProcessInstanceStatus.Active; round++)
        {
            foreach (var item in await bed.ServerItemsAsync(id))
            {
                await bed.FinishAsync("bank", item);
            }

            foreach (var user in _all)
            {
                if ((await bed.WorklistAsync(user)) is [var task, ..])
                {
                    await bed.ActAsync(user, task.Serial, "New Yes");
                }
            }
        }
    }

    /// <summary>Every activity runs at once, and each waits in its own way.</summary>
    private ProcessDefinition Define(int version, string prefix) => ProcessDefinition.Define("Order", process =>
    {
        process.Version(version).OpenToAll().Rights(rights => rights.Admin(Orders.Boss));
        process.Fields(new ProcessField<string>($"{prefix}Place", "Lisbon") { IsSearchable = true });
        process.Escalation($"{prefix}Late", TimeSpan.FromDays(3), then => then.Mails());
        Start("Once", activity => Task(ForAll(activity).PlanJustOnce(Slots.Number(3))));
        Start("Each", activity => Task(ForAll(activity).PlanPerDestination(Slots.Number(2))));
        Start("Turn", activity => Task(ForAll(activity).PlanPerDestinationInTurn()));
        Start("Follow", activity => Task(activity.Destinations(to => to.Role("Staff").ResolvedToUsers(keepSynchronized: true)).PlanPerDestination()));
        Start("Slots", activity => Wait(activity.PlanPerSlot(Slots.Number(3)).SucceedingRule(Answers.AllGiven)));
        Start("Later", activity => Task(ForAll(activity.StartRule(DueTime.After(TimeSpan.FromDays(5))))));
        Start("Code", activity => Wait(activity.Server($"{prefix}Run", _ => MayFail())));
        Start("Line", activity => Wait(activity)).To(
            process.Activity($"{prefix}After"), Rule.Named("May fail", _ => _isBroken ? throw new InvalidOperationException("broken") : true));

        ActivityReference Start(string name, Action<ActivityBuilder> fill)
        {
            var activity = process.Activity($"{prefix}{name}", building =>
            {
                building.Fields(new ActivityField<int>($"{prefix}Shared", 1), new DestinationField<string>($"{prefix}Own", "own"));
                fill(building);
                building.Escalation($"{prefix}Remind", TimeSpan.FromHours(2), then => then.Run("Mail", _ => MayFail()), repeat: version);
            });
            process.StartsWith(activity);
            return activity;
        }

        void Task(ActivityBuilder activity) => activity.Client($"{prefix}Decide", task => task
            .Action($"{prefix}Yes")
            .Update($"{prefix}Save")
            .Escalation($"{prefix}Nudge", TimeSpan.FromHours(1), then => then.Run("Mail", _ => MayFail()), repeat: 3 - version));

        void Wait(ActivityBuilder activity) => activity.Server($"{prefix}Wait", context => context.WaitUntilFinished(context.Activity));
    });

    private static ActivityBuilder ForAll(ActivityBuilder activity) => activity.Destinations(to => to.Users(_all));

    private void MayFail()
    {
        if (_isBroken)
        {
            throw new InvalidOperationException("broken");
        }
    }
}
