namespace Workflow.Core.Runtime;

/// <summary>One question to the store to renew the leases of the engine.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The renewal disposes of the source once the reaction to it has ended.")]
internal sealed class LeaseQuestion
{
    private volatile bool _hasEnded;

    public LeaseQuestion() => Patience = Source.Token;

    /// <summary>By which the store is told that nobody waits for its answer any more.</summary>
    public CancellationTokenSource Source { get; } = new();

    /// <summary>The token of the source. It can still be read when the source is disposed of.</summary>
    public CancellationToken Patience { get; }

    /// <summary>Whether the store has answered, or failed.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>How the store has failed; null when it has not. Ask first whether it has ended.</summary>
    public Exception? Failure { get; private set; }

    public void End(Exception? failure)
    {
        Failure = failure;
        _hasEnded = true;
    }
}
