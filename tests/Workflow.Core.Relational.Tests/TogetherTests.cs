using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests;

/// <summary>Commits that arrive together are committed together, each still all or nothing for itself.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class TogetherTests(SqlDialect dialect)
{
    [Test]
    public async Task Sixty_four_callers_get_what_they_asked_for_and_the_wrong_ones_harm_no_other()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < 64; number++)
        {
            ids.Add(await store.ReserveAsync(default));
        }

        await Task.WhenAll(ids.Select(id => Task.Run(async () => await store.CommitAsync(TestCommits.Start(id), default))));
        var outcomes = await Task.WhenAll(ids.Select((id, index) => Task.Run(() => OutcomeAsync(store, Wrong(id, index)))));

        for (var index = 0; index < ids.Count; index++)
        {
            var isWrong = index % 8 is 3 or 5 or 7;
            outcomes[index].ShouldBe(isWrong ? index % 8 == 5 ? nameof(ProcessStoreException) : nameof(ConcurrencyException) : "stored", $"{index}");
            (await store.LoadAsync(ids[index], default))!.Version.ShouldBe(isWrong ? 1 : 2);
            (await store.ReadJournalAsync(ids[index], 0, 10, default)).Count.ShouldBe(isWrong ? 1 : 2);
        }
    }

    [Test]
    public async Task One_of_many_commits_on_top_of_one_version_wins()
    {
        await using var database = TestDatabase.Create(dialect);
        var stores = new[] { database.NewStore(), database.NewStore() };
        var id = await stores[0].ReserveAsync(default);
        await stores[0].CommitAsync(TestCommits.Start(id), default);

        for (var version = 1; version <= 20; version++)
        {
            var step = TestCommits.Step(id, version);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() => OutcomeAsync(stores[caller % 2], step))));

            outcomes.Count(outcome => outcome == "stored").ShouldBe(1);
            outcomes.Count(outcome => outcome == nameof(ConcurrencyException)).ShouldBe(7);
        }
    }

    [Test]
    public async Task One_of_many_commands_under_one_idempotency_key_wins()
    {
        await using var database = TestDatabase.Create(dialect);
        var stores = new[] { database.NewStore(), database.NewStore() };

        for (var round = 0; round < 10; round++)
        {
            var key = $"key {round}";
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
            {
                var id = await stores[caller % 2].ReserveAsync(default);
                return await OutcomeAsync(stores[caller % 2], TestCommits.Start(id) with { Request = TestCommits.Request(id, key) });
            })));

            outcomes.Count(outcome => outcome == "stored").ShouldBe(1, string.Join(", ", outcomes));
            outcomes.Count(outcome => outcome == nameof(ConcurrencyException)).ShouldBe(7);
        }

        (await stores[0].FindProcessesAsync(new ProcessQuery(), default)).Count.ShouldBe(10);
    }

    /// <summary>Commits on the stored version and on the next one, of two hosts. So not the version alone decides.</summary>
    [Test]
    public async Task One_of_many_commits_of_two_hosts_that_receive_one_message_wins()
    {
        await using var database = TestDatabase.Create(dialect);
        var stores = new[] { database.NewStore(), database.NewStore() };
        var from = await stores[0].ReserveAsync(default);
        await stores[0].CommitAsync(TestCommits.Start(from), default);
        for (var round = 1; round <= 20; round++)
        {
            var to = await stores[0].ReserveAsync(default);
            await stores[0].CommitAsync(TestCommits.Step(from, round) with { SentMessages = [new ProcessMessage(from, round, to, "go"u8.ToArray())] }, default);
            var start = TestCommits.Start(to) with { ReceivedMessages = [(from, round)] };
            var step = TestCommits.Step(to, 1) with { ReceivedMessages = [(from, round)] };

            var outcomes = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(caller => Task.Run(() => OutcomeAsync(stores[caller % 2], caller < 4 ? start : step))));

            outcomes.Count(outcome => outcome == "stored").ShouldBe(1, string.Join(", ", outcomes));
            outcomes.Count(outcome => outcome == nameof(ConcurrencyException)).ShouldBe(7);
            (await stores[1].LoadAsync(to, default))!.Version.ShouldBe(1);
            (await stores[1].FindMessagesAsync(new MessageQuery { Limit = 10 }, default)).ShouldBeEmpty();
        }
    }

    [Test]
    public async Task A_message_that_two_hosts_receive_and_discard_at_once_goes_to_one()
    {
        await using var database = TestDatabase.Create(dialect);
        var stores = new[] { database.NewStore(), database.NewStore() };
        var (from, to) = (await stores[0].ReserveAsync(default), await stores[0].ReserveAsync(default));
        await stores[0].CommitAsync(TestCommits.Start(from), default);
        await stores[0].CommitAsync(TestCommits.Start(to), default);
        for (var round = 1; round <= 20; round++)
        {
            await stores[0].CommitAsync(TestCommits.Step(from, round) with { SentMessages = [new ProcessMessage(from, round, to, "go"u8.ToArray())] }, default);
            var step = TestCommits.Step(to, (await stores[0].LoadAsync(to, default))!.Version) with { ReceivedMessages = [(from, round)] };

            var received = Task.Run(() => OutcomeAsync(stores[round % 2], step));
            var discarded = await Task.Run(async () => await stores[1 - (round % 2)].DiscardMessageAsync(new MessageKey(to, from, round), default));

            (await received).ShouldBe(discarded ? nameof(ConcurrencyException) : "stored");
        }
    }

    [Test]
    public async Task Two_hosts_are_never_given_the_same()
    {
        await using var database = TestDatabase.Create(dialect);
        var stores = new[] { database.NewStore(), database.NewStore() };
        for (var number = 0; number < 60; number++)
        {
            var id = await stores[0].ReserveAsync(default);
            await stores[0].CommitAsync(TestCommits.Start(id) with { HasPendingCall = true }, default);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(caller => Task.Run(async () => await stores[caller % 2].ClaimAsync(
            new ClaimQuery
            {
                Owner = $"engine {caller}",
                Lease = TimeSpan.FromMinutes(1),
                DueUntil = database.Clock.GetUtcNow(),
                Definitions = [new DefinitionVersion("Decision", 1)],
                Limit = 7,
            },
            default))));

        claims.SelectMany(given => given.Select(claim => claim.Id)).ShouldBeUnique();
        claims.Sum(given => given.Count).ShouldBe(60);
    }

    /// <summary>Of each eight, one expects another version, one receives a message that is not there, and one brings a fact whose number is taken, which only
    /// the database notices.</summary>
    private static Commit Wrong(ProcessInstanceId id, int index) => (index % 8) switch
    {
        3 => TestCommits.Finish(id, version: 7),
        5 => TestCommits.Finish(id) with { Journal = new StoredJournal(1, 1, "again"u8.ToArray()), Request = null },
        7 => TestCommits.Finish(id) with { ReceivedMessages = [(id, 1)] },
        _ => TestCommits.Finish(id),
    };

    private static async Task<string> OutcomeAsync(RelationalProcessStore store, Commit commit)
    {
        try
        {
            await store.CommitAsync(commit, default);
            return "stored";
        }
        catch (WorkflowException exception)
        {
            return exception.GetType().Name;
        }
    }
}
