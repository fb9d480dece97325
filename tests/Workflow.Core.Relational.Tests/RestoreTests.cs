using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A database that is restored to an earlier instant while engines stay up (statement 14.7c).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class RestoreTests(SqlDialect dialect)
{
    private static ProcessDefinition Order(List<string>? keys = null) => ProcessDefinition.Define("Order", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        var check = process.Activity("Check", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Check the order", task => task.Action("Accept").Action("Look again"))
            .OutcomesFromActions());
        var pay = process.Activity("Pay", activity => activity.Server("Pay", context => keys?.Add(context.IdempotencyKey)));
        process.StartsWith(check);
        check.OnEachOutcome(pay, check);
    });

    [Test]
    public async Task An_engine_that_stays_up_does_not_write_its_order_over_another_that_got_the_same_number()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var one = await EngineAsync(database);
        await StartAsync(one, 1, "before");
        var backup = await Backup.TakeAsync(database);
        var lost = await StartAsync(one, 20, "of one");
        await backup.RestoreAsync();
        await using var two = await EngineAsync(database);
        var kept = await StartAsync(two, 20, "of two");
        kept.Intersect(lost).ShouldNotBeEmpty();

        foreach (var id in lost)
        {
            await Should.NotThrowAsync(async () => await ActAsync(one, id, isThere: kept.Contains(id)));
        }

        foreach (var id in kept)
        {
            var order = await two.AsSystem().ReadAsync(id);
            order.Folio.ShouldBe("of two");
            order.Status.ShouldBe(lost.Contains(id) ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active);
        }
    }

    [Test]
    public async Task An_engine_that_stays_up_goes_on_with_what_the_restored_database_has()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = await EngineAsync(database);
        var id = (await StartAsync(engine, 1, "first"))[0];
        var backup = await Backup.TakeAsync(database);
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Accept");
        await backup.RestoreAsync();

        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Accept");

        (await engine.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    public async Task Starts_of_engines_that_stay_up_take_the_next_number_when_theirs_is_in_use()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var one = await EngineAsync(database);
        await using var two = await EngineAsync(database);
        await StartAsync(one, 1, "before");
        var backup = await Backup.TakeAsync(database);
        await StartAsync(one, 30, "lost");
        await backup.RestoreAsync();

        var ids = new List<ProcessInstanceId>();
        for (var time = 0; time < 30; time++)
        {
            ids.AddRange(await StartAsync(one, 1, "one"));
            ids.AddRange(await StartAsync(two, 1, "two"));
        }

        ids.ShouldBeUnique();
        (await one.AsSystem().FindProcessesAsync(new ProcessQuery { Limit = 500 })).Count.ShouldBe(61);
    }

    [Test]
    public async Task Renewing_the_identity_changes_keys_and_numbers_of_engines_that_stay_up()
    {
        await using var database = TestDatabase.Create(dialect);
        var keys = new List<string>();
        await using var engine = await EngineAsync(database, keys);
        var waiting = await StartAsync(engine, 2, "waiting");
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(waiting[0], 1), "Accept");
        var before = keys.Single();

        await database.NewStore().RenewIdentityAsync(skippedNumbers: 5_000);
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(waiting[1], 1), "Accept");

        before.ShouldEndWith($"-{waiting[0]}-{before.Split('-')[^1]}");
        keys[1].Split('-')[0].ShouldNotBe(before.Split('-')[0]);
        keys[1].Split('-')[0].Length.ShouldBe(16);
        var store = database.NewStore();
        (await store.ReserveAsync(default)).Value.ShouldBeGreaterThan(5_000);
        store.KeyPart.ShouldBe(keys[1].Split('-')[0]);
    }

    [Test]
    public async Task An_engines_memory_is_void_when_the_identity_was_renewed()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id) with { Id = "start" }, default);
        var version = (await store.LoadAsync(id, default))!.Version;

        await store.RenewIdentityAsync();

        await Should.ThrowAsync<ConcurrencyException>(
            async () => await store.CommitAsync(TestCommits.Step(id, version) with { LastCommit = "start" }, default));
        var stored = (await store.LoadAsync(id, default))!;
        await store.CommitAsync(TestCommits.Step(id, stored.Version) with { LastCommit = stored.LastCommit, Epoch = stored.Epoch }, default);
        (await store.ReserveAsync(default)).Value.ShouldBeGreaterThan(1_000_000);
    }

    /// <summary>An engine that had claimed an instance before the backup is not the one that has it afterwards.</summary>
    [Test]
    public async Task Claims_from_before_the_identity_was_renewed_are_void()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id) with { HasPendingCall = true }, default);
        var query = new ClaimQuery
        {
            Owner = "one", Lease = TimeSpan.FromMinutes(1), DueUntil = database.Clock.GetUtcNow(), Definitions = [new DefinitionVersion("Decision", 1)],
            Limit = 9,
        };
        var old = (await store.ClaimAsync(query, default)).Single();

        await store.RenewIdentityAsync();

        (await store.LoadAsync(id, default))!.Owner.ShouldBeNull();
        var claim = (await store.ClaimAsync(query with { Owner = "two" }, default)).Single();
        claim.Epoch.ShouldBeGreaterThan(old.Epoch + 1);
        await store.ReleaseAsync(old, TimeSpan.FromHours(1), default);
        (await store.LoadAsync(id, default))!.Owner.ShouldBe("two");
    }

    [Test]
    public async Task Two_stores_never_give_the_same_keys()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var other = TestDatabase.Create(dialect);
        var (live, test) = (new List<string>(), new List<string>());
        await using var one = await EngineAsync(database, live);
        await using var two = await EngineAsync(other, test);

        foreach (var engine in new[] { one, two })
        {
            var id = (await StartAsync(engine, 1, "first"))[0];
            await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Accept");
        }

        live.Single().ShouldNotBe(test.Single());
        live.Single()[16..].ShouldBe(test.Single()[16..]);
    }

    [TestCase(-1)]
    [TestCase(100_000_001)]
    public async Task A_count_of_numbers_out_of_range_is_refused(long count)
    {
        await using var database = TestDatabase.Create(dialect);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await database.NewStore().RenewIdentityAsync(count));
    }

    private static async Task ActAsync(WorkflowEngine engine, ProcessInstanceId id, bool isThere)
    {
        try
        {
            await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Accept");
        }
        catch (WorkflowException) when (!isThere)
        {
            // The order is lost with the backup, and the engine says that there is no such task.
        }
    }

    private static async Task<List<ProcessInstanceId>> StartAsync(WorkflowEngine engine, int count, string folio)
    {
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < count; number++)
        {
            ids.Add((await engine.As("dora").StartAsync("Order", start => start.Folio(folio))).Id);
        }

        return ids;
    }

    private static async Task<WorkflowEngine> EngineAsync(TestDatabase database, List<string>? keys = null)
    {
        var engine = WorkflowEngine.Create(options => options.Store = database.NewStore());
        await engine.DeployAsync(Order(keys));
        return engine;
    }
}
