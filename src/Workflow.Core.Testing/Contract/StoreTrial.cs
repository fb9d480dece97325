using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Testing.Contract;

/// <summary>A store while one rule is checked on it.</summary>
internal sealed class StoreTrial(StoreRule rule, IProcessStore store, ManualTimeProvider clock)
{
    public IProcessStore Store => store;

    public ManualTimeProvider Clock => clock;

    public async Task<ProcessInstanceId> ReserveAsync() => await store.ReserveAsync(CancellationToken.None);

    public async Task<IReadOnlyList<ProcessInstanceId>> ReserveAsync(int count)
    {
        var numbers = new List<ProcessInstanceId>();
        while (numbers.Count < count)
        {
            numbers.Add(await ReserveAsync());
        }

        return numbers;
    }

    public async Task CommitAsync(Commit commit) => await store.CommitAsync(commit, CancellationToken.None);

    /// <summary>Reserves a number and commits a new instance under it.</summary>
    public async Task<ProcessInstanceId> AddAsync(Func<Commit, Commit>? change = null)
    {
        var id = await ReserveAsync();
        var commit = Samples.New(id);
        await CommitAsync(change is null ? commit : change(commit));
        return id;
    }

    /// <summary>Commits an instance on top of its stored version.</summary>
    public async Task ChangeAsync(ProcessInstanceId id, Func<Commit, Commit> change)
    {
        var stored = await LoadAsync(id);
        await CommitAsync(change(Samples.Next(id, stored.Version) with { Epoch = stored.Epoch }));
    }

    public Task ChangeTasksAsync(ProcessInstanceId id, params IReadOnlyList<WorklistChange> changes) =>
        ChangeAsync(id, commit => commit with { Worklist = changes });

    public async Task<StoredProcess> LoadAsync(ProcessInstanceId id) =>
        await store.LoadAsync(id, CancellationToken.None) ?? throw Broken($"expected to load process instance {id}, found nothing");

    public async Task<StoredProcess?> LoadOrNullAsync(ProcessInstanceId id) => await store.LoadAsync(id, CancellationToken.None);

    public async Task<ProcessRecord> RecordAsync(ProcessInstanceId id)
    {
        var records = await store.FindProcessesAsync(new ProcessQuery { Limit = 500 }, CancellationToken.None);
        return records.SingleOrDefault(record => record.Id == id)
            ?? throw Broken($"expected to find process instance {id} once, found {records.Count.Invariant()} others");
    }

    public async Task<StoredTask> TaskAsync(SerialNumber serial) =>
        await store.FindTaskAsync(serial, CancellationToken.None) ?? throw Broken($"expected to find the task {serial}, found nothing");

    /// <summary>The open tasks of some users, as text.</summary>
    public async Task<string> TasksAsync(params string[] users) => await TasksOfAsync(new WorklistQuery(), [.. users.Select(Destination.User)]);

    public async Task<string> TasksOfAsync(WorklistQuery query, params Destination[]? entries) =>
        Shown.Serials((await store.FindTasksAsync(entries, query, CancellationToken.None)).Select(header => header.Serial));

    public async Task<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query) => await store.ClaimAsync(query, CancellationToken.None);

    /// <summary>Claims what is there for an engine, and expects it to be one instance.</summary>
    public async Task<ClaimedProcess> ClaimOneAsync(string owner)
    {
        var claims = await ClaimAsync(Samples.Claim(owner));
        return claims.Count == 1 ? claims[0] : throw Broken($"expected one instance for {owner} to claim, found {claims.Count.Invariant()}");
    }

    /// <summary>The numbers of the instances that an engine is given, as text.</summary>
    public async Task<string> ClaimedAsync(ClaimQuery query) => Shown.Numbers((await ClaimAsync(query)).Select(claim => claim.Id));

    public Task<string> ClaimedAsync(string owner) => ClaimedAsync(Samples.Claim(owner));

    public async Task ReleaseAsync(ClaimedProcess claim, TimeSpan putOff = default) => await store.ReleaseAsync(claim, putOff, CancellationToken.None);

    public async Task RenewAsync(string owner, int seconds) => await store.RenewAsync(owner, TimeSpan.FromSeconds(seconds), CancellationToken.None);

    public void Advance(double seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));

    public void Expect<T>(T expected, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
        {
            throw Broken($"{what}: expected '{Shown.Value(expected)}', found '{Shown.Value(found)}'");
        }
    }

    /// <summary>Expects the store to refuse a commit, and says which version it should have told.</summary>
    public async Task ExpectRefusedAsync(Commit commit, long? actual = null)
    {
        ConcurrencyException? refusal = null;
        try
        {
            await CommitAsync(commit);
        }
        catch (ConcurrencyException exception)
        {
            refusal = exception;
        }

        Expect(true, refusal is not null, "whether the commit is refused");
        Expect(commit.ProcessInstance, refusal!.ProcessInstance, "the process instance in the refusal");
        Expect(commit.ExpectedVersion, refusal.Expected, "the version in the refusal that the commit was made for");
        Expect(actual ?? refusal.Actual, refusal.Actual, "the version in the refusal that is stored");
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Which one it is, is the question.")]
    public async Task ExpectThrowsAsync<TException>(Func<Task> call, string what)
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException)
        {
            return;
        }
        catch (Exception exception)
        {
            throw Broken($"{what}: expected {typeof(TException).Name}, found {exception.GetType().Name}: {exception.Message}");
        }

        throw Broken($"{what}: expected {typeof(TException).Name}, found no exception");
    }

    public StoreContractException Broken(string how) => new(rule, how);
}
