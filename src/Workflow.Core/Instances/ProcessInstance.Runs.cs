namespace Workflow.Core.Instances;

/// <content>The activities that have run, so that nobody has to read the history for it (statements 13.11 and 14.6).</content>
public sealed partial class ProcessInstance
{
    private ActivitySet _run;

    /// <summary>Those that have run and have ended since.</summary>
    internal ActivitySet EndedRuns => _run;

    /// <summary>Whether all that have run are known. They are not where a version of the library that did not keep them has stored the instance, after
    /// something of it had ended.</summary>
    internal bool AreRunsKnown { get; private set; } = true;

    /// <summary>Whether something of it has ended.</summary>
    internal bool HasEndedActivities => LastActivityId > ActivityCount;

    /// <summary>Whether an activity has run: an arrival of it has got beyond the preceding rule and the start rule.</summary>
    /// <param name="ordinal">The position of the activity.</param>
    /// <returns>Null where only the history can tell.</returns>
    /// <exception cref="PartNotLoadedException">That depends on activity instances that are not loaded.</exception>
    internal bool? HasRun(int ordinal) =>
        _run.Contains(ordinal) || ActivityList.Exists(activity => activity.Ordinal == ordinal && HasRun(activity)) ? true
        : AreRunsKnown ? false
        : null;

    /// <summary>Puts back which activities have run and have ended.</summary>
    /// <param name="run">The activities.</param>
    /// <param name="areAll">Whether these are all.</param>
    internal void RestoreRuns(ActivitySet run, bool areAll) => (_run, AreRunsKnown) = (run, areAll);

    private static bool HasRun(ActivityInstance activity) => activity is { Status: ActivityInstanceStatus.Completed } or { DestinationCount: > 0 };
}
