namespace Workflow.Core.Instances;

/// <summary>The act by which somebody moved a process instance last: a user, an outside system, or the host (statement 12.7).</summary>
/// <param name="User">The name of the user who acted; <c>system</c> for the host.</param>
/// <param name="OnBehalfOf">The user, group or role on whose behalf they acted; null when it was for themselves (statements 1.12 and 9.4).</param>
/// <param name="Kind">The act, as the history names it.</param>
/// <param name="At">The instant.</param>
public sealed record LastAct(string User, string? OnBehalfOf, JournalKind Kind, DateTimeOffset At)
{
    /// <summary>Whether somebody moves an instance by what a fact tells. To open a task, to pass it on, or to repair an instance is no such act.</summary>
    internal static bool Is(JournalKind kind) => kind is JournalKind.ProcessStarted or JournalKind.SlotCompleted or JournalKind.GotoTaken
        or JournalKind.ServerItemFinished or JournalKind.SignalReceived or JournalKind.SentBack or JournalKind.Withdrawn or JournalKind.GotoOrdered
        or JournalKind.ExpiryOrdered;

    /// <summary>The act that a fact tells; null for none.</summary>
    internal static LastAct? Of(JournalKind kind, DateTimeOffset at, string? user, string? detail) => user is not null && Is(kind)
        ? new LastAct(user, JournalEntry.PartyOf(kind, detail), kind, at)
        : null;
}
