using System.Transactions;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>An ambient transaction of a caller takes nothing away, neither from that caller nor from others (statement 14.7b).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class AmbientTransactionTests(SqlDialect dialect)
{
    private static readonly ProcessDefinition _decision = ProcessDefinition.Define("Decision", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Decide the claim", task => task.Action("Approve"))));
    });

    private static readonly Dictionary<string, Func<IProcessStore, ProcessInstanceId, Task>> _first = new()
    {
        ["a start"] = async (store, _) => await store.CommitAsync(TestCommits.Start(await store.ReserveAsync(default)), default),
        ["an answer"] = async (store, id) => await store.CommitAsync(TestCommits.Step(id, 1), default),
        ["a question"] = async (store, _) => await store.FindProcessesAsync(new ProcessQuery(), default),
        ["a timer"] = async (store, _) => await store.FindTimersAsync(new TimerQuery(), default),
        ["a claim"] = async (store, _) => await store.ClaimAsync(
            new ClaimQuery
            {
                Owner = "engine", Lease = TimeSpan.FromSeconds(30), Definitions = [new DefinitionVersion("Decision", 1)],
                DueUntil = DateTimeOffset.MaxValue, Limit = 5,
            }, default),
        ["a renewal"] = async (store, _) => await store.RenewAsync("engine", TimeSpan.FromSeconds(30), default),
        ["an absence"] = async (store, _) => await store.SaveAsync("ann", new OutOfOffice { User = "ann", ForwardTo = ["bob"] }, default),
        ["the tables"] = async (store, _) => await ((RelationalProcessStore)store).EnsureSchemaAsync(),
    };

    private static IEnumerable<string> First => _first.Keys;

    [TestCaseSource(nameof(First))]
    public async Task Other_users_commits_stay_when_the_first_user_of_the_store_leaves_a_scope_without_completing_it(string first)
    {
        await using var database = TestDatabase.Create(dialect);
        var id = await StoredAsync(database.NewStore());
        var store = database.NewStore();
        ProcessInstanceId other;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await _first[first](store, id);
            other = await WithoutScopeAsync(() => StoredAsync(store));
        }

        (await database.NewStore().LoadAsync(other, default)).ShouldNotBeNull();
    }

    [Test]
    public async Task Acknowledged_commits_of_a_caller_in_a_scope_stay_too()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        ProcessInstanceId id;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            id = await StoredAsync(store);
            await store.CommitAsync(TestCommits.Step(id, 1), default);
            Transaction.Current.ShouldNotBeNull();
        }

        (await database.NewStore().LoadAsync(id, default))!.Version.ShouldBe(2);
    }

    [Test]
    public async Task Callers_keep_their_acknowledged_commits_while_a_fresh_engine_is_used_in_a_scope()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = WorkflowEngine.Create(options => options.Store = database.NewStore());
        ProcessInstanceId inside;
        ProcessInstanceId outside;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await engine.DeployAsync(_decision);
            inside = (await engine.As("dora").StartAsync("Decision")).Id;
            await engine.As("ann").Worklist.ListAsync();
            outside = await WithoutScopeAsync(async () =>
            {
                var id = (await engine.As("dora").StartAsync("Decision")).Id;
                await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Approve");
                return id;
            });
        }

        await using var next = WorkflowEngine.Create(options => options.Store = database.NewStore());
        await next.DeployAsync(_decision);
        (await next.AsSystem().ReadAsync(outside)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await next.AsSystem().ReadAsync(inside)).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    private static async Task<ProcessInstanceId> StoredAsync(RelationalProcessStore store)
    {
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        return id;
    }

    /// <summary>Acts as another request would, which has none of the context of this one.</summary>
    private static Task<T> WithoutScopeAsync<T>(Func<Task<T>> act)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(act);
        }
    }
}
