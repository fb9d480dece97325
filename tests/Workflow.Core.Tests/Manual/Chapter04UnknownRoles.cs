using Microsoft.Extensions.Logging;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles and groups that are destinations themselves, and that the resolver does not know.</summary>
[TestFixture]
public sealed class Chapter04UnknownRoles
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly WarningLog _log = new();
    private StaticDestinations _directory = null!;
    private AskedResolver _resolver = null!;

    [SetUp]
    public void Begin()
    {
        _directory = new StaticDestinations { { Destination.Role("R"), "A" } };
        _resolver = new AskedResolver(_directory.ResolveAsync);
    }

    [OneTimeTearDown]
    public void End() => _log.Dispose();

    private async Task<WorkflowTestBed> BedAsync(Action<DestinationBuilder> to)
    {
        var bed = await WorkflowTestBed.CreateAsync(Staff.Deciding(activity => activity.Destinations(to)), options =>
        {
            options.DestinationResolver = _resolver;
            options.LoggerFactory = _log;
        });
        await bed.StartAsync("dora");
        return bed;
    }

    private static async Task<string> UnknownAsync(WorkflowTestBed bed, ProcessInstanceId id) => string.Join(", ", (await bed.HistoryAsync(id))
        .Where(fact => fact.Kind is JournalKind.UnknownRole)
        .Select(fact => $"{fact.Name}: {fact.Detail}"));

    [Test]
    [Statement("4.12")]
    [Statement("4.8b")]
    public async Task It_is_a_fact_and_a_warning_after_the_commit_and_the_task_waits_as_before()
    {
        await using var bed = await BedAsync(to => to.Role("Managres").Role("R").Group("Clerks").Users("B"));
        _resolver.Questions.ShouldBeEmpty("whether a role is known decides nothing");
        (await bed.SeesAsync("B")).ShouldBe("1_1 Available");

        await bed.Engine.RunDueTimersAsync();

        _resolver.Questions.ShouldHaveSingleItem().ShouldBe([Destination.Role("Managres"), Destination.Role("R"), Destination.Group("Clerks")]);
        (await UnknownAsync(bed, _id)).ShouldBe("Work: role Managres, Work: group Clerks");
        _log.Warnings.ShouldContain(warning => warning.Contains("'Work' is for the role Managres, which the resolver does not know", StringComparison.Ordinal));
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.ActAsync("B", "Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.8")]
    public async Task The_answer_is_kept_for_the_role_interval()
    {
        await using var bed = await BedAsync(to => to.Role("Managres").Role("R"));
        await bed.Engine.RunDueTimersAsync();
        var second = (await bed.StartAsync("dora")).Id;
        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, second)).ShouldBe("Work: role Managres");
        _resolver.Questions.Count.ShouldBe(1);

        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        _directory.Replace(Destination.Role("Managres"), "A");
        var third = (await bed.StartAsync("dora")).Id;
        await bed.Engine.RunDueTimersAsync();

        _resolver.Questions.Count.ShouldBe(2);
        (await UnknownAsync(bed, third)).ShouldBe("");
    }

    [Test]
    [Statement("4.12")]
    public async Task Roles_that_are_known_cost_nothing_and_an_activity_that_has_ended_is_not_spoken_of()
    {
        await using var bed = await BedAsync(to => to.Role("R"));
        var before = await bed.StoredBytesAsync(_id);
        await bed.Engine.RunDueTimersAsync();
        (await bed.StoredBytesAsync(_id)).ShouldBe(before);

        _directory.Replace(Destination.Role("R"));
        await using var ended = await BedAsync(to => to.Role("Managres").Users("B"));
        await ended.ActAsync("B", "Approve");
        before = await ended.StoredBytesAsync(_id);
        await ended.Engine.RunDueTimersAsync();
        (await ended.StoredBytesAsync(_id)).ShouldBe(before);
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_resolver_that_fails_changes_nothing([Values("throws", "null")] string how)
    {
        _resolver = new AskedResolver((_, _) => how == "throws" ? throw new IOException("down") : default);
        await using var bed = await BedAsync(to => to.Role("Managres"));
        var before = await bed.StoredBytesAsync(_id);

        await bed.Engine.RunDueTimersAsync();

        _resolver.Questions.Count.ShouldBe(1);
        (await bed.StoredBytesAsync(_id)).ShouldBe(before);
    }

    [Test]
    [Statement("4.12")]
    [Statement("1.12")]
    public async Task So_is_a_role_or_group_to_which_a_task_is_delegated()
    {
        await using var bed = await BedAsync(to => to.Users("A"));
        await (await bed.ItemAsync("A", _id)).DelegateAsync(Destination.Group("Clerks"));

        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, _id)).ShouldBe("Work: group Clerks");
    }

    /// <summary>An engine that takes up work asks by itself.</summary>
    [Test]
    [Statement("4.8b")]
    public async Task It_is_asked_beside_the_commands_and_a_resolver_that_hangs_keeps_nobody_waiting()
    {
        using var log = new SignalLog();
        var answer = new TaskCompletionSource<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _resolver = new AskedResolver((_, token) => new ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(answer.Task.WaitAsync(token)));
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.DestinationResolver = _resolver;
            options.LoggerFactory = log;
        });
        await engine.DeployAsync(Staff.Deciding(activity => activity.Destinations(to => to.Role("Managres").Users("B"))));
        var id = (await engine.As("dora").StartAsync("Expense")).Id;
        await _resolver.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        (await engine.As("B").Worklist.SingleAsync(id)).Serial.ShouldBe(id.Task(1), "nobody waits for the answer");

        answer.SetResult(new Dictionary<Destination, IReadOnlyList<string>>());
        await log.Warned.WaitAsync(TimeSpan.FromSeconds(30));

        var history = await engine.AsSystem().ReadHistoryAsync(id, limit: 500);
        history.ShouldContain(fact => fact.Kind == JournalKind.UnknownRole && fact.Detail == "role Managres");
    }

    [Test]
    [Statement("4.8b")]
    [Statement("4.12")]
    public async Task A_question_that_fails_is_asked_again_after_the_role_interval([Values("throws", "is mute", "null")] string how)
    {
        using var log = new WarningLog();
        var isDown = true;
        _resolver = new AskedResolver((asked, token) => (isDown, how) switch
        {
            (false, _) => _directory.ResolveAsync(asked, token),
            (_, "throws") => throw new IOException("down"),
            (_, "is mute") => throw new MuteException(),
            _ => default,
        });
        var definition = Staff.Deciding(activity => activity.Destinations(to => to.Role("Managres").Users("B")));
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options =>
        {
            options.DestinationResolver = _resolver;
            options.LoggerFactory = log;
        });
        await bed.StartAsync("dora");

        await bed.Engine.RunDueTimersAsync();
        await bed.Engine.RunDueTimersAsync();
        _resolver.Questions.Count.ShouldBe(1);
        log.Warnings.ShouldHaveSingleItem().ShouldContain("A task for an unknown role is on nobody's worklist");
        log.Exceptions.Count.ShouldBe(how == "null" ? 0 : 1);

        isDown = false;
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, _id)).ShouldBe("Work: role Managres");
    }

    [Test]
    [Statement("4.12")]
    public async Task An_engine_that_loads_an_instance_asks_what_the_former_one_did_not()
    {
        await using var bed = await BedAsync(to => to.Role("Managres").Users("B", "C"));
        await bed.Engine.DisposeAsync();
        await using var engine = await EngineAsync(bed, bed.Store);
        await engine.RunDueTimersAsync();
        _resolver.Questions.ShouldBeEmpty("nobody has loaded it, and nobody has told the engine to recover");

        await engine.As("B").Worklist.OpenAsync(_id.Task(1));
        await engine.RunDueTimersAsync();

        _resolver.Questions.Count.ShouldBe(1);
        (await engine.AsSystem().ReadHistoryAsync(_id, limit: 500)).ShouldContain(fact => fact.Kind == JournalKind.UnknownRole);
    }

    [Test]
    [Statement("4.12")]
    public async Task A_question_that_an_engine_has_not_asked_is_found_by_the_next_one_when_nobody_loads_it_and_is_reported_once()
    {
        await using var bed = await BedAsync(to => to.Role("Managres").Group("Clerks").Users("B", "C"));
        await bed.ActAsync("B", "Approve");
        var second = (await bed.StartAsync("dora")).Id;

        await bed.RestartAsync();
        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, second)).ShouldBe("Work: group Clerks, Work: role Managres");
        (await UnknownAsync(bed, _id)).ShouldBe("", "its task has ended");

        await bed.RestartAsync();
        await bed.RedirectAsync("B", second, "D");
        await bed.Engine.RunDueTimersAsync();
        _resolver.Questions.Count.ShouldBe(2, "each engine asks once");
        (await UnknownAsync(bed, second)).ShouldBe("Work: group Clerks, Work: role Managres");
    }

    [Test]
    [Statement("4.12")]
    public async Task A_search_that_fails_is_made_again_after_the_role_interval_and_none_is_needed_when_it_has_succeeded()
    {
        var isDown = true;
        _resolver = new AskedResolver((asked, token) => isDown ? throw new IOException("down") : _directory.ResolveAsync(asked, token));
        await using var bed = await BedAsync(to => to.Role("Managres").Users("B"));
        await bed.RestartAsync();
        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, _id)).ShouldBe("");

        isDown = false;
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, _id)).ShouldBe("Work: role Managres");

        var asked = _resolver.Questions.Count;
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();
        _resolver.Questions.Count.ShouldBe(asked, "nobody else uses the store");
    }

    [Test]
    [Statement("4.12")]
    public async Task Many_roles_are_asked_for_some_at_a_time_and_so_are_many_tasks()
    {
        string[] roles = [.. Enumerable.Range(0, 120).Select(number => $"Role {number.Invariant()}")];
        foreach (var role in roles[..^1])
        {
            _directory.Add(Destination.Role(role), "A");
        }

        await using var bed = await BedAsync(to => Array.ForEach(roles, role => to.Role(role)));
        for (var started = 1; started < 620; started++)
        {
            await bed.StartAsync("dora");
        }

        await bed.RestartAsync();
        await bed.Engine.RunDueTimersAsync();

        _resolver.Questions.Select(question => question.Length).ShouldBe([50, 50, 20]);
        (await UnknownAsync(bed, _id)).ShouldBe("Work: role Role 119");
        (await UnknownAsync(bed, new ProcessInstanceId(620))).ShouldBe("Work: role Role 119");
    }

    /// <summary>Another engine may end at any time without having asked, and others stay up.</summary>
    [Test]
    [Statement("4.12")]
    public async Task A_question_that_another_engine_has_not_asked_on_a_shared_store_is_found_after_the_role_interval()
    {
        var shared = new InMemoryProcessStore();
        await using var bed = await WorkflowTestBed.CreateAsync(Managres(), options =>
        {
            options.Store = new SharedStore(shared);
            options.DestinationResolver = _resolver;
        });
        await bed.Engine.RecoverAsync();
        await bed.Engine.RunDueTimersAsync();
        ProcessInstanceId id;
        await using (var other = await EngineAsync(bed, new SharedStore(shared)))
        {
            id = (await other.As("dora").StartAsync("Expense")).Id;
        }

        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, id)).ShouldBe("");
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, id)).ShouldBe("Work: role Managres");
    }

    private static ProcessDefinition Managres() => Staff.Deciding(activity => activity.Destinations(to => to.Role("Managres").Users("B", "C")));

    /// <summary>An engine that takes up no work, and was not told to recover.</summary>
    private async Task<WorkflowEngine> EngineAsync(WorkflowTestBed bed, IProcessStore store)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.Clock, options.TakesUpWork) = (store, bed.Clock, false);
            options.DestinationResolver = _resolver;
        });
        await engine.DeployAsync(Managres());
        return engine;
    }

    [Test]
    [Statement("4.12")]
    public async Task A_role_that_no_task_is_for_any_more_or_never_was_is_not_spoken_of()
    {
        await using var bed = await BedAsync(to => to.Role("Managres"));
        await bed.Boss().RedirectAsync(_id.Task(1), Destination.Role("Managres"), "B");
        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, _id)).ShouldBe("");

        var asked = _resolver.Questions.Count;
        await using var silent = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Expense", process =>
            {
                process.Rights(rights => rights.Everyone(ProcessRight.Start));
                process.StartsWith(process.Activity("Work", activity => activity
                    .Destinations(to => to.Role("Managres"))
                    .Server("Wait", context => context.WaitUntilFinished())));
            }),
            options => options.DestinationResolver = _resolver);
        await silent.StartAsync("dora");
        await silent.Engine.RunDueTimersAsync();
        _resolver.Questions.Count.ShouldBe(asked, "the members of the role are shown nothing");
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_caller_who_gives_up_waits_no_longer_for_a_resolver_that_hangs_and_the_engine_stops()
    {
        _resolver = new AskedResolver(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null!;
        });
        await using var bed = await BedAsync(to => to.Role("Managres"));
        using var patience = new CancellationTokenSource();
        var timers = bed.Engine.RunDueTimersAsync(patience.Token).AsTask();
        await _resolver.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await patience.CancelAsync();
        (await timers.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0);
        await bed.Engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    [Statement("4.8b")]
    public async Task An_engine_that_takes_up_work_fires_timers_without_waiting_for_the_answer()
    {
        _resolver = new AskedResolver(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null!;
        });
        await using var engine = WorkflowEngine.Create(options => options.DestinationResolver = _resolver);
        await engine.DeployAsync(Staff.Deciding(activity => activity.Destinations(to => to.Role("Managres"))));
        await engine.As("dora").StartAsync("Expense");
        await _resolver.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await engine.RunDueTimersAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15));
    }

    /// <summary>Has no message that anybody could read.</summary>
    private sealed class MuteException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    /// <summary>Tells when something was logged as a warning.</summary>
    private sealed class SignalLog : ILoggerFactory, ILogger
    {
        private readonly TaskCompletionSource _warned = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Warned => _warned.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _warned.TrySetResult();
            }
        }

        public void Dispose()
        {
        }
    }
}
