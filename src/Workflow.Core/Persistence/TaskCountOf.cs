namespace Workflow.Core.Persistence;

/// <summary>How many open tasks there are for somebody.</summary>
/// <param name="Who">The user, group or role.</param>
/// <param name="Tasks">How many, as far as was counted; zero when all are of definitions that are not asked for.</param>
public readonly record struct TaskCountOf(Destination Who, int Tasks);
