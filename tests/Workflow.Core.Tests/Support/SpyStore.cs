using System.Collections.Concurrent;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>The part of a commit that tests ask about; the status where it changes.</summary>
internal sealed record CommitFact(ProcessInstanceId ProcessInstance, ProcessInstanceStatus? Status, bool HasPendingCall, int Parts, int Bytes);

/// <summary>A store that remembers what was committed, can tell when an instance has completed, and can die.</summary>
internal sealed class SpyStore(IProcessStore inner) : StoreAround
{
    private readonly ConcurrentDictionary<ProcessInstanceId, TaskCompletionSource> _completed = new();
    private readonly ConcurrentQueue<CommitFact> _commits = new();

    public SpyStore()
        : this(new InMemoryProcessStore())
    {
    }

    public IProcessStore Inner => inner;

    protected override IProcessStore Asked => Living();

    public IReadOnlyList<CommitFact> Commits => [.. _commits];

    /// <summary>Whether the host that uses this store is dead: nothing it does reaches the inner store any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>How many commits still go through before one fails; null for all.</summary>
    public int? CommitsUntilFailure { get; set; }

    public Task CompletedAsync(ProcessInstanceId id) => Completion(id).Task;

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (CommitsUntilFailure is { } left)
        {
            CommitsUntilFailure = left == 0 ? null : left - 1;
            if (left == 0)
            {
                throw new IOException("the disk is full");
            }
        }

        await Living().CommitAsync(commit, cancellation);
        var bytes = commit.Parts.Sum(part => part.Content.Length) + (commit.Journal?.Content.Length ?? 0);
        _commits.Enqueue(new CommitFact(commit.ProcessInstance, commit.Record?.Status, commit.HasPendingCall, commit.Parts.Count, bytes));
        if (commit.Record is { Status: ProcessInstanceStatus.Completed })
        {
            Completion(commit.ProcessInstance).TrySetResult();
        }
    }

    private IProcessStore Living() => IsDead ? throw new IOException("the host is dead") : inner;

    private TaskCompletionSource Completion(ProcessInstanceId id) =>
        _completed.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
