namespace Workflow.Core.Persistence;

/// <summary>The result of removing a version (statement 8.7b).</summary>
public enum DefinitionRemoval
{
    /// <summary>It is removed.</summary>
    Removed = 1,

    /// <summary>There is no such version, or it was removed before.</summary>
    NotFound = 2,

    /// <summary>It is the default, so it stays.</summary>
    IsDefault = 3,

    /// <summary>An instance that has not completed runs on it, so it stays.</summary>
    IsInUse = 4,
}
