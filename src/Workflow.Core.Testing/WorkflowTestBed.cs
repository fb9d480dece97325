using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Testing;

/// <summary>An engine for tests: in memory, on a clock that the test moves. Commands through the test bed are recorded and can be replayed.</summary>
/// <example><code>
/// await using var bed = await WorkflowTestBed.CreateAsync(ExpenseClaim.Definition);
/// var claim = await bed.StartAsync("dora", start => start.Set(ExpenseClaim.Amount, 240m));
/// await bed.FinishAsync("bank", new SerialNumber(claim.Id, 1));
/// Console.WriteLine(await bed.TranscriptAsync(claim.Id));
/// </code></example>
public sealed partial class WorkflowTestBed : IAsyncDisposable
{
    private readonly ProcessDefinition[] _definitions;
    private readonly Action<WorkflowOptions>? _configure;
    private readonly CodeRecorder _recorder;
    private readonly RecordedSteps _steps;
    private readonly List<ProcessInstanceId> _started = [];
    private WorkflowEngine _engine = null!;

    private WorkflowTestBed(ProcessDefinition[] definitions, Action<WorkflowOptions>? configure, CodeRecorder recorder)
    {
        _definitions = definitions;
        _configure = configure;
        _recorder = recorder;
        Store = new InMemoryProcessStore(Clock);
        _steps = new RecordedSteps(Store);
    }

    /// <summary>The instant at which the clock of a new test bed begins: Monday, 5 January 2026, 8 o'clock UTC.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The clock.</summary>
    public ManualTimeProvider Clock { get; } = new(Beginning);

    /// <summary>Where the instances are kept; it outlives the engine at a <see cref="RestartAsync"/>.</summary>
    public IProcessStore Store { get; private set; }

    /// <summary>The engine. Commands on it directly are not recorded.</summary>
    public WorkflowEngine Engine => _engine;

    /// <summary>The last deployment of each definition, in their order, with its findings (statement 13.4).</summary>
    public IReadOnlyList<Deployment> Deployments { get; private set; } = [];

    internal RecordedStep LastStep => _steps.Last;

    /// <summary>Creates a test bed for one definition.</summary>
    /// <param name="definition">The definition; it is deployed.</param>
    /// <param name="configure">Sets options; clock and interceptor are the test bed's own.</param>
    /// <param name="services">The services for classes that are code of the definition, and the resolver if they have one; null for none (statement
    /// 7.1b).</param>
    /// <returns>The test bed.</returns>
    public static Task<WorkflowTestBed> CreateAsync(
        ProcessDefinition definition, Action<WorkflowOptions>? configure = null, IServiceProvider? services = null) =>
        CreateAsync([definition], configure, services);

    /// <summary>Creates a test bed for several definitions.</summary>
    /// <param name="definitions">The definitions; they are deployed in this order.</param>
    /// <param name="configure">Sets options; clock and interceptor are the test bed's own.</param>
    /// <param name="services">The services for classes that are code of the definitions, and the resolver if they have one; null for none (statement
    /// 7.1b).</param>
    /// <returns>The test bed.</returns>
    public static Task<WorkflowTestBed> CreateAsync(
        IEnumerable<ProcessDefinition> definitions, Action<WorkflowOptions>? configure = null, IServiceProvider? services = null) =>
        CreateWithAsync([.. definitions], configure, services);

    /// <summary>Starts an instance of the first definition as a user, and records it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="begin">Sets the folio and the data fields.</param>
    /// <returns>The instance.</returns>
    /// <inheritdoc cref="WorkflowConnection.StartAsync" path="/exception"/>
    public Task<StartedProcess> StartAsync(string user, Action<ProcessStart>? begin = null) =>
        StartAsync(_definitions[0].Name, user, begin);

    /// <summary>Starts an instance of a definition as a user, and records it.</summary>
    /// <param name="definition">The name of the definition.</param>
    /// <param name="user">The user.</param>
    /// <param name="begin">Sets the folio and the data fields.</param>
    /// <returns>The instance.</returns>
    /// <inheritdoc cref="WorkflowConnection.StartAsync" path="/exception"/>
    public async Task<StartedProcess> StartAsync(string definition, string user, Action<ProcessStart>? begin = null)
    {
        var result = default(StartedProcess);
        var given = RecordedValues.Of(begin);
        await RecordAsync(
            $"the start of '{definition}' by '{user}'",
            async bed =>
            {
                result = await bed._engine.As(user).StartAsync(definition, given).ConfigureAwait(false);
                bed._started.Add(result.Id);
                return [result.Id];
            }).ConfigureAwait(false);
        return result;
    }

    /// <summary>Finishes a server item as a user, and records it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="result">Sets fields.</param>
    /// <returns>The result of the finish.</returns>
    /// <inheritdoc cref="WorkflowConnection.FinishAsync(SerialNumber, Action{ServerItemFinish}, CancellationToken)" path="/exception"/>
    public Task<FinishReceipt> FinishAsync(string user, SerialNumber serial, Action<ServerItemFinish>? result = null)
    {
        var given = RecordedValues.Of(result);
        return FinishAsync($"the finish of {serial} by '{user}'", serial, bed => bed._engine.As(user).FinishAsync(serial, given));
    }

    /// <summary>Takes an action as a user on the one task that the user can open, or has open, and records it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="action">The name of the action.</param>
    /// <param name="answer">Sets data fields.</param>
    /// <returns>A task that ends when the process instance rests again.</returns>
    /// <exception cref="NoSingleTaskException">The user has no task, or several. The message says which tasks are open, and for whom.</exception>
    public async Task ActAsync(string user, string action, Action<Answer>? answer = null)
    {
        var items = await WorklistAsync(user).ConfigureAwait(false);
        var item = items.Count == 1 ? items[0] : throw await NoSingleTask.OfAsync(_engine, user, items).ConfigureAwait(false);
        await ActAsync(user, item.Serial, action, answer).ConfigureAwait(false);
    }

    /// <summary>Takes an action as a user on the task of a serial number, and records it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="action">The name of the action.</param>
    /// <param name="answer">Sets data fields.</param>
    /// <returns>A task that ends when the process instance rests again.</returns>
    /// <inheritdoc cref="WorklistItem.ExecuteAsync" path="/exception"/>
    public Task ActAsync(string user, SerialNumber serial, string action, Action<Answer>? answer = null)
    {
        var given = RecordedValues.Of(answer);
        return RecordAsync(
            $"the action '{action}' on {serial} by '{user}'",
            async bed =>
            {
                await bed._engine.As(user).Worklist.ExecuteAsync(serial, action, given).ConfigureAwait(false);
                return [serial.ProcessInstance];
            });
    }

    /// <summary>The tasks that a user can open, or has open, by serial number.</summary>
    /// <param name="user">The user.</param>
    /// <returns>The items.</returns>
    public async Task<IReadOnlyList<WorklistItem>> WorklistAsync(string user) =>
        await _engine.As(user).Worklist.ListAsync(new WorklistQuery { Limit = 500 }).ConfigureAwait(false);

    /// <summary>Moves the clock, from one timer to the next, and fires what is due, in order. Recorded.</summary>
    /// <param name="time">By how much; positive.</param>
    /// <returns>How many timers were fired.</returns>
    /// <exception cref="WorkflowTestException">A timer is due and cannot be fired.</exception>
    public async Task<int> AdvanceAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        var end = Clock.GetUtcNow() + time;
        var fired = 0;
        while (await Store.NextDueAsync(after: null, CancellationToken.None).ConfigureAwait(false) is { } due && due <= end)
        {
            MoveTo(due);
            var before = fired;
            await RecordAsync(
                "the timers that are due",
                async bed =>
                {
                    fired += await bed._engine.RunDueTimersAsync().ConfigureAwait(false);
                    return bed._started;
                }).ConfigureAwait(false);
            if (fired == before)
            {
                throw new WorkflowTestException($"A timer is due at {due.Invariant()} and cannot be fired. The log of the engine says why.");
            }
        }

        MoveTo(end);
        return fired;
    }

    /// <summary>Stops the engine and continues with a new one on its store, which takes up unfinished work, as after the end of a host. Recorded.</summary>
    /// <returns>How many instances were taken up.</returns>
    public async Task<int> RestartAsync()
    {
        var recovered = 0;
        await RecordAsync(
            "a restart",
            async bed =>
            {
                await bed._engine.DisposeAsync().ConfigureAwait(false);
                await bed.OpenAsync().ConfigureAwait(false);
                recovered = await bed._engine.RecoverAsync().ConfigureAwait(false);
                return bed._started;
            }).ConfigureAwait(false);
        return recovered;
    }

    /// <summary>Reads an instance as it is stored.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <returns>A copy.</returns>
    public async Task<ProcessInstance> ReadAsync(ProcessInstanceId processInstance) =>
        await _engine.AsSystem().ReadAsync(processInstance).ConfigureAwait(false);

    /// <summary>The names of the activities that are active in an instance, oldest first.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <returns>The names; one as often as it is active.</returns>
    public async Task<IReadOnlyList<string>> OpenActivitiesAsync(ProcessInstanceId processInstance)
    {
        var process = await ReadAsync(processInstance).ConfigureAwait(false);
        return [.. process.Activities.Where(activity => activity.Status is ActivityInstanceStatus.Active).Select(activity => activity.Name)];
    }

    /// <summary>The serial numbers of the server items that wait in an instance, in order.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <returns>The serial numbers.</returns>
    public async Task<IReadOnlyList<SerialNumber>> ServerItemsAsync(ProcessInstanceId processInstance)
    {
        var query = new ServerItemQuery { ProcessInstance = processInstance, Limit = 500 };
        var items = await _engine.AsSystem().FindServerItemsAsync(query).ConfigureAwait(false);
        return [.. items.Select(item => item.Serial)];
    }

    /// <summary>The whole history of an instance, oldest first.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <returns>The facts.</returns>
    public async Task<IReadOnlyList<JournalEntry>> HistoryAsync(ProcessInstanceId processInstance)
    {
        const int Page = 500;
        var history = new List<JournalEntry>();
        while (true)
        {
            var after = history.Count == 0 ? 0 : history[^1].Number;
            var page = await _engine.AsSystem().ReadHistoryAsync(processInstance, after, Page).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return history;
            }

            history.AddRange(page);
        }
    }

    /// <summary>The history and the state of an instance, as stable text.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <returns>The transcript.</returns>
    public async Task<string> TranscriptAsync(ProcessInstanceId processInstance) => Transcript.Of(
        await ReadAsync(processInstance).ConfigureAwait(false), await HistoryAsync(processInstance).ConfigureAwait(false));

    /// <summary>Every stored byte of an instance, parts and history, as text to compare.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <returns>A line for the version, one for each part and one for each piece of the history.</returns>
    public async Task<string> StoredBytesAsync(ProcessInstanceId processInstance) =>
        await StoredBytes.TextOfAsync(Store, processInstance).ConfigureAwait(false)
            ?? throw new ArgumentException($"There is no process instance {processInstance}.", nameof(processInstance));

    /// <summary>The commands through the test bed so far, to be replayed. Values that callbacks have set are recorded with them, so callbacks may draw random
    /// numbers or read a clock. Named predicates and pure configuration are called again: they must answer as before, and the replay notices when other bytes
    /// are stored.</summary>
    /// <returns>The recording.</returns>
    public RecordedRun Recording() => new(_definitions, _configure, _steps.All, _recorder.Results(), _recorder.Random.Drawn);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    internal static async Task<WorkflowTestBed> CreateAsync(
        ProcessDefinition[] definitions, Action<WorkflowOptions>? configure, CodeRecorder recorder)
    {
        var bed = new WorkflowTestBed(definitions, configure, recorder);
        await bed.OpenAsync().ConfigureAwait(false);
        return bed;
    }

    /// <summary>Gives a command, which tells the instances that it has concerned.</summary>
    private Task RecordAsync(string what, Func<WorkflowTestBed, Task<IReadOnlyList<ProcessInstanceId>>> command) => _steps.RecordAsync(
        new RecordedStep(Clock.GetUtcNow(), what, bed => bed.RecordAsync(what, command)), () => WithDeliveryAsync(command), () => Store);

    private void MoveTo(DateTimeOffset instant)
    {
        var step = instant - Clock.GetUtcNow();
        if (step > TimeSpan.Zero)
        {
            Clock.Advance(step);
        }
    }

    private async Task OpenAsync()
    {
        _engine = WorkflowEngine.Create(options =>
        {
            options.Store = Store;
            _configure?.Invoke(options);
            Store = options.Store = _recorder.IsRepeating ? Store : options.Store;
            options.Clock = Clock;
            options.TakesUpWork = false;
            Teach(options.DestinationResolver as StaticDestinations);
            (options.CodeInterceptor, _recorder.Random.Source, options.Random) = (_recorder.InterceptAsync, options.Random, _recorder.Random);
        });
        Deployments = await _engine.DeployAsync(_definitions).ConfigureAwait(false);
    }
}
