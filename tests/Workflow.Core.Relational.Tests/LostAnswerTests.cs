using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests;

/// <summary>A commit whose answer is lost is found out about: it is stored once, or nothing of it is.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class LostAnswerTests(SqlDialect dialect)
{
    [TestCase(1)]
    [TestCase(3)]
    public async Task A_stored_commit_is_reported_as_stored(int answers)
    {
        await using var database = TestDatabase.Create(dialect);
        var way = new BrokenWay();
        await using var source = new WatchedDataSource(database.Source, way);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        var id = await store.ReserveAsync(default);
        way.Lose(answers, isSent: true);
        await store.CommitAsync(TestCommits.Start(id) with { Request = TestCommits.Request(id, "key") }, default);
        way.Lose(answers, isSent: true);

        await store.CommitAsync(TestCommits.Finish(id), default);

        (await store.LoadAsync(id, default))!.Version.ShouldBe(2);
        (await store.ReadJournalAsync(id, 0, 10, default)).Count.ShouldBe(2);
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task A_stored_commit_is_reported_as_stored_although_the_message_that_it_received_is_gone(int answers)
    {
        await using var database = TestDatabase.Create(dialect);
        var way = new BrokenWay();
        await using var source = new WatchedDataSource(database.Source, way);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        var (from, to) = (await store.ReserveAsync(default), await store.ReserveAsync(default));
        await store.CommitAsync(
            TestCommits.Start(from) with { SentMessages = [new ProcessMessage(from, 1, to, default), new ProcessMessage(from, 2, to, default)] }, default);
        way.Lose(answers, isSent: true);
        await store.CommitAsync(TestCommits.Start(to) with { ReceivedMessages = [(from, 1)] }, default);
        way.Lose(answers, isSent: true);

        await store.CommitAsync(TestCommits.Step(to, 1) with { ReceivedMessages = [(from, 2)] }, default);

        (await store.LoadAsync(to, default))!.Version.ShouldBe(2);
        (await store.FindMessagesAsync(new MessageQuery { Limit = 10 }, default)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_commit_that_is_not_stored_is_repeated_or_reported()
    {
        await using var database = TestDatabase.Create(dialect);
        var way = new BrokenWay();
        await using var source = new WatchedDataSource(database.Source, way);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        way.Lose(1, isSent: false);

        var isStored = true;
        try
        {
            await store.CommitAsync(TestCommits.Step(id, 1), default);
        }
        catch (ProcessStoreException)
        {
            isStored = false;
        }

        (await store.LoadAsync(id, default))!.Version.ShouldBe(isStored ? 2 : 1);
        await store.CommitAsync(TestCommits.Step(id, isStored ? 2 : 1), default);
    }

    [Test]
    public async Task A_database_that_stays_away_leaves_the_outcome_unknown()
    {
        await using var database = TestDatabase.Create(dialect);
        var way = new BrokenWay();
        await using var source = new WatchedDataSource(database.Source, way);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options with { OutcomeTimeout = TimeSpan.FromMilliseconds(300) });
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        way.Lose(1, isSent: true);
        way.RefusedConnections = int.MaxValue;

        var unknown = await Should.ThrowAsync<CommitOutcomeUnknownException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default));

        unknown.ProcessInstance.ShouldBe(id);
        way.RefusedConnections = 0;
        (await store.LoadAsync(id, default))!.Version.ShouldBe(2);
        await store.CommitAsync(TestCommits.Step(id, 2), default);
    }

    [Test]
    public async Task A_write_beside_commits_is_not_called_lost_when_the_answer_to_its_end_is_lost()
    {
        await using var database = TestDatabase.Create(dialect);
        var way = new BrokenWay();
        await using var source = new WatchedDataSource(database.Source, way);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        await store.EnsureSchemaAsync();
        way.Lose(1, isSent: true);

        var failure = "";
        try
        {
            await store.SaveAsync("ann", new OutOfOffice { User = "ann", ForwardTo = ["bob"] }, default);
        }
        catch (ProcessStoreException exception)
        {
            failure = exception.Message;
        }

        failure.ShouldNotContain("stored nothing");
        if (dialect is SqlDialect.PostgreSql)
        {
            failure.ShouldContain("it is not known whether it is stored");
        }

        (await store.FindAbsenceAsync("ann", default)).ShouldNotBeNull();
    }

    [Test]
    public async Task Many_at_once_are_each_stored_once()
    {
        await using var database = TestDatabase.Create(dialect);
        var way = new BrokenWay();
        await using var source = new WatchedDataSource(database.Source, way);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < 40; number++)
        {
            ids.Add(await store.ReserveAsync(default));
        }

        way.Lose(6, isSent: true);
        await Task.WhenAll(ids.Select(id => Task.Run(async () => await store.CommitAsync(TestCommits.Start(id), default))));

        foreach (var id in ids)
        {
            (await store.LoadAsync(id, default))!.Version.ShouldBe(1);
        }
    }
}
