using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>The log messages of the engine. Values of data fields are never logged.</summary>
internal static partial class Log
{
    /// <summary>Statement 0.3.</summary>
    [LoggerMessage(1, LogLevel.Warning, "Process instance {ProcessInstance}: activity '{Activity}' is stalled; its succeeding rule is false and no answer is "
        + "left.")]
    public static partial void Stalled(ILogger logger, long processInstance, string activity);

    /// <summary>Statement 10.8.</summary>
    [LoggerMessage(31, LogLevel.Warning, "Process instance {ProcessInstance}: activity '{Activity}' ended without an outcome. "
        + "If a line takes it further, for example with the rule Outcome.Field.IsNull, nothing is missing. Otherwise add an outcome for the rest, or "
        + "a value with OutcomeAtFirst, and a line that follows it.")]
    public static partial void EndedWithoutOutcome(ILogger logger, long processInstance, string activity);

    /// <summary>Statement 10.8.</summary>
    [LoggerMessage(40, LogLevel.Warning, "Process instance {ProcessInstance}: activity '{Activity}' was skipped, because nobody could act or there was no "
        + "slot, "
        + "and so ended without an outcome. If a line takes it further, for example with the rule Outcome.Field.IsNull, nothing is missing. "
        + "Otherwise draw one, give it a value with OutcomeAtFirst that a line follows, or choose another policy with WhenNobody.")]
    public static partial void SkippedWithoutOutcome(ILogger logger, long processInstance, string activity);

    /// <summary>Statement 10.8.</summary>
    [LoggerMessage(32, LogLevel.Warning, "Process instance {ProcessInstance}: no line that leaves '{Activity}' was true, so this branch has ended. "
        + "Add a line for this case. To end the branch on purpose, draw a line to an activity without events.")]
    public static partial void NoLineFollowed(ILogger logger, long processInstance, string activity);

    /// <summary>Statement 10.10d.</summary>
    [LoggerMessage(47, LogLevel.Warning, "Process instance {ProcessInstance}: a goto to '{Activity}' did not happen, because '{Activity}' is still active. Let "
        + "the goto end it, or let it start again.")]
    public static partial void GotoRefused(ILogger logger, long processInstance, string activity);

    /// <summary>Statement 8.3.</summary>
    [LoggerMessage(79, LogLevel.Warning, "Process instance {ProcessInstance}: {Element} failed, and an exception rule lets the instance go on without it: "
        + "{Message}")]
    public static partial void ExceptionPassed(ILogger logger, long processInstance, string element, string message, Exception? exception);

    /// <summary>Statement 8.3b.</summary>
    [LoggerMessage(80, LogLevel.Warning, "Process instance {ProcessInstance}: {Element} threw, and so decided nothing. Mend it. {Message}")]
    public static partial void ExceptionRuleFailed(ILogger logger, long processInstance, string element, string message, Exception? exception);

    /// <summary>Statement 10.8b.</summary>
    [LoggerMessage(82, LogLevel.Warning, "Process instance {ProcessInstance}: arrivals at the join of '{Activity}' are not used: {Progress}. If "
        + "that is not meant, draw lines that lead there in every case, or wait for fewer arrivals.")]
    public static partial void JoinUnfinished(ILogger logger, long processInstance, string activity, string progress);

    /// <summary>Statement 13.2.</summary>
    /// <summary>Statement 13.1k.</summary>
    [LoggerMessage(85, LogLevel.Warning, "Process instance {ProcessInstance} has completed, and nothing of it has taken the signal '{Signal}' that was kept "
        + "for it. If something was to wait for it, look which activities have run.")]
    public static partial void SignalUnused(ILogger logger, long processInstance, string signal);

    [LoggerMessage(81, LogLevel.Warning, "WorkflowOptions.Random threw or drew no number from 0 to 1, so a retry has no jitter.")]
    public static partial void NotDrawn(ILogger logger, Exception? exception);

    /// <summary>Statement 6.3b.</summary>
    [LoggerMessage(46, LogLevel.Warning, "Process instance {ProcessInstance}: escalation '{Escalation}' was not armed, because its date has no value. It will "
        + "not fire. Set the date before the process comes there.")]
    public static partial void EscalationNotArmed(ILogger logger, long processInstance, string escalation);

    /// <summary>Statement 1.11.</summary>
    [LoggerMessage(34, LogLevel.Warning, "Process instance {ProcessInstance}: a task of '{Activity}' was given to the user '{User}', and the process names a "
        + "role or group of this name, whose members do not get it. If they were meant, redirect it to one of them.")]
    public static partial void GivenToNameOfRole(ILogger logger, long processInstance, string activity, string user);

    /// <summary>Statement 4.12.</summary>
    [LoggerMessage(35, LogLevel.Warning, "Process instance {ProcessInstance}: a task of '{Activity}' is for the {Role}, which the resolver does not "
        + "know, so nobody has the task through it. Add it to the resolver, or correct the name. An administrator can redirect the task.")]
    public static partial void UnknownRole(ILogger logger, long processInstance, string activity, string role);

    /// <summary>Statement 4.12.</summary>
    [LoggerMessage(42, LogLevel.Warning, "Process instance {ProcessInstance}: a task of '{Activity}' is for the {Role}, and "
        + "WorkflowOptions.DestinationResolver is not set, so no role or group is known and nobody has the task through it. "
        + "Set it to a resolver. An administrator can redirect the task.")]
    public static partial void NoResolver(ILogger logger, long processInstance, string activity, string role);

    /// <summary>Statement 4.12.</summary>
    [LoggerMessage(43, LogLevel.Warning, "Process instance {ProcessInstance}: a task of '{Activity}' is for the {Role}, which has no member who may act on "
        + "it, so nobody has the task through it. Add somebody to it. An administrator can redirect the task.")]
    public static partial void NobodyInRole(ILogger logger, long processInstance, string activity, string role);

    [LoggerMessage(39, LogLevel.Warning, "Process instance {ProcessInstance}: a task of '{Activity}' was released, and its holder cannot take it again: "
        + "{Exclusion}, now that they no longer belong to the role that exempted them. Redirect the task if nobody else has it.")]
    public static partial void BoundAgain(ILogger logger, long processInstance, string activity, string exclusion);

    [LoggerMessage(2, LogLevel.Error, "Process instance {ProcessInstance} went into Error: {Element}: {Message}")]
    public static partial void Failed(ILogger logger, long processInstance, string element, string message, Exception? exception);

    [LoggerMessage(3, LogLevel.Error, "Process instance {ProcessInstance} could not be continued and remains as it is.")]
    public static partial void NotRecovered(ILogger logger, long processInstance, Exception exception);

    [LoggerMessage(44, LogLevel.Warning, "Process instance {ProcessInstance}: an opened task could not be shown from memory, and is read from the store.")]
    public static partial void NotCopied(ILogger logger, long processInstance, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "A command failed after its caller had stopped waiting for it.")]
    public static partial void AbandonedTurnFailed(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Error, "The engine could not renew its leases, and tries again. If that fails for too long, it cancels the running code and "
        + "calls it again later.")]
    public static partial void NotRenewed(ILogger logger, Exception exception);
}
