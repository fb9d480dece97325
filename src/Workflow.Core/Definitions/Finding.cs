namespace Workflow.Core.Definitions;

/// <summary>Something in a definition that may run and is most likely not meant (statement 13.4).</summary>
/// <param name="Id">The kind of finding: one of <see cref="FindingIds"/>. It never changes, so a host can refuse or silence it.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Path">The element, from the activity down, for example <c>activity 'Approve' / outcome 'Approved'</c>.</param>
/// <param name="Reason">The problem, with an example where there is one.</param>
/// <param name="Remedy">The advice: what to do.</param>
public sealed record Finding(string Id, FindingSeverity Severity, string Path, string Reason, string Remedy)
{
    /// <summary>The whole on one line.</summary>
    /// <returns>Path, reason, id and remedy.</returns>
    public override string ToString() => $"{Path}: {Reason} ({Id}). {Remedy}";
}
