using System.Runtime.CompilerServices;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Client;

/// <content>Readings of the history: what an instance has done, and who did it.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>Reads the activity instances of a process instance from its history, in the order in which they began. Each comes with its outcome, its
    /// answers, and the fields that were written. So you can read what has ended as well as what is active (statement 12.1).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="after">The last one of the page before; null to begin.</param>
    /// <param name="limit">How many to return at most; 1 to 500.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It can be shorter than the limit in a long history, and is empty only when there are no more.</returns>
    /// <exception cref="ArgumentException">The last one of the page before belongs to another process instance.</exception>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    /// <remarks>The history is read behind the last activity instance of the page before until all of this page have ended, but 10,000 entries at most
    /// behind the beginning of its first one (statement 14.6). <see cref="ActivityRecord.IsCut"/> says that an activity instance has not ended by then. Fields
    /// whose changes the definition does not keep (statement 11.3) are not in it.</remarks>
    /// <example><code>
    /// foreach (var activity in await engine.As("dora").ReadActivitiesAsync(claim.Id))
    /// {
    ///     Console.WriteLine($"{activity.Name}: {activity.Outcome}, {string.Join(", ", activity.Answers.Select(answer => answer.User))}");
    /// }
    /// </code></example>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<IReadOnlyList<ActivityRecord>> ReadActivitiesAsync(
        ProcessInstanceId processInstance, ActivityRecord? after = null, int limit = 50, CancellationToken cancellation = default)
    {
        RefusePage(limit, nameof(limit));
        if (after is not null && after.ProcessInstance != processInstance)
        {
            throw new ArgumentException(
                $"The page is to begin behind an activity instance of process instance {after.ProcessInstance}, and {processInstance} is read. Give the last "
                    + "activity instance of its own page before.",
                nameof(after));
        }

        var process = await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        return await PastActivities.ReadAsync(_host.Reader, process, after, limit, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads the short history of a process instance, for people: who did what, and when, oldest first (statement 12.2). It leaves out what the
    /// engine does by itself, and the slots that users open and release.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The entries. The history is read page by page while they are asked for.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    /// <example><code>
    /// await foreach (var entry in engine.As("dora").ReadTimelineAsync(claim.Id))
    /// {
    ///     Console.WriteLine($"{entry.Time:u} {entry.Text}");
    /// }
    /// </code></example>
    [OperationRight(Operation.ReadInstance)]
    public IAsyncEnumerable<TimelineEntry> ReadTimelineAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default)
    {
        _host.RefuseWhenStopped();
        return ReadLinesAsync(processInstance, cancellation);
    }

    /// <summary>Reads the history of a process instance from its end backwards, the newest entry first (statement 12.6).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="before">The number of the last entry of the page before, positive; null to begin at the end.</param>
    /// <param name="limit">How many entries to return at most; 1 to 500.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when it ends with the first entry. Entries that come meanwhile move none.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    /// <example><code>var latest = await engine.As("dora").ReadHistoryBackwardsAsync(claim.Id, limit: 20);</code></example>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadHistoryBackwardsAsync(
        ProcessInstanceId processInstance, long? before = null, int limit = 100, CancellationToken cancellation = default)
    {
        RefusePage(limit, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfLessThan(before ?? 1, 1, nameof(before));
        var process = await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        return await _host.Reader.ReadHistoryBackwardsAsync(process, before, limit, cancellation).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<TimelineEntry> ReadLinesAsync(
        ProcessInstanceId processInstance, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var timeline = new Timeline();
        await foreach (var entry in ReadHistoryToItsEndAsync(processInstance, cancellation).ConfigureAwait(false))
        {
            if (timeline.Add(entry) is { } line)
            {
                yield return line;
            }
        }
    }
}
