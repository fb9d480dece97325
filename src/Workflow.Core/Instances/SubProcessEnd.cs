namespace Workflow.Core.Instances;

/// <summary>The end of a sub-process, as its parent learns of it.</summary>
/// <param name="IsDeleted">Whether it was deleted; otherwise it has completed.</param>
/// <param name="Values">The values of the fields that the parent wants, by the names under which it knows them; empty when it was deleted.</param>
/// <param name="Problem">The reason why the event fails, as a sentence: the sub-process could not begin, or its values cannot be received. Null for
/// none.</param>
internal sealed record SubProcessEnd(bool IsDeleted, IReadOnlyList<FieldChange> Values, string? Problem = null);
