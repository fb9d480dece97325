using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Questions about roles for which nobody waits. One that fails harms no other, and no instance is told twice.</summary>
[TestFixture]
public sealed class Chapter04RoleQuestions
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private WarningLog _log = null!;
    private Func<IReadOnlyList<Destination>, CancellationToken, ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>> _answer = null!;
    private AskedResolver _resolver = null!;

    [SetUp]
    public void Begin()
    {
        _log = new WarningLog();
        _answer = (_, _) => throw new IOException("down");
        _resolver = new AskedResolver((asked, token) => _answer(asked, token));
    }

    [TearDown]
    public void End() => _log.Dispose();

    private async Task<WorkflowTestBed> BedAsync(Action<Definitions.Building.DestinationBuilder> to)
    {
        var bed = await WorkflowTestBed.CreateAsync(Staff.Deciding(activity => activity.Destinations(to)), options =>
        {
            options.DestinationResolver = _resolver;
            options.LoggerFactory = _log;
        });
        await bed.StartAsync("dora");
        return bed;
    }

    /// <summary>A resolver that knows nobody.</summary>
    private static ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> Nobody(IReadOnlyList<Destination> asked, CancellationToken token) =>
        new StaticDestinations().ResolveAsync(asked, token);

    private static async Task<string> UnknownAsync(WorkflowTestBed bed, ProcessInstanceId id) => string.Join(", ", (await bed.HistoryAsync(id))
        .Where(fact => fact.Kind is JournalKind.UnknownRole)
        .Select(fact => fact.Detail));

    [Test]
    [Statement("4.12")]
    [Statement("4.8b")]
    public async Task A_role_for_which_the_resolver_has_failed_is_not_asked_for_again_by_other_instances_before_the_interval_has_passed()
    {
        await using var bed = await BedAsync(to => to.Role("Managres"));
        await bed.Engine.RunDueTimersAsync();
        var second = (await bed.StartAsync("dora")).Id;
        await bed.Engine.RunDueTimersAsync();
        _resolver.Questions.Count.ShouldBe(1);
        _log.Warnings.Count.ShouldBe(1);

        _answer = Nobody;
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, _id)).ShouldBe("role Managres");
        (await UnknownAsync(bed, second)).ShouldBe("role Managres");
        _resolver.Questions.Count.ShouldBe(2);
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_role_for_which_the_resolver_throws_keeps_no_other_from_being_answered()
    {
        _answer = (asked, token) => asked.Contains(Destination.Role("Bad")) ? throw new KeyNotFoundException("Bad") : Nobody(asked, token);
        await using var bed = await BedAsync(to => to.Role("Bad").Role("Managres").Group("Clerks"));

        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, _id)).ShouldBe("role Managres, group Clerks");
        _log.Warnings.Count(warning => warning.Contains("Bad", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_resolver_that_is_down_is_not_asked_for_each_of_many_roles()
    {
        await using var bed = await BedAsync(to => Array.ForEach([.. Enumerable.Range(0, 40)], (int number) => to.Role($"Role {number.Invariant()}")));

        await bed.Engine.RunDueTimersAsync();

        _resolver.Questions.Count.ShouldBe(9, "once for all, and for eight alone");
        _log.Warnings.Count.ShouldBe(1);
    }

    [Test]
    [Statement("4.12")]
    [Statement("1.12")]
    public async Task A_role_that_lost_the_task_before_it_was_told_is_reported_when_it_gets_it_again()
    {
        _answer = Nobody;
        await using var bed = await BedAsync(to => to.Users("A"));
        await (await bed.ItemAsync("A", _id)).DelegateAsync(Destination.Role("Ghost"));
        await (await bed.ItemAsync("A", _id)).UndelegateAsync(Destination.Role("Ghost"));
        await bed.Engine.RunDueTimersAsync();
        (await UnknownAsync(bed, _id)).ShouldBe("");

        await (await bed.ItemAsync("A", _id)).DelegateAsync(Destination.Role("Ghost"));
        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, _id)).ShouldBe("role Ghost");
    }

    [Test]
    [Statement("4.12")]
    public async Task An_instance_keeps_what_it_was_told_so_that_no_engine_reads_its_history_or_asks_again()
    {
        _answer = Nobody;
        await using var bed = await BedAsync(to => to.Role("Managres").Users("B", "C"));
        await bed.Engine.RunDueTimersAsync();
        (await bed.ReadAsync(_id)).Activities[0].IsReported(Destination.Role("Managres")).ShouldBeTrue();

        await bed.RestartAsync();
        await bed.RedirectAsync("B", _id, "D");
        await bed.Engine.RunDueTimersAsync();

        (await UnknownAsync(bed, _id)).ShouldBe("role Managres");
    }

    /// <summary>An engine that is alone on its store has no other reason to wake.</summary>
    [Test]
    [Statement("4.8b")]
    [CancelAfter(60_000)]
    public async Task An_engine_that_takes_up_work_asks_again_by_itself()
    {
        var clock = new JumpingClock();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFirst = true;
        _answer = (asked, token) =>
        {
            if (isFirst)
            {
                isFirst = false;
                throw new IOException("down");
            }

            second.TrySetResult();
            return Nobody(asked, token);
        };
        await using var engine = WorkflowEngine.Create(
            options => (options.DestinationResolver, options.Clock, options.LoggerFactory) = (_resolver, clock, _log));
        await engine.DeployAsync(Staff.Deciding(activity => activity.Destinations(to => to.Role("Managres").Users("B"))));
        await engine.As("dora").StartAsync("Expense");

        using var patience = new CancellationTokenSource(_limit);
        while (!second.Task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Run(static () => { });
        }

        await second.Task;
    }
}
