using System.Globalization;
using System.Text.Json;
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
    private const string Shown = "shown ";

    private static readonly string[] _all = ["A", "B", "C"];

    private bool _isBroken;

    /// <summary>Whether the code that is called again does not fail any more.</summary>
    private bool _isAnswered;

    /// <summary>The things that an instance is in, beside all that it waits for.</summary>
    public enum Halt
    {
        /// <summary>It is Active.</summary>
        None,

        /// <summary>It has not begun.</summary>
        NotBegun,

        /// <summary>It is stopped, and a goto waits for its resume.</summary>
        Stopped,

        /// <summary>The code of an event has failed.</summary>
        FailedEvent,

        /// <summary>A line has failed.</summary>
        FailedLine,

        /// <summary>The code of an escalation has failed, and others are held.</summary>
        FailedEscalation,
    }

    /// <summary>Moves one that was started just before.</summary>
    /// <param name="halt">The thing that it is in.</param>
    /// <param name="configure">Sets the store.</param>
    public async Task RunAsync(Halt halt, Action<WorkflowOptions>? configure = null)
    {
        await using var bed = await OpenAsync(halt, configure);
        await MoveAsync(bed, await StartAsync(bed, halt), halt);
    }

    /// <summary>Moves one that version 15 of the stored form has stored. It is read as it was.</summary>
    /// <param name="halt">The thing that it is in.</param>
    /// <param name="configure">Sets the store.</param>
    public async Task RunStoredAsync(Halt halt, Action<WorkflowOptions>? configure = null)
    {
        var name = JsonNamingPolicy.KebabCaseLower.ConvertName($"Waits{halt}");
        var lines = await GoldenFile.LinesAsync("15", $"{name}.txt", () => StoredAsync(halt));
        await using var bed = await OpenAsync(halt, configure);
        var now = new DateTimeOffset(long.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), TimeSpan.Zero);
        if (now > bed.Clock.GetUtcNow())
        {
            bed.Clock.Advance(now - bed.Clock.GetUtcNow());
        }

        await GoldenFile.StoreAsync(bed, lines, definition: "Order");
        var id = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(id)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ShownAsync(id)).ShouldBe(
            string.Join('\n', lines.Where(line => line.StartsWith(Shown, StringComparison.Ordinal)).Select(line => line[Shown.Length..])));
        await MoveAsync(bed, id, halt);
    }

    /// <summary>One as it is stored now: with the instant, its words in the store, and all that a change of the version leaves.</summary>
    private static async Task<string> StoredAsync(Halt halt)
    {
        var wait = new EveryWait();
        await using var bed = await wait.OpenAsync(halt, configure: null);
        var id = await wait.StartAsync(bed, halt);
        var shown = (await bed.ShownAsync(id)).Split('\n').Select(line => $"{Shown}{line}\n");
        return $"clock {bed.Clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture)}\n"
            + $"{await GoldenWords.OfAsync(bed.Store, id)}{string.Concat(shown)}{await GoldenFile.StoredAsync(bed, id)}";
    }

    private Task<WorkflowTestBed> OpenAsync(Halt halt, Action<WorkflowOptions>? configure) =>
        WorkflowTestBed.CreateAsync([Define(halt, 2, New), Define(halt, 1, "")], options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.DestinationResolver = new AskedResolver(_ => _all);
            configure?.Invoke(options);
        });

    private async Task<ProcessInstanceId> StartAsync(WorkflowTestBed bed, Halt halt)
    {
        var id = (await bed.StartAsync("dora")).Id;
        if (halt is not Halt.NotBegun)
        {
            await DriveAsync(bed, id);
            await HaltAsync(bed, id, halt);
        }

        return id;
    }

    private async Task MoveAsync(WorkflowTestBed bed, ProcessInstanceId id, Halt halt)
    {
        var before = await bed.ShownAsync(id);
        await bed.MigrateAsync(id, Migrations.RenamesOf(Define(halt, 1, ""), New));

        (await bed.ShownAsync(id)).ShouldBe(before);
        await bed.RestartAsync();
        (await bed.ShownAsync(id)).ShouldBe(before, "the stored instance can be read, and is the same");
        await WalkedInstance.CheckNamesAsync(bed, id);
        (await bed.ReadAsync(id)).Activities.ShouldAllBe(activity => activity.Name.StartsWith(New, StringComparison.Ordinal));
        (_isBroken, _isAnswered) = (false, true);
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
    private ProcessDefinition Define(Halt halt, int version, string prefix) => ProcessDefinition.Define("Order", process =>
    {
        if (halt is Halt.NotBegun)
        {
            process.StartRule(DueTime.After(TimeSpan.FromDays(1)));
        }

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
        Start("Again", activity => activity.Server(
            $"{prefix}Call", _ => MayAnswer(), define: call => call.Retry(attempts: 3, wait: TimeSpan.FromHours(12))));
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

    private void MayAnswer()
    {
        if (!_isAnswered)
        {
            throw new InvalidOperationException("nobody answers");
        }
    }
}
