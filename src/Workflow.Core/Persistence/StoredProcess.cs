using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>A process instance as it is stored.</summary>
/// <param name="Version">How often it was committed.</param>
/// <param name="JournalCount">How many facts its history holds: the number of the last one that was stored, or zero.</param>
/// <param name="Parts">Its parts, ordered by key.</param>
/// <param name="Epoch">How often it went from one engine to another by a claim; a commit carries it (statement 14.3).</param>
/// <param name="Owner">The engine that holds a lease on it that has not run out; null for none.</param>
/// <param name="LastCommit">The name of the commit that left it so; empty if it has none. The next commit carries it (statement 14.7c).</param>
/// <param name="HasPendingCall">Whether its last commit has a pending call; true too where the store does not say it.</param>
public sealed record StoredProcess(
    long Version, long JournalCount, IReadOnlyList<StoredPart> Parts, long Epoch = 0, string? Owner = null, string LastCommit = "", bool HasPendingCall = true)
{
    /// <summary>Its state.</summary>
    internal StoredState State => new(Version, LastCommit);
}
