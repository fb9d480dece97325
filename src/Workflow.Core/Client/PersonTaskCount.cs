namespace Workflow.Core.Client;

/// <summary>How many open tasks there are for a user, group or role (statement 13.10).</summary>
/// <param name="Who">The user, group or role.</param>
/// <param name="Tasks">How many.</param>
public readonly record struct PersonTaskCount(Destination Who, BoundedCount Tasks);
