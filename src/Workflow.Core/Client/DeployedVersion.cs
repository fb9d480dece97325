namespace Workflow.Core.Client;

/// <summary>A version of a process definition that the store keeps (statement 8.7).</summary>
/// <param name="Version">Its version.</param>
/// <param name="Fingerprint">A short name for its content.</param>
/// <param name="Text">The content of the definition, as text in which two versions can be compared line by line.</param>
/// <param name="IsDefault">Whether new instances start on it (statement 8.7b).</param>
/// <param name="IsDeployedHere">Whether this host has deployed it, so that it can work on its instances.</param>
public sealed record DeployedVersion(int Version, string Fingerprint, string Text, bool IsDefault, bool IsDeployedHere);
