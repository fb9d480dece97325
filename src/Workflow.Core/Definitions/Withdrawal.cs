namespace Workflow.Core.Definitions;

/// <summary>Where an instance goes that its originator withdraws (statement 13.11).</summary>
public sealed class Withdrawal
{
    internal Withdrawal(string? activity) => Activity = activity;

    /// <summary>The activity that starts; null when the instance completes.</summary>
    public string? Activity { get; }
}
