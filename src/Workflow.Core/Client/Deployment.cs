using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>The result of deploying a definition (statement 8.7).</summary>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Version">Its version.</param>
/// <param name="Fingerprint">A short name for its content, the same on every host and after every restart;
/// it begins with the form in which it was made.</param>
/// <param name="IsDefault">Whether new instances start on this version (statement 8.7b).</param>
public sealed record Deployment(string Definition, int Version, string Fingerprint, bool IsDefault)
{
    /// <summary>The findings: constructs that may run and are most likely not meant, check by check in the order of the definition. Findings that the host
    /// silences are left out (statement 13.4).</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Whether both say the same, the findings included.</summary>
    /// <param name="other">The deployment to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(Deployment? other) => other is not null
        && (Definition, Version, Fingerprint, IsDefault) == (other.Definition, other.Version, other.Fingerprint, other.IsDefault)
        && Findings.SequenceEqual(other.Findings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Definition, Version, Fingerprint, IsDefault);
}
