using Workflow.Core.Instances;

namespace Workflow.Core.Testing;

/// <summary>The record of what the code of a server event did in one call: all of its randomness is in here.</summary>
internal sealed record RecordedResult(
    string Activity, string Event, IReadOnlyList<FieldChange> Changes, bool IsWaiting, string? CorrelationKey, Exception? Thrown);
