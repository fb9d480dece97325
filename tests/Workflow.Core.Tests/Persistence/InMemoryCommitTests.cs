using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Tests.Persistence.Commits;

namespace Workflow.Core.Tests.Persistence;

[TestFixture]
internal sealed class InMemoryCommitTests
{
    private InMemoryProcessStore _store = null!;

    [SetUp]
    public void Open() => _store = new InMemoryProcessStore();

    [TestCase(false, 1, 0, TestName = "A_commit_on_an_instance_that_is_missing_is_refused")]
    [TestCase(false, -1, 0, TestName = "A_commit_on_a_negative_version_of_a_missing_instance_is_refused")]
    [TestCase(true, 0, 2, TestName = "A_new_instance_over_one_that_exists_is_refused")]
    [TestCase(true, 1, 2, TestName = "A_stale_commit_is_refused")]
    [TestCase(true, 3, 2, TestName = "A_commit_from_the_future_is_refused")]
    [Statement("14.3")]
    public async Task A_commit_on_another_version_is_refused_and_changes_nothing(bool exists, long expected, long actual)
    {
        if (exists)
        {
            await CommitAsync(Full(0, content: 1));
            await CommitAsync(Full(1, content: 2));
        }

        var before = await ContentAsync();

        var refusal = await Should.ThrowAsync<ConcurrencyException>(() => _store.CommitAsync(Full(expected, content: 3).With(isPending: true, ended: [1]), default).AsTask());

        refusal.ProcessInstance.ShouldBe(One);
        refusal.Expected.ShouldBe(expected);
        refusal.Actual.ShouldBe(actual);
        (await ContentAsync()).ShouldBe(before);
    }

    [Test]
    [Statement("14.3")]
    public async Task Of_many_who_commit_on_one_version_one_wins([Values(0, 1)] long version)
    {
        if (version == 1)
        {
            await CommitAsync(Full(0, content: 1));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => TryCommitAsync(Full(version, (byte)number)))));

        outcomes.Count(won => won).ShouldBe(1);
        (await LoadAsync()).Version.ShouldBe(version + 1);
    }

    [Test]
    [Statement("14.6")]
    public async Task Parts_are_added_and_replaced_by_key_and_come_in_order()
    {
        await CommitAsync(New(One, 0, Part(2, 4, 24), Part(0, 0, 0), Part(2, 0, 20), Part(1, 0, 10), Part(1, 3, 13)));
        await CommitAsync(New(One, 1, Part(2, 3, 23), Part(1, 3, 99)));

        (await LoadAsync()).Parts.Select(part => (part.Key.ActivityInstance, part.Key.Destination, part.Content.Span[0]))
            .ShouldBe([(0, 0, (byte)0), (1, 0, (byte)10), (1, 3, (byte)99), (2, 0, (byte)20), (2, 3, (byte)23), (2, 4, (byte)24)]);
    }

    [Test]
    [Statement("14.6")]
    public async Task The_parts_of_an_ended_activity_go_and_those_of_others_stay()
    {
        await CommitAsync(New(One, 0, Part(0, 0), Part(1, 0), Part(1, 1), Part(2, 0), Part(2, 2), Part(2, 3), Part(12, 0)));

        await CommitAsync(New(One, 1, Part(0, 0)).With(ended: [2, 7]));

        (await LoadAsync()).Parts.Select(part => (part.Key.ActivityInstance, part.Key.Destination)).ShouldBe([(0, 0), (1, 0), (1, 1), (12, 0)]);
    }

    [Test]
    public async Task Parts_go_before_new_ones_are_stored()
    {
        await CommitAsync(New(One, 0, Part(0, 0), Part(1, 0, 1), Part(1, 1, 1)));

        await CommitAsync(New(One, 1, Part(1, 0, 2)).With(ended: [1]));

        (await LoadAsync()).Parts.Select(part => part.Content.Length == 0 ? 0 : part.Content.Span[0]).ShouldBe([0, 2]);
    }

    /// <summary>The engine uses its buffers again as soon as a commit has ended.</summary>
    [Test]
    public async Task What_the_caller_does_to_his_bytes_afterwards_is_not_stored()
    {
        byte[] part = [1, 2, 3];
        byte[] fact = [4, 5, 6];
        List<StoredPart> parts = [new(PartKey.Header, part)];
        List<ServerItemRecord> items = [Item(One, 1)];
        var commit = New(One, 0, parts).With(journal: new StoredJournal(1, 1, fact), items: items);

        await CommitAsync(commit);
        Array.Clear(part);
        Array.Clear(fact);
        parts.Clear();
        items.Clear();

        (await LoadAsync()).Parts.ShouldHaveSingleItem().Content.ToArray().ShouldBe([1, 2, 3]);
        (await _store.ReadJournalAsync(One, 0, 10, default)).ShouldHaveSingleItem().Content.ToArray().ShouldBe([4, 5, 6]);
        (await _store.FindServerItemAsync(new SerialNumber(One, 1), default)).ShouldNotBeNull();
    }

    [Test]
    public async Task What_was_loaded_does_not_change_with_later_commits()
    {
        await CommitAsync(New(One, 0, Part(0, 0, 1), Part(1, 0, 1)));
        var loaded = await LoadAsync();

        await CommitAsync(New(One, 1, Part(0, 0, 2)).With(ended: [1]));

        loaded.Version.ShouldBe(1);
        loaded.Parts.Select(part => part.Content.Span[0]).ShouldBe([(byte)1, (byte)1]);
    }

    [Test]
    public async Task What_is_not_there_is_null()
    {
        (await _store.LoadAsync(One, default)).ShouldBeNull();
        (await _store.FindServerItemAsync(new SerialNumber(One, 1), default)).ShouldBeNull();
        (await _store.ReadJournalAsync(One, 0, 1, default)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_number_is_never_reserved_twice()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            var own = new List<long>();
            for (var count = 0; count < 500; count++)
            {
                own.Add((await _store.ReserveAsync(default)).Value);
            }

            own.ShouldBe(own.Order());
            return own;
        })));

        numbers.SelectMany(own => own).Order().ShouldBe(Enumerable.Range(1, 10_000).Select(number => (long)number));
    }

    [Test]
    public async Task A_cancelled_call_stores_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => _store.CommitAsync(Full(0, 1), cancelled).AsTask());
        await Should.ThrowAsync<OperationCanceledException>(() => _store.ReserveAsync(cancelled).AsTask());

        (await _store.LoadAsync(One, default)).ShouldBeNull();
        (await _store.ReserveAsync(default)).Value.ShouldBe(1);
    }

    private static Commit Full(long version, byte content) => New(One, version, Part(0, 0, content), Part(1, 0, content), Part(content + 1, 0, content))
        .With(journal: new StoredJournal(version + 1, 1, new[] { content }), items: [Item(One, content + 1)]);

    private async Task<bool> TryCommitAsync(Commit commit)
    {
        try
        {
            await CommitAsync(commit);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    private async Task CommitAsync(Commit commit) => await _store.CommitAsync(commit, CancellationToken.None);

    private async Task<StoredProcess> LoadAsync() => (await _store.LoadAsync(One, CancellationToken.None)).ShouldNotBeNull();

    private async Task<string> ContentAsync()
    {
        var stored = await _store.LoadAsync(One, default);
        var parts = stored?.Parts.Select(part => $"{part.Key} {Convert.ToHexString(part.Content.Span)}") ?? [];
        var facts = (await _store.ReadJournalAsync(One, 0, 100, default)).Select(piece => $"{piece.FirstNumber} {Convert.ToHexString(piece.Content.Span)}");
        var items = await _store.FindServerItemsAsync(new ServerItemQuery { Status = null }, default);
        var pending = await _store.FindProcessesAsync(new() { Status = ProcessInstanceStatus.Running }, default);
        return string.Join('\n', [$"{stored?.Version}", .. parts, .. facts, .. items.Select(item => $"{item}"), .. pending.Select(id => $"pending {id}")]);
    }
}
