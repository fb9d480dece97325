using Microsoft.Data.Sqlite;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Relational.Tests;

/// <summary>The engine over the store: an instance outlives the engine that started it.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class EngineTests(SqlDialect dialect)
{
    private static readonly ProcessDefinition _decision = ProcessDefinition.Define("Decision", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        var decide = process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Decide the claim", task => task.Action("Approve").Action("Decline"))
            .OutcomesFromActions());
        var pay = process.Activity("Pay", activity => activity.Server("Transfer", _ => { }));

        process.StartsWith(decide);
        decide.OnEachOutcome(pay, process.Activity("Refuse"));
    });

    [Test]
    public async Task An_instance_is_started_by_one_and_ended_by_another()
    {
        await using var database = TestDatabase.Create(dialect);
        ProcessInstanceId id;
        await using (var first = await EngineAsync(database))
        {
            id = (await first.As("dora").StartAsync("Decision")).Id;
        }

        await using var second = await EngineAsync(database);
        var ann = second.As("ann").Worklist;
        (await ann.ListAsync(new WorklistQuery())).Count.ShouldBe(1);
        await ann.ExecuteAsync(new SerialNumber(id, 1), "Approve");

        (await second.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await ann.ListAsync(new WorklistQuery())).ShouldBeEmpty();
    }

    [Test]
    public async Task While_the_resolver_is_down_users_list_the_tasks_that_name_them_and_those_of_absent_users()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = WorkflowEngine.Create(options =>
        {
            Use(options, database);
            options.DestinationResolver = new SilentResolver();
        });
        await engine.DeployAsync(_decision);
        var id = (await engine.As("dora").StartAsync("Decision")).Id;
        await engine.As("ann").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("bob"));

        (await engine.As("ann").Worklist.ListAsync()).Select(item => item.Serial).ShouldBe([new SerialNumber(id, 1)]);
        var shared = (await engine.As("bob").Worklist.ListAsync()).ShouldHaveSingleItem();
        shared.ActingFor.ShouldBe("ann");
        await shared.ExecuteAsync("Approve");

        (await engine.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>A resolver whose directory cannot be reached.</summary>
    private sealed class SilentResolver : Destinations.IDestinationResolver
    {
        public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) =>
            throw new IOException("down");

        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) => throw new IOException("down");

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => throw new IOException("down");
    }

    [Test]
    public async Task A_store_that_the_options_made_is_let_go_with_the_engine()
    {
        await using var database = TestDatabase.Create(dialect);
        RelationalProcessStore? store = null;
        await using (var engine = WorkflowEngine.Create(options => store = Use(options, database)))
        {
            await engine.DeployAsync(_decision);
            await engine.As("dora").StartAsync("Decision");
        }

        await Should.ThrowAsync<ObjectDisposedException>(async () => await store!.LoadAsync(new ProcessInstanceId(1), default));
        await using var next = WorkflowEngine.Create(options => Use(options, database));
        await next.DeployAsync(_decision);
        (await next.As("ann").Worklist.ListAsync(new WorklistQuery())).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_store_of_options_that_are_refused_is_let_go_too()
    {
        await using var database = TestDatabase.Create(dialect);
        RelationalProcessStore? store = null;

        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options =>
        {
            store = Use(options, database);
            options.SlotLimit = 0;
        }));

        await Should.ThrowAsync<ObjectDisposedException>(async () => await store!.LoadAsync(new ProcessInstanceId(1), default));
    }

    [Test]
    public async Task A_store_that_is_replaced_is_let_go_and_the_hosts_is_not()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var other = TestDatabase.Create(dialect);
        var kept = other.NewStore();
        RelationalProcessStore? replaced = null;
        await using (WorkflowEngine.Create(options =>
        {
            replaced = Use(options, database);
            options.Store = kept;
        }))
        {
        }

        (await kept.LoadAsync(new ProcessInstanceId(1), default)).ShouldBeNull();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await replaced!.LoadAsync(new ProcessInstanceId(1), default));
    }

    /// <summary>A file is for one store at a time, so its second engine shows that the first has let it go.</summary>
    private static RelationalProcessStore Use(WorkflowOptions options, TestDatabase database) => database is SqliteDatabase file
        ? options.UseSqliteFile(SqliteFactory.Instance, file.Path, file.Options)
        : options.UseRelational(database.Source, database.Dialect, database.Options);

    [Test]
    public async Task Many_are_started_and_ended_at_once()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = await EngineAsync(database);

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            var id = (await engine.As("dora").StartAsync("Decision")).Id;
            await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve");
            return id;
        })));

        foreach (var id in ids)
        {
            (await engine.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        }
    }

    private static async Task<WorkflowEngine> EngineAsync(TestDatabase database)
    {
        var engine = WorkflowEngine.Create(options => options.Store = database.NewStore());
        await engine.DeployAsync(_decision);
        return engine;
    }
}
