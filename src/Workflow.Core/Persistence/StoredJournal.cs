namespace Workflow.Core.Persistence;

/// <summary>The facts of one commit as they are stored.</summary>
/// <param name="FirstNumber">The number of the first fact in it, within its process instance.</param>
/// <param name="Count">How many facts it holds.</param>
/// <param name="Content">Its bytes.</param>
public readonly record struct StoredJournal(long FirstNumber, int Count, ReadOnlyMemory<byte> Content);
