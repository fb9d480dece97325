using Workflow.Core.Instances;

namespace Workflow.Core.Testing;

/// <summary>The record of the effects of a server event's code in one call. All of its randomness is in here.</summary>
internal sealed record RecordedResult(
    string Activity, string Event, IReadOnlyList<FieldChange> Changes, bool IsWaiting, string? CorrelationKey, Exception? Thrown);
