namespace Workflow.Core.Management;

/// <summary>The outcome of a change of the version of one instance (statement 8.8).</summary>
public enum MigrationOutcome
{
    /// <summary>The instance was moved to the new version. In a preview: it can be.</summary>
    Migrated = 1,

    /// <summary>The instance was on the new version before. Nothing has changed.</summary>
    NothingToDo = 2,

    /// <summary>The instance was not moved, and nothing of it has changed.</summary>
    Refused = 3,

    /// <summary>The call stopped while it moved the instance, because the store failed or it was cancelled. The instance may have been moved. Another call
    /// tells.</summary>
    Interrupted = 4,
}
