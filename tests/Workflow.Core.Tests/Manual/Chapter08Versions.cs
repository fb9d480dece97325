using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Manual;

/// <summary>A version stands for one content, on every host and after every restart, and one version is the default.</summary>
[TestFixture]
internal sealed class Chapter08Versions
{
    private static readonly ProcessField<decimal> _amount = new("Amount");

    private readonly List<WorkflowEngine> _engines = [];

    private ManualClock _clock = null!;
    private InMemoryProcessStore _store = null!;

    [SetUp]
    public void Begin()
    {
        _clock = new ManualClock();
        _store = new InMemoryProcessStore(_clock);
    }

    [TearDown]
    public async Task EndAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _engines.Clear();
    }

    [Test]
    [Statement("8.7")]
    [Statement("13.8")]
    [Description("V2-15")]
    public async Task A_changed_definition_under_the_same_number_is_refused_after_a_restart_and_by_a_second_host([Values] bool isRestart)
    {
        var first = Open();
        await first.DeployAsync(Claim(directorFrom: 1_000m));
        var id = (await first.As("dora").StartAsync("Claim", start => start.Set(_amount, 5_000m))).Id;
        if (isRestart)
        {
            await first.DisposeAsync();
        }

        var second = Open();
        var refusal = await Should.ThrowAsync<ProcessDefinitionException>(async () => await second.DeployAsync(Claim(directorFrom: 10_000m)));

        refusal.Problems.Count.ShouldBe(2);
        refusal.Problems[0].Statement.ShouldBe("13.8");
        refusal.Problems[1].Element.ShouldBe("'when' of line \"Manager to Director\"");
        refusal.Problems[1].Message.ShouldContain("was >(process field \"Amount\", Decimal 1000), is now >(process field \"Amount\", Decimal 10000)");
        await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => second.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve").AsTask());
        await second.DeployAsync(Claim(directorFrom: 1_000m));
        await second.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve");
        (await second.As("dan").Worklist.ListAsync()).Count.ShouldBe(1, "the director is asked");
    }

    [Test]
    [Statement("8.7")]
    [Description("V2-15")]
    public async Task Equal_content_built_anew_is_the_same_definition_and_the_code_of_the_first_is_called()
    {
        var called = new List<string>();
        var engine = Open();
        var one = await engine.DeployAsync(Noting("first"));
        var two = await engine.DeployAsync(Noting("second"));
        await engine.AsSystem().StartAsync("Noting");
        await engine.DisposeAsync();
        var next = Open();
        var three = await next.DeployAsync(Noting("third"));
        await next.AsSystem().StartAsync("Noting");

        two.ShouldBe(one);
        three.ShouldBe(one);
        one.Fingerprint.ShouldStartWith("1:");
        called.ShouldBe(["first", "third"]);

        ProcessDefinition Noting(string who) => ProcessDefinition.Define("Noting", process =>
            process.StartsWith(process.Activity("Note", activity => activity.Server("Write", _ => called.Add(who)))));
    }

    [Test]
    [Statement("8.7")]
    public async Task Many_differences_are_named_up_to_ten()
    {
        var engine = Open();
        await engine.DeployAsync(Wide("a"));

        var refusal = await Should.ThrowAsync<ProcessDefinitionException>(async () => await engine.DeployAsync(Wide("b")));

        refusal.Problems.Count.ShouldBe(12);
        refusal.Problems[1].ToString().ShouldStartWith("activity \"a 0\" of process \"Wide\": was there, is now nothing");
        refusal.Problems[^1].Message.ShouldBe("there are 22 more differences");

        static ProcessDefinition Wide(string prefix) => ProcessDefinition.Define("Wide", process =>
        {
            for (var index = 0; index < 8; index++)
            {
                process.StartsWith(process.Activity($"{prefix} {index}"));
            }
        });
    }

    [Test]
    [Statement("8.7")]
    public async Task None_of_several_definitions_is_deployed_when_one_is_refused()
    {
        var engine = Open();
        await engine.DeployAsync(Empty(1));
        await engine.DisposeAsync();
        var next = Open();

        await Should.ThrowAsync<ProcessDefinitionException>(async () => await next.DeployAsync([Empty(2), Empty(3), Empty(1, "Changed")]));
        await Should.ThrowAsync<ProcessDefinitionException>(async () => await next.DeployAsync([Empty(2), Empty(2, "Changed")]));

        (await next.AsSystem().ManageDefinitions().ListAsync("Empty")).Select(version => version.Version).ShouldBe([1]);
        (await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => next.AsSystem().StartAsync("Empty").AsTask())).Version.ShouldBe(1);
    }

    [Test]
    [Statement("8.7")]
    public async Task A_definition_deployed_before_definitions_were_kept_is_kept_by_its_next_deployment()
    {
        var before = Open();
        await before.DeployAsync(Claim(directorFrom: 1_000m));
        var id = (await before.As("dora").StartAsync("Claim", start => start.Set(_amount, 5_000m))).Id;
        await before.DisposeAsync();
        var upgraded = new ForgetfulStore(_store);
        var next = Open(upgraded);
        await next.DeployAsync(Claim(directorFrom: 1_000m));
        await next.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve");

        await Should.ThrowAsync<ProcessDefinitionException>(async () => await Open(upgraded).DeployAsync(Claim(directorFrom: 10_000m)));
    }

    [Test]
    [Statement("8.7")]
    public async Task A_definition_of_a_newer_library_is_not_guessed_at()
    {
        await _store.KeepDefinitionAsync(
            new StoredDefinition(new DefinitionVersion("Empty", 1), "2:00", "another form"), becomesDefault: true, CancellationToken.None);

        var refusal = await Should.ThrowAsync<ProcessDefinitionException>(async () => await Open().DeployAsync(Empty(1)));

        refusal.Problems.ShouldHaveSingleItem().Message.ShouldContain("a newer version of the library (fingerprint 2:00)");
    }

    [Test]
    [Statement("8.7")]
    public async Task Nothing_is_deployed_while_the_store_is_down_and_the_same_can_be_repeated()
    {
        var view = new SharedStore(_store) { IsCutOff = true };
        var engine = Open(view);

        await Should.ThrowAsync<ProcessStoreException>(async () => await engine.DeployAsync(Empty(1)));
        view.IsCutOff = false;
        (await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => engine.AsSystem().StartAsync("Empty").AsTask())).Version.ShouldBeNull();
        await engine.DeployAsync(Empty(1));

        (await engine.AsSystem().StartAsync("Empty")).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.7b")]
    public async Task The_first_deployment_of_a_version_makes_it_the_default_unless_asked_not_to()
    {
        var engine = Open();
        (await engine.DeployAsync(Empty(1))).IsDefault.ShouldBeTrue();
        (await engine.DeployAsync(Empty(2), new DeploymentOptions { BecomesDefault = false })).IsDefault.ShouldBeFalse();
        (await StartedVersionAsync(engine)).ShouldBe(1);

        (await engine.DeployAsync(Empty(2))).IsDefault.ShouldBeFalse("it was deployed before");
        (await engine.DeployAsync(Empty(3))).IsDefault.ShouldBeTrue();
        (await engine.DeployAsync(Empty(1))).IsDefault.ShouldBeFalse();
        (await StartedVersionAsync(engine)).ShouldBe(3);
    }

    [Test]
    [Statement("8.7")]
    [Statement("8.7b")]
    [Description("V2-14, V-3")]
    public async Task A_new_version_is_the_default_and_instances_stay_on_theirs()
    {
        var engine = Open();
        await engine.DeployAsync([Empty(1), Empty(2)]);
        await engine.AsSystem().ManageDefinitions().SetDefaultAsync("Empty", 1);
        var first = await StartedVersionAsync(engine);
        await engine.DeployAsync(Empty(3));

        (first, await StartedVersionAsync(engine)).ShouldBe((1, 3));
        (await engine.AsSystem().FindProcessesAsync()).Select(record => record.DefinitionVersion).ShouldBe([1, 3]);
    }

    [Test]
    [Statement("8.7b")]
    public async Task The_default_is_kept_in_the_store_and_can_be_set()
    {
        var engine = Open();
        await engine.DeployAsync([Empty(1), Empty(2)]);
        await engine.AsSystem().ManageDefinitions().SetDefaultAsync("Empty", 1);
        (await StartedVersionAsync(engine)).ShouldBe(1, "at once");
        await engine.DisposeAsync();
        var next = Open();
        await next.DeployAsync([Empty(1), Empty(2)]);

        (await StartedVersionAsync(next)).ShouldBe(1);
        (await next.AsSystem().ManageDefinitions().FindDefaultAsync("Empty")).ShouldBe(1);
        (await next.AsSystem().ManageDefinitions().ListAsync("Empty")).Select(version => (version.Version, version.IsDefault, version.IsDeployedHere))
            .ShouldBe([(1, true, true), (2, false, true)]);
        (await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => next.AsSystem().ManageDefinitions().SetDefaultAsync("Empty", 3).AsTask()))
            .Message.ShouldContain("not known to the store");
    }

    [Test]
    [Statement("8.7b")]
    public async Task A_host_that_lacks_the_default_version_refuses_a_start_and_names_it()
    {
        var (old, young) = (Open(), Open());
        await old.DeployAsync(Empty(1));
        await young.DeployAsync([Empty(1), Empty(2)]);
        await old.DisposeAsync();
        var back = Open();
        await back.DeployAsync(Empty(1));

        var refusal = await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => back.AsSystem().StartAsync("Empty").AsTask());

        refusal.Version.ShouldBe(2);
        refusal.Message.ShouldContain("Version 2 is the default of the process definition 'Empty', and it is not deployed on this host");
    }

    [Test]
    [Statement("8.7b")]
    public async Task A_start_without_a_default_is_refused()
    {
        var engine = Open();
        await engine.DeployAsync(Empty(1), new DeploymentOptions { BecomesDefault = false });

        (await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => engine.AsSystem().StartAsync("Empty").AsTask()))
            .Message.ShouldContain("No version of the process definition 'Empty' is the default");
        (await engine.AsSystem().ManageDefinitions().FindDefaultAsync("Empty")).ShouldBeNull();
    }

    [Test]
    [Statement("8.7b")]
    public async Task Another_host_notices_a_new_default_after_its_poll_interval_and_a_start_does_not_ask_for_it()
    {
        var watched = new CountedStore(_store);
        var (one, other) = (Open(watched), Open(new SharedStore(_store)));
        await one.DeployAsync([Empty(1), Empty(2)]);
        await other.DeployAsync([Empty(1), Empty(2)]);
        var asked = watched.Questions;
        for (var start = 0; start < 5; start++)
        {
            (await StartedVersionAsync(one)).ShouldBe(2);
        }

        watched.Questions.ShouldBe(asked);
        await other.AsSystem().ManageDefinitions().SetDefaultAsync("Empty", 1);
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await StartedVersionAsync(one)).ShouldBe(1);
        (await StartedVersionAsync(one)).ShouldBe(1);
        watched.Questions.ShouldBe(asked + 1);
    }

    [Test]
    [Statement("8.7b")]
    public async Task An_answer_that_was_under_way_while_this_host_changed_the_default_is_not_believed()
    {
        var view = new CountedStore(_store);
        var engine = Open(view);
        await engine.DeployAsync([Empty(1), Empty(2)]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var gate = view.Hold();
        var start = StartedVersionAsync(engine);
        await engine.AsSystem().ManageDefinitions().SetDefaultAsync("Empty", 1);

        gate.SetResult();

        (await start).ShouldBe(1);
        (await StartedVersionAsync(engine)).ShouldBe(1);
    }

    [Test]
    [Statement("8.7b")]
    [Statement("9.1")]
    public async Task The_rights_of_the_default_version_hold_for_all()
    {
        static ProcessDefinition Of(int version, string user) => ProcessDefinition.Define("Owned", process =>
            process.Version(version).Rights(rights => rights.Admin(user)).StartsWith(process.Activity("Work")));
        var engine = Open();
        await engine.DeployAsync([Of(1, "ann"), Of(2, "bob")]);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("ann").StartAsync("Owned").AsTask());

        await engine.As("bob").ManageDefinitions().SetDefaultAsync("Owned", 1);

        (await engine.As("ann").StartAsync("Owned")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        var manage = engine.As("bob").ManageDefinitions();
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => manage.SetDefaultAsync("Owned", 2).AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => manage.RemoveAsync("Owned", 2).AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => manage.ListAsync("Owned").AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => manage.FindDefaultAsync("Owned").AsTask());
    }

    [Test]
    [Statement("8.7b")]
    public async Task A_version_with_an_instance_that_has_not_completed_cannot_be_removed()
    {
        var engine = Open();
        await engine.DeployAsync(Claim(directorFrom: 1_000m));
        var id = (await engine.As("dora").StartAsync("Claim", start => start.Set(_amount, 5m))).Id;
        await engine.DeployAsync(Claim(directorFrom: 2_000m, version: 2));
        var manage = engine.AsSystem().ManageDefinitions();

        (await Should.ThrowAsync<ProcessDefinitionInUseException>(() => manage.RemoveAsync("Claim", 1).AsTask())).Message.ShouldContain("has not completed");
        (await Should.ThrowAsync<ProcessDefinitionInUseException>(() => manage.RemoveAsync("Claim", 2).AsTask())).Message.ShouldContain("First make another "
            + "version the default");
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve");
        await manage.RemoveAsync("Claim", 1);

        (await manage.ListAsync("Claim")).Select(version => version.Version).ShouldBe([2]);
        await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => manage.RemoveAsync("Claim", 1).AsTask());
        (await engine.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.7b")]
    [Statement("7.13")]
    public async Task A_version_on_which_a_sub_process_is_about_to_start_cannot_be_removed()
    {
        var engine = Open();
        await engine.DeployAsync([Empty(1), Empty(2)]);
        await engine.DeployAsync(ProcessDefinition.Define("Parent", process => process.StartsWith(process.Activity("Call", activity => activity
            .StartsProcess("Start it", "Empty", child => child.OnVersion(1))))));
        var parent = (await engine.AsSystem().StartAsync("Parent")).Id;
        var manage = engine.AsSystem().ManageDefinitions();

        (await Should.ThrowAsync<ProcessDefinitionInUseException>(() => manage.RemoveAsync("Empty", 1).AsTask())).Message.ShouldContain(
            "a sub-process is about to start on it");
        await engine.DeliverMessagesAsync();
        (await engine.AsSystem().ReadAsync(parent)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        await manage.RemoveAsync("Empty", 1);

        (await manage.ListAsync("Empty")).Select(version => version.Version).ShouldBe([2]);
    }

    [Test]
    [Statement("8.7b")]
    [Statement("7.13")]
    public async Task The_start_of_a_sub_process_fails_on_a_host_that_lacks_its_version_when_that_was_removed_meanwhile([Values] bool isRemoved)
    {
        var parent = ProcessDefinition.Define("Parent", process => process.StartsWith(process.Activity("Call", activity => activity
            .StartsProcess("Start it", "Empty"))));
        var engine = Open();
        await engine.DeployAsync([Empty(1), parent]);
        var id = (await engine.AsSystem().StartAsync("Parent")).Id;
        await engine.DisposeAsync();
        var next = Open();
        await next.DeployAsync([Empty(2), parent]);
        if (isRemoved)
        {
            // As if it had been removed in the moment in which the parent was stored.
            (await _store.RemoveDefinitionAsync(new DefinitionVersion("Empty", 1), default)).ShouldBe(DefinitionRemoval.Removed);
        }

        await next.DeliverMessagesAsync();

        var read = await next.AsSystem().ReadAsync(id);
        read.Status.ShouldBe(isRemoved ? ProcessInstanceStatus.Error : ProcessInstanceStatus.Active, "another host may have the version");
        if (isRemoved)
        {
            read.Error!.Message.ShouldContain("its version was removed");
            await next.AsSystem().ManageProcesses().RetryAsync(id);
            await next.DeliverMessagesAsync();
            (await next.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        }
    }

    [Test]
    [Statement("8.7b")]
    [Statement("13.8")]
    public async Task The_number_of_a_removed_version_stays_taken()
    {
        var engine = Open();
        await engine.DeployAsync([Empty(1), Empty(2)]);
        await engine.AsSystem().ManageDefinitions().RemoveAsync("Empty", 1);
        await engine.DisposeAsync();
        var next = Open();

        await Should.ThrowAsync<ProcessDefinitionException>(async () => await next.DeployAsync(Empty(1, "Changed")));
        (await next.DeployAsync([Empty(1), Empty(2)])).Select(deployment => deployment.IsDefault).ShouldBe([false, true]);

        (await next.AsSystem().ManageDefinitions().ListAsync("Empty")).Select(version => version.Version).ShouldBe([1, 2]);
    }

    private static async Task<int> StartedVersionAsync(WorkflowEngine engine) =>
        (await engine.AsSystem().ReadAsync((await engine.AsSystem().StartAsync("Empty")).Id)).DefinitionVersion;

    private static ProcessDefinition Empty(int version, string activity = "Only") => ProcessDefinition.Define("Empty", process =>
        process.Version(version).StartsWith(process.Activity(activity)));

    /// <summary><code>► Manager (ann) ──► Director (dan), from an amount on ►</code></summary>
    private static ProcessDefinition Claim(decimal directorFrom, int version = 1) => ProcessDefinition.Define("Claim", process =>
    {
        process.Version(version).Fields(_amount).Rights(rights => rights.Start("dora"));
        var manager = process.Activity("Manager", activity => activity.Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Approve")));
        var director = process.Activity("Director", activity => activity.Destinations(to => to.Users("dan")).Client("Ask", task => task.Action("Approve")));
        process.StartsWith(manager);
        manager.To(director, when: _amount > directorFrom);
    });

    /// <summary>The store has made the new version the default before the engine hears of it; a start meanwhile is on it.</summary>
    [Test]
    [Statement("8.7b")]
    public async Task A_start_during_a_deployment_is_not_refused()
    {
        var store = new LateStore(_store);
        var engine = Open(store);
        await engine.DeployAsync(Numbered(1));
        store.Held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var deploying = engine.DeployAsync(Numbered(2)).AsTask();
        await store.IsKept.Task;
        _clock.Advance(TimeSpan.FromMinutes(10));

        await engine.AsSystem().StartAsync("Numbered");

        (await _store.FindProcessesAsync(new ProcessQuery(), CancellationToken.None)).Single().DefinitionVersion.ShouldBe(2);
        deploying.IsCompleted.ShouldBeFalse();
        store.Held.SetResult();
        await deploying;
    }

    [Test]
    [Statement("8.7b")]
    public async Task A_definition_that_the_store_did_not_keep_is_not_known_afterwards()
    {
        var store = new LateStore(_store) { Fails = true };
        var engine = Open(store);

        await Should.ThrowAsync<ProcessStoreException>(async () => await engine.DeployAsync(Numbered(1)));
        await Open().DeployAsync(Numbered(1));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await Should.ThrowAsync<ProcessDefinitionNotFoundException>(async () => await engine.AsSystem().StartAsync("Numbered"));

        store.Fails = false;
        await engine.DeployAsync(Numbered(1));
        await engine.AsSystem().StartAsync("Numbered");
    }

    private static ProcessDefinition Numbered(int version) => ProcessDefinition.Define("Numbered", process =>
    {
        process.Version(version);
        process.StartsWith(process.Activity("Wait"));
    });

    private WorkflowEngine Open(IProcessStore? store = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store ?? _store;
            options.Clock = _clock;
            options.TakesUpWork = false;
        });
        _engines.Add(engine);
        return engine;
    }

    /// <summary>A store whose instances were there before definitions were kept.</summary>
    private sealed class ForgetfulStore(InMemoryProcessStore instances) : StoreAround
    {
        private readonly InMemoryProcessStore _definitions = new();

        protected override IProcessStore Asked => instances;

        public override ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
            _definitions.KeepDefinitionAsync(definition, becomesDefault, cancellation);

        public override ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
            _definitions.FindDefinitionsAsync(name, cancellation);

        public override ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation) =>
            _definitions.FindDefaultVersionsAsync(cancellation);
    }

    /// <summary>A store that others use too. It answers late that it has kept a definition.</summary>
    private sealed class LateStore(InMemoryProcessStore shared) : StoreAround, IProcessStore
    {
        public bool IsShared => true;

        public TaskCompletionSource? Held { get; set; }

        public TaskCompletionSource IsKept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether keeping fails after it was held up.</summary>
        public bool Fails { get; set; }

        protected override IProcessStore Asked => shared;

        public override async ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
        {
            if (Fails)
            {
                throw new ProcessStoreException("The store is away. It stored nothing.");
            }

            var kept = await base.KeepDefinitionAsync(definition, becomesDefault, cancellation);
            if (Held is { } held)
            {
                IsKept.SetResult();
                await held.Task;
            }

            return kept;
        }
    }

    /// <summary>A store that others use too, and that counts how often it is asked for the default versions.</summary>
    private sealed class CountedStore(InMemoryProcessStore shared) : StoreAround, IProcessStore
    {
        private TaskCompletionSource? _held;

        public bool IsShared => true;

        public int Questions { get; private set; }

        protected override IProcessStore Asked => shared;

        public TaskCompletionSource Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation)
        {
            Questions++;
            var found = await base.FindDefaultVersionsAsync(cancellation);
            if (Interlocked.Exchange(ref _held, null) is { } held)
            {
                await held.Task;
            }

            return found;
        }
    }
}
