using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <content>Counts. None goes further than it is told, so that each costs a limited time on a store of any size. No commit keeps a counter for them.</content>
public partial interface IProcessStore
{
    /// <summary>The most that the rules let a page have, for stores that count page by page.</summary>
    private const int CountedAtOnce = 500;

    private static readonly ProcessInstanceStatus[] _live =
        [ProcessInstanceStatus.Running, ProcessInstanceStatus.Active, ProcessInstanceStatus.Error, ProcessInstanceStatus.Stopped];

    /// <summary>Counts instances.</summary>
    /// <param name="query">Which ones; its limit does not matter.</param>
    /// <param name="atMost">How far to count; positive.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>How many there are, or <paramref name="atMost"/> when there are as many or more.</returns>
    /// <remarks>A store that does not implement it counts page by page. A store in a database should count with one question.</remarks>
    ValueTask<int> CountProcessesAsync(ProcessQuery query, int atMost, CancellationToken cancellation) =>
        CountPagesAsync(query, atMost, page => FindProcessesAsync(page, cancellation));

    /// <summary>Counts instances in which somebody took part, as <see cref="FindProcessesOfAsync"/> finds them.</summary>
    /// <param name="participants">The user, and the roles and groups they belong to.</param>
    /// <param name="query">Which of these instances; its limit does not matter.</param>
    /// <param name="atMost">How far to count; positive.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>How many there are, or <paramref name="atMost"/> when there are as many or more.</returns>
    /// <remarks>A store that does not implement it counts page by page. A store in a database should count with one question.</remarks>
    ValueTask<int> CountProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, int atMost, CancellationToken cancellation) =>
        CountPagesAsync(query, atMost, page => FindProcessesOfAsync(participants, page, cancellation));

    /// <summary>Counts the instances that are neither Completed nor Deleted, by definition and status. Of each status it counts the newest, so many at
    /// most.</summary>
    /// <param name="definitions">The definitions whose instances to count; null for all.</param>
    /// <param name="atMost">How far to count for each status; positive.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The counts that are not zero, by definition, ordinally, and status. If those of a status add up to <paramref name="atMost"/>, there may be
    /// more.</returns>
    /// <remarks>A store that does not implement it counts page by page. A store in a database should count with one question.</remarks>
    async ValueTask<IReadOnlyList<LiveCount>> CountLiveAsync(
        IReadOnlyCollection<string>? definitions, int atMost, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        var found = new List<ProcessRecord>();
        foreach (var status in _live)
        {
            var query = new ProcessQuery { Status = status, Definitions = definitions, NewestFirst = true };
            await CountPagesAsync(query, atMost, async page =>
            {
                var records = await FindProcessesAsync(page, cancellation).ConfigureAwait(false);
                found.AddRange(records.Select(record => record with { Status = status }));
                return records;
            }).ConfigureAwait(false);
        }

        return
        [
            .. found.GroupBy(record => (record.Definition, record.Status))
                .Select(group => new LiveCount(group.Key.Definition, group.Key.Status, group.Count()))
                .OrderBy(count => count.Definition, StringComparer.Ordinal).ThenBy(count => count.Status),
        ];
    }

    /// <summary>Counts the open tasks of users, groups and roles: for each those that are for them, whatever somebody has done with them.</summary>
    /// <param name="query">Whose tasks.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page of those who have any: first the users, then the groups, then the roles, each in an order of the store's own that stays the
    /// same.</returns>
    /// <exception cref="NotSupportedException">The store does not implement it.</exception>
    ValueTask<IReadOnlyList<TaskCountOf>> CountTasksAsync(TaskCountQuery query, CancellationToken cancellation) => throw new NotSupportedException(
        $"{GetType().Name} does not count the tasks of everybody. Implement CountTasksAsync in it, or list the tasks with FindTasksAsync.");

    private static async ValueTask<int> CountPagesAsync(
        ProcessQuery query, int atMost, Func<ProcessQuery, ValueTask<IReadOnlyList<ProcessRecord>>> find)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        var counted = 0;
        while (counted < atMost)
        {
            query = query with { Limit = Math.Min(CountedAtOnce, atMost - counted) };
            var page = await find(query).ConfigureAwait(false);
            counted += page.Count;
            if (page.Count < query.Limit)
            {
                break;
            }

            query = query with { After = page[^1].Id };
        }

        return counted;
    }
}
