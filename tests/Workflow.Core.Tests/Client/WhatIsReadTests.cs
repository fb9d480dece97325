using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Client;

/// <summary>Nothing is read of what a user may not see, so it costs nothing, however much there is. The cost is what the store looks at.</summary>
[TestFixture]
public sealed class WhatIsReadTests
{
    private const int Others = 700;

    [Test]
    [Statement("9.1")]
    public async Task Somebody_with_View_Participate_only_reads_their_own_instances()
    {
        var store = new CountingStore();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start).ViewParticipate("ann", "clara"));
        var own = await FillAsync(engine);
        store.Clear();

        var found = await engine.As("ann").FindProcessesAsync();
        var newest = await engine.As("ann").FindProcessesAsync(new() { NewestFirst = true, Limit = 1 });

        found.Select(record => record.Id).ShouldBe(own);
        newest.Select(record => record.Id).ShouldBe(own[^1..]);
        store.Read.ShouldBe(own.Count + 1);
        store.Questions.ShouldBe(2);
    }

    [Test]
    [Statement("9.1")]
    [Statement("4.8")]
    public async Task Roles_are_asked_for_once_however_many_instances_and_definitions_there_are()
    {
        var store = new CountingStore();
        var resolver = new CountingResolver();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start).ViewParticipate(Destination.Role("Staff")), resolver);
        await engine.DeployAsync(Definition("Other", rights => rights.View(Destination.Role("Staff"))));
        var own = await FillAsync(engine);
        resolver.Asked = 0;

        var found = await engine.As("ann").FindProcessesAsync();

        found.Select(record => record.Id).ShouldBe(own);
        resolver.Asked.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    [Statement("4.8")]
    public async Task Roles_are_asked_for_once_for_one_instance_and_only_when_a_role_has_the_right()
    {
        var resolver = new CountingResolver();
        await using var engine = await EngineAsync(
            new CountingStore(),
            rights => rights.Everyone(ProcessRight.Start).ViewParticipate(Destination.Role("Staff")).ServerEvent(Destination.Group("robots")),
            resolver);
        var id = (await engine.As("dora").StartAsync("Expense", start => start.Set(new ProcessField<string>("Decider"), "ann"))).Id;
        resolver.Asked = 0;

        (await engine.As("ann").ReadAsync(id)).Id.ShouldBe(id);
        resolver.Asked.ShouldBe(1);
        resolver.Asked = 0;
        await Should.ThrowAsync<WorkflowAccessDeniedException>(
            async () => await engine.As("ann").ManageWorklists().ListAsync(new WorklistQuery { Definition = "Expense" }));
        resolver.Asked.ShouldBe(0, "no role is an administrator");
    }

    /// <summary>The holders of a right are few, the roles of a user may be thousands.</summary>
    [Test]
    [Statement("9.1")]
    public void The_holders_of_a_right_are_looked_up_among_the_roles_of_the_user()
    {
        var rights = new ProcessRights(
            [new(Destination.Role("R7"), ProcessRight.View), new(Destination.Group("G"), ProcessRight.Admin), new(Destination.User("ann"), ProcessRight.Start)],
            everyone: default);
        var roles = new RolesToLookUp([.. Enumerable.Range(1, 5_000).Select(number => Destination.Role($"R{number}"))]);

        rights.AllowAny(roles, ProcessRight.View).ShouldBeTrue();
        rights.AllowAny(roles, ProcessRight.Start).ShouldBeFalse();
        rights.AllowAny([Destination.Group("g")], ProcessRight.Start).ShouldBeTrue();
        rights.HaveRoles(ProcessRight.Start).ShouldBeTrue("an administrator may do all");
        roles.Looked.ShouldBe(2);
        roles.Read.ShouldBe(0);
    }

    [Test]
    [Statement("9.1")]
    public async Task Somebody_with_View_on_one_process_reads_no_instance_of_another()
    {
        var store = new CountingStore();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start));
        await engine.DeployAsync(Definition("Seen", rights => rights.Everyone(ProcessRight.Start).View("ann")));
        await FillAsync(engine);
        var seen = await engine.As("dora").StartAsync("Seen");
        store.Clear();

        var found = await engine.As("ann").FindProcessesAsync();

        found.Select(record => record.Id).ShouldBe([seen.Id]);
        store.Read.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    public async Task Instances_of_both_kinds_of_rights_come_in_one_order_and_in_pages()
    {
        var store = new CountingStore();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start).ViewParticipate("ann"));
        await engine.DeployAsync(Definition("Seen", rights => rights.Everyone(ProcessRight.Start).View("ann")));
        await engine.DeployAsync(Definition("Hidden", rights => rights.Everyone(ProcessRight.Start)));
        for (var round = 0; round < 5; round++)
        {
            await engine.As("ann").StartAsync("Expense");
            await engine.As("ann").StartAsync("Hidden");
            await engine.As("dora").StartAsync("Expense");
            await engine.As("dora").StartAsync("Seen");
        }

        var found = new List<long>();
        var query = new ProcessQuery { NewestFirst = true, Limit = 3 };
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await engine.As("ann").FindProcessesAsync(query);
            found.AddRange(page.Select(record => record.Id.Value));
            query = query with { After = page.Count > 0 ? page[^1].Id : null };
        }
        while (page.Count == 3);

        found.ShouldBe([20, 17, 16, 13, 12, 9, 8, 5, 4, 1]);
    }

    [Test]
    [Statement("7.2")]
    public async Task Server_items_of_processes_without_the_right_are_not_read()
    {
        var store = new CountingStore();
        await using var engine = WorkflowEngine.Create(options => options.Store = store);
        await engine.DeployAsync(Waiting("Hidden", rights => rights.Everyone(ProcessRight.Start)));
        await engine.DeployAsync(Waiting("Seen", rights => rights.Everyone(ProcessRight.Start).ServerEvent("robot")));
        for (var count = 0; count < 20; count++)
        {
            await engine.As("dora").StartAsync(count == 7 ? "Seen" : "Hidden");
        }

        store.Clear();

        (await engine.As("robot").FindServerItemsAsync(new ServerItemQuery())).Select(item => item.Serial.ProcessInstance.Value).ShouldBe([8]);
        store.Read.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    public async Task Tasks_of_processes_without_the_right_are_not_loaded_for_an_administrator()
    {
        var store = new CountingStore();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start));
        await engine.DeployAsync(Definition("Managed", rights => rights.Everyone(ProcessRight.Start).Admin("boss")));
        await FillAsync(engine, others: 20);
        await engine.As("dora").StartAsync("Managed");
        store.Clear();

        var entries = await engine.As("boss").ManageWorklists().ListAsync();

        entries.ShouldHaveSingleItem().Definition.ShouldBe("Managed");
        store.Loads.ShouldBe(1);
        store.Read.ShouldBe(1);
        store.Questions.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_page_of_instances_is_one_question_however_many_definitions_the_user_may_see()
    {
        var store = new CountingStore();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start));
        for (var number = 0; number < 30; number++)
        {
            await engine.DeployAsync(Definition($"Seen {number:00}", rights => rights.Everyone(ProcessRight.Start).View("ann")));
        }

        for (var round = 0; round < 4; round++)
        {
            for (var number = 0; number < 30; number += 10)
            {
                await engine.As("dora").StartAsync("Expense");
                await engine.As("dora").StartAsync($"Seen {number:00}");
            }
        }

        store.Clear();

        var found = await engine.As("ann").FindProcessesAsync(new() { Limit = 5, NewestFirst = true });

        found.Select(record => record.Id.Value).ShouldBe([24, 22, 20, 18, 16]);
        store.Questions.ShouldBe(1);
        store.Read.ShouldBe(5);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_search_by_definitions_reads_only_those_that_the_user_may_see()
    {
        var store = new CountingStore();
        await using var engine = await EngineAsync(store, rights => rights.Everyone(ProcessRight.Start).ViewParticipate("ann"));
        await engine.DeployAsync(Definition("Seen", rights => rights.Everyone(ProcessRight.Start).View("ann")));
        await engine.DeployAsync(Definition("Other", rights => rights.Everyone(ProcessRight.Start).View("ann")));
        await engine.DeployAsync(Definition("Hidden", rights => rights.Everyone(ProcessRight.Start)));
        foreach (var name in (string[])["Expense", "Seen", "Other", "Hidden", "Seen"])
        {
            await engine.As("ann").StartAsync(name);
        }

        store.Clear();

        (await engine.As("ann").FindProcessesAsync(new() { Definitions = ["Hidden", "Seen", "Expense"] }))
            .Select(record => record.Id.Value).ShouldBe([1, 2, 5]);
        store.Questions.ShouldBe(2);
        store.Clear();
        (await engine.As("ann").FindProcessesAsync(new() { Definitions = ["Hidden"] })).ShouldBeEmpty();
        (await engine.As("ann").FindProcessesAsync(new() { Definitions = [] })).ShouldBeEmpty();
        (await engine.As("ann").FindProcessesAsync(new() { Definitions = ["Seen"], Definition = "Other" })).ShouldBeEmpty();
        store.Questions.ShouldBe(0);
    }

    [Test]
    [Statement("7.2")]
    [Statement("9.1")]
    public async Task Pages_of_server_items_and_of_tasks_are_one_question_too()
    {
        var store = new CountingStore();
        await using var engine = WorkflowEngine.Create(options => options.Store = store);
        for (var number = 0; number < 6; number++)
        {
            await engine.DeployAsync(Waiting($"Wait {number}", rights => rights.Everyone(ProcessRight.Start).ServerEvent(number % 2 == 0 ? "robot" : "other")));
            await engine.DeployAsync(Definition($"Work {number}", rights => rights.Everyone(ProcessRight.Start).Admin(number % 2 == 0 ? "boss" : "other")));
        }

        for (var number = 0; number < 12; number++)
        {
            await engine.As("dora").StartAsync($"Wait {number % 6}");
            await engine.As("dora").StartAsync($"Work {number % 6}");
        }

        store.Clear();

        (await engine.As("robot").FindServerItemsAsync(new ServerItemQuery { Limit = 4 })).Count.ShouldBe(4);
        store.Questions.ShouldBe(1);
        store.Read.ShouldBe(4);
        store.Clear();
        (await engine.As("boss").ManageWorklists().ListAsync(new WorklistQuery { Limit = 4 })).Count.ShouldBe(4);
        store.Questions.ShouldBe(1);
        store.Read.ShouldBe(4);
        store.Loads.ShouldBe(4);
    }

    private static async Task<WorkflowEngine> EngineAsync(IProcessStore store, Action<RightsBuilder> rights, IDestinationResolver? resolver = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.DestinationResolver = resolver ?? new CountingResolver();
        });
        await engine.DeployAsync(Definition("Expense", rights));
        return engine;
    }

    private static ProcessDefinition Definition(string name, Action<RightsBuilder> rights) => ProcessDefinition.Define(name, process =>
    {
        var decider = new ProcessField<string>("Decider");
        process.Fields(decider).Rights(rights);
        process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users(decider).Users("clara")).ApprovesOrRejects()));
    });

    private static ProcessDefinition Waiting(string name, Action<RightsBuilder> rights) => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights);
        process.StartsWith(process.Activity("Wait", activity => activity.Server("Call", (context, _) =>
        {
            context.WaitUntilFinished();
            return ValueTask.CompletedTask;
        })));
    });

    /// <summary>Starts many instances of others, and some in which ann takes part.</summary>
    private static async Task<List<ProcessInstanceId>> FillAsync(WorkflowEngine engine, int others = Others)
    {
        var own = new List<ProcessInstanceId>();
        for (var count = 0; count < others; count++)
        {
            await engine.As("dora").StartAsync("Expense", start => start.Set(new ProcessField<string>("Decider"), "bob"));
            if (count % 200 == 100)
            {
                own.Add((await engine.As("dora").StartAsync("Expense", start => start.Set(new ProcessField<string>("Decider"), "ann"))).Id);
            }
        }

        if (own.Count > 0)
        {
            await engine.As("ann").Worklist.ExecuteAsync(own[0].Task(1), "Approve");
        }

        own.Add((await engine.As("ann").StartAsync("Expense", start => start.Set(new ProcessField<string>("Decider"), "bob"))).Id);
        return own;
    }

    private sealed class CountingResolver : IDestinationResolver
    {
        public int Asked { get; set; }

        public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation)
        {
            Asked++;
            return ValueTask.FromResult<IReadOnlyList<Destination>>([Destination.Role("Staff")]);
        }

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
    }

    /// <summary>Counts how often a role is looked up, and how often all are gone through.</summary>
    private sealed class RolesToLookUp(HashSet<Destination> roles) : IReadOnlyList<Destination>, ICollection<Destination>
    {
        public int Looked { get; private set; }

        public int Read { get; private set; }

        public int Count => roles.Count;

        bool ICollection<Destination>.IsReadOnly => true;

        public Destination this[int index] => throw new NotSupportedException();

        public bool Contains(Destination item)
        {
            Looked++;
            return roles.Contains(item);
        }

        public IEnumerator<Destination> GetEnumerator()
        {
            Read++;
            return roles.GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        void ICollection<Destination>.CopyTo(Destination[] array, int arrayIndex) => throw new NotSupportedException();

        void ICollection<Destination>.Add(Destination item) => throw new NotSupportedException();

        void ICollection<Destination>.Clear() => throw new NotSupportedException();

        bool ICollection<Destination>.Remove(Destination item) => throw new NotSupportedException();
    }

    /// <summary>Counts what it is asked, and how many instances it looks at to answer.</summary>
    private sealed class CountingStore : StoreAround
    {
        private readonly InMemoryProcessStore _inner = new();

        protected override IProcessStore Asked => _inner;

        private long _lookedBefore;

        /// <summary>How many instances were looked at, for instances, server items and tasks of everybody.</summary>
        public long Read => _inner.Looked - _lookedBefore;

        public int Loads { get; private set; }

        public int Questions { get; private set; }

        public void Clear() => (_lookedBefore, Loads, Questions) = (_inner.Looked, 0, 0);

        public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
            Counted(await base.FindProcessesAsync(query, cancellation));

        public override async ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
            IReadOnlyCollection<Destination> participants, ProcessQuery query,
            CancellationToken cancellation) => Counted(await base.FindProcessesOfAsync(participants, query, cancellation));

        public override async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
            IReadOnlyCollection<Destination>? entries, WorklistQuery query,
            CancellationToken cancellation) => Counted(await base.FindTasksAsync(entries, query, cancellation));

        public override async ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation) =>
            Counted(await base.FindServerItemsAsync(query, cancellation));

        public override ValueTask<bool> HasTakenPartAsync(
            ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation)
        {
            Questions++;
            return base.HasTakenPartAsync(processInstance, entries, cancellation);
        }

        public override ValueTask<StoredProcess?> LoadAsync(
            ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation)
        {
            Loads++;
            return base.LoadAsync(processInstance, activityInstance, destination, cancellation);
        }

        private IReadOnlyList<T> Counted<T>(IReadOnlyList<T> found)
        {
            Questions++;
            return found;
        }
    }
}
