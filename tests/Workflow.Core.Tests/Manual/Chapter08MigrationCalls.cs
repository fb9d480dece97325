using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The calls and questions that the end of a host has cut short, or that are under way, when the version changes.</summary>
[TestFixture]
public sealed class Chapter08MigrationCalls
{
    private static readonly Destination _others = Destination.Role("Others");
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly List<string> _ran = [];
    private ManualTimeProvider _clock = null!;
    private InMemoryProcessStore _store = null!;
    private StaticDestinations _directory = null!;
    private ScriptedResolver _resolver = null!;
    private TaskCompletionSource _reached = null!;
    private bool _isHanging;

    /// <summary>The things that an escalation can do.</summary>
    public enum Act
    {
        /// <summary>Code of the host.</summary>
        Code,

        /// <summary>A user gets the task.</summary>
        User,

        /// <summary>The manager gets the task.</summary>
        Manager,

        /// <summary>Another activity starts.</summary>
        GoTo,

        /// <summary>The activity ends.</summary>
        EndActivity,

        /// <summary>The event ends.</summary>
        EndEvent,
    }

    [SetUp]
    public void Begin()
    {
        _ran.Clear();
        (_clock, _store, _isHanging) = (new ManualTimeProvider(WorkflowTestBed.Beginning), new InMemoryProcessStore(), false);
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _directory = new StaticDestinations { { _others, "C" } };
        _resolver = new ScriptedResolver(_directory)
        {
            Members = async (roles, cancellation) =>
            {
                await MayHangAsync(cancellation);
                return await _directory.ResolveAsync(roles, cancellation);
            },
            Memberships = async (_, cancellation) =>
            {
                await MayHangAsync(cancellation);
                return [_others];
            },
            Manager = async (_, cancellation) =>
            {
                await MayHangAsync(cancellation);
                return "M";
            },
        };
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("8.8b")]
    [Statement("6.6b")]
    public async Task An_escalation_that_was_cut_short_does_what_the_new_version_says(
        [Values(Act.Code, Act.User, Act.Manager)] Act before, [Values] Act after, [Values] bool isStopped)
    {
        ProcessDefinition[] versions = [Of(after, 2), Of(before, 1)];
        var id = await CutShortAsync(versions, _hour);
        await using var engine = await OpenAsync(versions);
        var admin = engine.As(Orders.Boss).ManageProcesses();
        if (isStopped)
        {
            await admin.StopAsync(id);
        }

        (await admin.MigrateAsync(id, toVersion: 2)).ShouldBeTrue();
        if (isStopped)
        {
            (await EffectsAsync(engine, id)).ShouldBeEmpty();
            await admin.ResumeAsync(id);
        }

        (await EffectsAsync(engine, id)).ShouldBe(after switch
        {
            Act.Code => ["version 2"],
            Act.User => ["Redirected B", "Redirected B"],
            Act.Manager => ["Redirected M"],
            Act.GoTo => ["EventExpired Decide", "ActivityExpired Ask", "ActivityStarted Other"],
            Act.EndActivity => ["EventExpired Decide", "ActivityExpired Ask", "ActivityStarted After"],
            _ => ["EventExpired Decide", "ActivityStarted After"],
        });
        (await engine.AsSystem().ReadHistoryAsync(id)).Count(fact => fact.Kind is JournalKind.EscalationFired).ShouldBe(1);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("8.8b")]
    [Statement("4.8")]
    public async Task A_question_for_members_that_was_cut_short_is_asked_by_the_rule_of_the_new_version([Values] bool isStopped)
    {
        ProcessDefinition[] versions = [For("Two", 2), For("One", 1)];
        _directory.Add(Destination.Role("One"), "A");
        _directory.Add(Destination.Role("Two"), "B");
        var id = await CutShortAsync(versions, after: null);
        await using var engine = await OpenAsync(versions);
        var admin = engine.As(Orders.Boss).ManageProcesses();
        if (isStopped)
        {
            await admin.StopAsync(id);
        }

        (await admin.MigrateAsync(id, toVersion: 2)).ShouldBeTrue();
        if (isStopped)
        {
            (await engine.As("B").Worklist.ListAsync()).ShouldBeEmpty();
            await admin.ResumeAsync(id);
        }

        (await engine.As("B").Worklist.ListAsync()).ShouldHaveSingleItem();
        (await engine.As("A").Worklist.ListAsync()).ShouldBeEmpty();
    }

    /// <summary>The rule was evaluated, and is not evaluated again.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("8.8")]
    [Statement("8.6")]
    public async Task A_question_for_members_that_is_under_way_is_answered_before_the_version_changes(CancellationToken cancellation)
    {
        _directory.Add(Destination.Role("One"), "A");
        _directory.Add(Destination.Role("Two"), "B");
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _resolver.Members = async (roles, _) =>
        {
            await door.Task;
            return await _directory.ResolveAsync(roles, CancellationToken.None);
        };
        await using var engine = await OpenAsync([For("Two", 2), For("One", 1)]);
        var starting = engine.As("dora").StartAsync("Order", cancellation: cancellation).AsTask();
        await _resolver.Reached.WaitAsync(cancellation);
        var moving = engine.As(Orders.Boss).ManageProcesses().MigrateAsync(new ProcessInstanceId(1), toVersion: 2, cancellation: cancellation).AsTask();

        door.SetResult();

        (await moving).ShouldBeTrue();
        var id = (await starting).Id;
        (await engine.AsSystem().ReadAsync(id, cancellation)).DefinitionVersion.ShouldBe(2);
        (await engine.As("A").Worklist.ListAsync(cancellation: cancellation)).ShouldHaveSingleItem();
        (await engine.As("B").Worklist.ListAsync(cancellation: cancellation)).ShouldBeEmpty();
    }

    /// <summary>The instance is not stored yet when the command is sent.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("13.11")]
    [Statement("8.6")]
    public async Task An_instance_is_sent_back_although_nothing_of_it_was_stored_when_the_command_was_sent(CancellationToken cancellation)
    {
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _directory.Add(Destination.Role("One"), "A");
        _resolver.Members = async (roles, _) =>
        {
            await door.Task;
            return await _directory.ResolveAsync(roles, CancellationToken.None);
        };
        await using var engine = await OpenAsync([For("One", 1)]);
        var starting = engine.As("dora").StartAsync("Order", cancellation: cancellation).AsTask();
        await _resolver.Reached.WaitAsync(cancellation);
        var sending = engine.As(Orders.Boss).ManageProcesses().SendBackAsync(new ProcessInstanceId(1), "Ask", cancellation: cancellation).AsTask();

        door.SetResult();

        await sending;
        var history = await engine.AsSystem().ReadHistoryAsync((await starting).Id, cancellation: cancellation);
        history.Count(fact => fact.Kind is JournalKind.ActivityStarted && fact.Name == "Ask").ShouldBe(2);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("8.8")]
    [Statement("4.9")]
    public async Task A_question_for_new_members_that_was_cut_short_is_asked_in_the_new_version([Values] bool isStopped)
    {
        ProcessDefinition[] versions = [Following("New ", 2), Following("", 1)];
        _directory.Add(Destination.Role("One"), "A");
        var id = await CutShortAsync(versions, TimeSpan.FromMinutes(10));
        _directory.Replace(Destination.Role("One"), ["A", "B"]);
        await using var engine = await OpenAsync(versions);
        var admin = engine.As(Orders.Boss).ManageProcesses();
        if (isStopped)
        {
            await admin.StopAsync(id);
        }

        (await admin.MigrateAsync(id, toVersion: 2, Renames.None.Activity("Ask", "New Ask"))).ShouldBeTrue();
        if (isStopped)
        {
            await admin.ResumeAsync(id);
        }

        var task = (await engine.As("B").Worklist.ListAsync()).ShouldHaveSingleItem();
        task.Activity.ShouldBe("New Ask");
        (await engine.As("A").Worklist.ListAsync()).ShouldHaveSingleItem();

        static ProcessDefinition Following(string prefix, int version) => Orders.Define(process => process.Version(version)
            .StartsWith(process.Activity($"{prefix}Ask", activity => activity
                .Destinations(to => to.Role("One").ResolvedToUsers(keepSynchronized: true)).PlanPerDestination().Chooses())));
    }

    /// <summary>A question, or the code of an escalation, is under way in version 1 when the host ends.</summary>
    /// <param name="versions">The definitions.</param>
    /// <param name="after">When it begins; null for at once.</param>
    private async Task<ProcessInstanceId> CutShortAsync(ProcessDefinition[] versions, TimeSpan? after)
    {
        var first = await OpenAsync(versions);
        _isHanging = after is null;
        var running = first.As("dora").StartAsync("Order").AsTask();
        if (after is { } time)
        {
            await running;
            _isHanging = true;
            _clock.Advance(time);
            _ = first.RunDueTimersAsync().AsTask();
        }

        await _reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await first.DisposeAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        _isHanging = false;
        return new ProcessInstanceId(1);
    }

    private async Task<WorkflowEngine> OpenAsync(ProcessDefinition[] versions)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.Clock, options.TakesUpWork, options.SilencedFindings) = (_store, _clock, false, FindingIds.All);
            options.DestinationResolver = _resolver;
        });
        await engine.DeployAsync(versions);
        return engine;
    }

    private async ValueTask MayHangAsync(CancellationToken cancellation)
    {
        if (_isHanging)
        {
            _reached.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }
    }

    /// <summary>The effects since the version has changed, without the facts about destinations.</summary>
    private async Task<string[]> EffectsAsync(WorkflowEngine engine, ProcessInstanceId id)
    {
        var facts = (await engine.AsSystem().ReadHistoryAsync(id)).SkipWhile(fact => fact.Kind is not JournalKind.VersionChanged);
        return
        [
            .. _ran,
            .. facts
                .Where(fact => fact.Kind is JournalKind.Redirected or JournalKind.EventExpired or JournalKind.ActivityExpired or JournalKind.ActivityStarted)
                .Select(fact => $"{fact.Kind} {fact.Name}"),
        ];
    }

    private static ProcessDefinition For(string role, int version) => Orders.Define(process => process.Version(version)
        .StartsWith(process.Activity("Ask", activity => activity.Destinations(to => to.Role(role).ResolvedToUsers()).PlanPerDestination().Chooses())));

    /// <summary>The user B belongs to a role that has the task, and is left out otherwise. So the resolver is asked before they get it.</summary>
    private ProcessDefinition Of(Act act, int version) => Orders.Define(process =>
    {
        var ask = process.Version(version).Activity("Ask", activity => activity
            .Destinations(to => to.Set("One").Users("A").Except("B").Set("Two").Role("Others"))
            .Client("Decide", task => task.Action("Yes").Escalation("Nudge", _hour, then => Do(then, act, version))));
        process.StartsWith(ask);
        process.Activity("Other", activity => activity.Waits());
        ask.To(process.Activity("After", activity => activity.Waits()));
    });

    private void Do(EventEscalationBuilder then, Act act, int version)
    {
        switch (act)
        {
            case Act.Code:
                then.Run("Code", async (_, cancellation) =>
                {
                    await MayHangAsync(cancellation);
                    _ran.Add($"version {version.Invariant()}");
                });
                break;
            case Act.User:
                then.RedirectTo("B");
                break;
            case Act.Manager:
                then.RedirectToManager();
                break;
            case Act.GoTo:
                then.GoTo("Other");
                break;
            case Act.EndActivity:
                then.ExpireActivity();
                break;
            default:
                then.ExpireEvent();
                break;
        }
    }
}
