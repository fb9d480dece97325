using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>An instance of a random definition moves at random, and is then moved to a random other version. Either that is refused with a reason and nothing
/// has changed, or everything that the instance waited for is still there, and users and outside systems bring it to its end. It may wait for sub-processes,
/// and be one itself.</summary>
/// <param name="seed">The seed of the definitions and of all that happens.</param>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class MigrationWalk(int seed)
{
    private const string Boss = "boss";
    private const int MostSteps = 12;

    /// <summary>More rounds than any instance needs to its end.</summary>
    private const int Rounds = 200;

    private static readonly string[] _users = ["ann", "bob", "cy"];

    private readonly Random _random = new(seed);
    private int _failing;

    /// <summary>The instance that has started the one that is moved; null for none.</summary>
    private ProcessInstanceId? _above;

    /// <summary>Whether the instance that was moved waited for a sub-process.</summary>
    public bool HasWaitedForSubProcess { get; private set; }

    /// <summary>Walks once.</summary>
    /// <param name="which">The name of the walk, for a failure.</param>
    /// <param name="configure">Sets the store.</param>
    /// <returns>Whether the instance was moved.</returns>
    public async Task<bool> RunAsync(string which, Action<WorkflowOptions>? configure = null)
    {
        var draw = new SketchDraw(_random);
        var sketch = draw.Draw();
        var builder = new SketchBuilder(MayFail, Fails);
        var (one, above, number) = (builder.Build(sketch, version: 1), SketchBuilder.Above(sketch), SketchBuilder.NumberOf(sketch));
        draw.Change(sketch);
        var (two, renames) = (builder.Build(sketch, version: 2), SketchDraw.RenamesOf(sketch));
        draw.Story.Insert(0, which);
        await using var bed = await WorkflowTestBed.CreateAsync([two, one, SketchBuilder.Child(), above], options =>
        {
            options.SilencedFindings = FindingIds.All;
            configure?.Invoke(options);
        });
        _failing = _random.Next(100) < 30 ? 15 : 0;
        _above = _random.Next(100) < 40 ? (await bed.StartAsync("Above", "dora")).Id : null;
        var id = _above is { } parent ? await bed.ChildAsync(parent) : (await bed.StartAsync("dora")).Id;
        try
        {
            var isMoved = await WalkAsync(bed, id, renames, draw);
            await CheckAboveAsync(bed, id, hasNumber: number is not null);
            await WalkedFamily.CheckAsync(bed, []);
            return isMoved;
        }
        catch (Exception exception) when (exception is not AssertionException)
        {
            throw new AssertionException($"{string.Join('\n', draw.Story)}\n{renames}\n{await bed.TranscriptAsync(id)}\n{exception}", exception);
        }
    }

    private async Task<bool> WalkAsync(WorkflowTestBed bed, ProcessInstanceId id, Renames renames, SketchDraw draw)
    {
        for (var count = _random.Next(MostSteps); count > 0; count--)
        {
            draw.Story.Add(await StepAsync(bed, id));
        }

        _failing = 0;
        await bed.SettleAsync();
        if (await bed.StatusAsync(id) is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted)
        {
            return false;
        }

        var isMoved = await MoveAsync(bed, id, renames, draw.IsLacking);
        await FinishAsync(bed, id);
        return isMoved;
    }

    /// <summary>The parent got the value that the field has, whatever its name is now.</summary>
    private async Task CheckAboveAsync(WorkflowTestBed bed, ProcessInstanceId id, bool hasNumber)
    {
        if (_above is { } above && await bed.StatusAsync(id) is ProcessInstanceStatus.Completed)
        {
            var process = await bed.ReadAsync(above);
            process.Status.ShouldBe(ProcessInstanceStatus.Completed);
            process.Fields.Get<int>("Kept").ShouldBe(hasNumber ? 7 : 0);
        }
    }

    private static async Task<List<SubProcess>> SubProcessesAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.ReadAsync(id)).Activities.SelectMany(activity => activity.Destinations).Select(item => item.Event?.SubProcess).OfType<SubProcess>()];

    private async Task<bool> MoveAsync(WorkflowTestBed bed, ProcessInstanceId id, Renames renames, bool isLacking)
    {
        var admin = bed.Engine.As(Boss).ManageProcesses();
        var preview = (await admin.Migration("Walk", from: 1, to: 2, renames).PreviewAsync([id])).Single();
        var (before, stored) = (await bed.ShownAsync(id), await bed.StoredBytesAsync(id));
        var subProcesses = await SubProcessesAsync(bed, id);
        try
        {
            (await admin.MigrateAsync(id, toVersion: 2, renames)).ShouldBeTrue();
        }
        catch (ProcessInstanceRefusedException refusal)
        {
            isLacking.ShouldBeTrue(refusal.Message);
            preview.Obstacles.ShouldBe(refusal.Obstacles);
            refusal.Obstacles.ShouldNotBeEmpty();
            (await bed.StoredBytesAsync(id)).ShouldBe(stored);
            return false;
        }

        isLacking.ShouldBeFalse();
        preview.Outcome.ShouldBe(MigrationOutcome.Migrated);
        (await bed.ShownAsync(id)).ShouldBe(before);
        await bed.RestartAsync();
        (await bed.ShownAsync(id)).ShouldBe(before, "the stored instance can be read, and is the same");
        (await SubProcessesAsync(bed, id)).ShouldBe(subProcesses);
        HasWaitedForSubProcess = subProcesses.Count > 0;
        await WalkedInstance.CheckNamesAsync(bed, id);
        var record = (await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { Limit = 500 })).Single(found => found.Id == id);
        (record.DefinitionVersion, (await bed.ReadAsync(id)).DefinitionVersion).ShouldBe((2, 2));
        return true;
    }

    /// <returns>The step, and how it was refused.</returns>
    private async Task<string> StepAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var admin = bed.Engine.As(Boss).ManageProcesses();
        (string Name, Func<Task> Step) drawn = _random.Next(9) switch
        {
            0 => ("stop", () => admin.StopAsync(id).AsTask()),
            1 => ("resume", () => admin.ResumeAsync(id).AsTask()),
            2 => ("retry", () => admin.RetryAsync(id).AsTask()),
            3 or 4 => ("advance", () => bed.AdvanceAsync(TimeSpan.FromHours(_random.Next(1, 9)))),
            5 => ("finish", () => FinishItemsAsync(bed, id)),
            _ => ("act", () => ActAsync(bed)),
        };
        try
        {
            await drawn.Step();
            return drawn.Name;
        }
        catch (WorkflowException refusal) when (refusal is not WorkflowInvariantException)
        {
            return $"{drawn.Name}: {refusal.Message}";
        }
    }

    private static async Task FinishItemsAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        foreach (var serial in await bed.ServerItemsAsync(id))
        {
            await bed.FinishAsync("bank", serial);
        }
    }

    private async Task ActAsync(WorkflowTestBed bed)
    {
        var user = _users[_random.Next(_users.Length)];
        if ((await bed.WorklistAsync(user)) is { Count: > 0 } tasks)
        {
            var task = tasks[_random.Next(tasks.Count)];
            await bed.ActAsync(user, task.Serial, task.Actions[_random.Next(task.Actions.Count)].Name);
        }
    }

    /// <summary>Everybody does their part, until the instance has completed, or waits for something that can be named.</summary>
    private static async Task FinishAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        var admin = bed.Engine.As(Boss).ManageProcesses();
        for (var round = 0; round < Rounds; round++)
        {
            await bed.SettleAsync();
            switch (await bed.StatusAsync(id))
            {
                case ProcessInstanceStatus.Completed when await TaskAsync(bed) is null:
                    return;
                case ProcessInstanceStatus.Error:
                    await admin.RetryAsync(id);
                    continue;
                case ProcessInstanceStatus.Stopped:
                    await admin.ResumeAsync(id);
                    continue;
                case ProcessInstanceStatus.Running when bed.Store.IsShared:
                    // A clock that jumps can make the lease of a call doubtful. Then the call is left to the next engine (statement 14.3).
                    await bed.RestartAsync();
                    continue;
                default:
                    break;
            }

            if (await bed.ServerItemsAsync(id) is [var item, ..])
            {
                await bed.FinishAsync("bank", item);
                continue;
            }

            if (await TaskAsync(bed) is var (user, task))
            {
                await bed.ActAsync(user, task.Serial, task.Actions[0].Name);
                continue;
            }

            if ((await bed.Engine.FindTimersAsync(new TimerQuery { ProcessInstance = id })).Count == 0)
            {
                (await bed.HistoryAsync(id)).ShouldContain(entry => entry.Kind == JournalKind.ActivityStalled, "it waits for nothing that can be named");
                return;
            }

            await bed.AdvanceAsync(TimeSpan.FromHours(12));
        }

        throw new AssertionException("It does not come to its end.");
    }

    private static async Task<(string User, WorklistItem Task)?> TaskAsync(WorkflowTestBed bed)
    {
        foreach (var user in _users)
        {
            if ((await bed.WorklistAsync(user)).FirstOrDefault(item => item.Actions.Count > 0) is { } task)
            {
                return (user, task);
            }
        }

        return null;
    }

    private void MayFail(CodeContext context)
    {
        if (Fails())
        {
            throw new InvalidOperationException("the bank does not answer");
        }
    }

    private bool Fails() => _random.Next(100) < _failing;
}
