namespace Workflow.Core.Client;

/// <summary>What became of a definition that was deployed (statement 8.7).</summary>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Version">Its version.</param>
/// <param name="Fingerprint">A short name for its content, the same on every host and after every restart; it begins with the form in which it was made.</param>
/// <param name="IsDefault">Whether new instances start on this version (statement 8.7b).</param>
public sealed record Deployment(string Definition, int Version, string Fingerprint, bool IsDefault);
