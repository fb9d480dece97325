using Workflow.Core.Calendars;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Whether a user may do something now, and why not (statement 14.7e).</summary>
/// <param name="Denial">The exception that the call would throw, with its message and statement; null when the call would be admitted.</param>
public readonly record struct Permission(WorkflowException? Denial)
{
    /// <summary>Whether the call would be admitted.</summary>
    public bool IsAllowed => Denial is null;

    /// <summary>Why the user may not, in words for people; null when they may.</summary>
    public string? Reason => Denial?.Message;

    /// <summary>Makes a call that is only rehearsed, and tells how it was received.</summary>
    internal static async ValueTask<Permission> OfAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return default;
        }
        catch (WorkflowException exception) when (IsDenial(exception))
        {
            return new Permission(exception);
        }
    }

    /// <summary>Makes a call that is only rehearsed, and tells how it was received.</summary>
    internal static ValueTask<Permission> OfAsync(Func<ValueTask> call) => OfAsync(async () =>
    {
        await call().ConfigureAwait(false);
        return true;
    });

    /// <summary>Whether an exception says that the user may not, and not that nobody knows.</summary>
    private static bool IsDenial(WorkflowException exception) => exception is not (
        WorkflowInvariantException or ProcessStoreException or CommitOutcomeUnknownException or ConcurrencyException or StoredFormatException
        or DestinationResolverException or CalendarException { IsOfSource: true });
}
