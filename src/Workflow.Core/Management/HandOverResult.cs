namespace Workflow.Core.Management;

/// <summary>The result for one of the tasks that were handed over.</summary>
/// <param name="Serial">The serial number of the task.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Error">Why it was refused, or at what the call stopped; null for neither. With a <see cref="Runtime.CommandPartlyStoredException"/> it was
/// handed over (statement 14.7d).</param>
public readonly record struct HandOverResult(SerialNumber Serial, HandOverOutcome Outcome, Exception? Error);
