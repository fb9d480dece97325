namespace Workflow.Core;

/// <summary>A goto (statement 10.10).</summary>
/// <param name="Activity">The name of the activity where it leads.</param>
/// <param name="Expiring">The activities that it ends.</param>
/// <param name="IfActive">The treatment of a target that is still active then.</param>
public sealed record GotoRequest(string Activity, Expiring Expiring, ActiveTarget IfActive)
{
    /// <summary>The treatment of a target that is still active then.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such treatment.</exception>
    public ActiveTarget IfActive { get; } = Enum.IsDefined(IfActive)
        ? IfActive
        : throw new ArgumentOutOfRangeException(nameof(IfActive), IfActive, "There is no such treatment of an active target.");

    /// <summary>The activities that it names.</summary>
    internal IEnumerable<string> Activities => Expiring.Activity is { } expiring ? [Activity, expiring] : [Activity];
}
