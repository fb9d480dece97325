namespace Workflow.Core.Persistence;

/// <summary>Who works on an instance, and how long he may leave the others waiting.</summary>
/// <param name="Owner">The engine.</param>
/// <param name="Duration">How long from now, by the clock of the store; positive.</param>
public sealed record ProcessLease(string Owner, TimeSpan Duration);
