namespace Workflow.Core.Instances;

/// <summary>The facts that the history of a process instance is made of (statement 12.6).</summary>
public enum JournalKind
{
    /// <summary>The instance was started; user is the originator, name the definition, detail the folio, value the text that is attached, if any.</summary>
    ProcessStarted = 1,

    /// <summary>The rule of a line was asked; name is the line, result the answer (statement 10.1).</summary>
    LineEvaluated = 2,

    /// <summary>An activity instance was made; name is the activity.</summary>
    ActivityStarted = 3,

    /// <summary>An activity instance destination was made; name is the activity.</summary>
    DestinationCreated = 4,

    /// <summary>The turn of an event has come; name is the event.</summary>
    EventStarted = 5,

    /// <summary>The code of a server event is called once more, after a crash (statement 14.4) or by its retry policy (statement 13.2); detail is the number of
    /// the call.</summary>
    EventRepeated = 6,

    /// <summary>The code of a server event has returned and waits for an outside system; detail is the correlation key, if any (statement 7.1).</summary>
    ServerItemCreated = 7,

    /// <summary>A server item was finished; user is who did it (statement 7.3).</summary>
    ServerItemFinished = 8,

    /// <summary>A finish came while the event's code was still running, and was kept for later (statement 7.1).</summary>
    FinishStored = 9,

    /// <summary>A finish that was kept came to nothing; detail says why, for instance because the code returned without waiting (statement 7.1).</summary>
    FinishDropped = 10,

    /// <summary>An event ended as it should.</summary>
    EventCompleted = 11,

    /// <summary>An event ended because its destination did; detail is the reason.</summary>
    EventExpired = 12,

    /// <summary>The code of an event threw; detail is the message (statement 8.1).</summary>
    EventFailed = 13,

    /// <summary>All events of a destination are completed.</summary>
    DestinationCompleted = 14,

    /// <summary>A destination was ended before; detail is the reason.</summary>
    DestinationExpired = 15,

    /// <summary>An activity instance ended as it should.</summary>
    ActivityCompleted = 16,

    /// <summary>An activity instance was ended before; detail is the reason.</summary>
    ActivityExpired = 17,

    /// <summary>A succeeding rule is false and no answer is left that could make it true; detail says what waits (statement 0.3).</summary>
    ActivityStalled = 18,

    /// <summary>A data field has a new value; name is the field (statement 11.3).</summary>
    FieldChanged = 19,

    /// <summary>The process was sent to an activity without a line; name is the activity (statement 10.9).</summary>
    Goto = 20,

    /// <summary>The instance completed.</summary>
    ProcessCompleted = 21,

    /// <summary>The instance went into Error; name is what failed, detail the message (statement 8.1).</summary>
    ProcessError = 22,

    /// <summary>A user has taken a slot; name is the event, detail on whose behalf, if for another (statement 1.6).</summary>
    SlotOpened = 23,

    /// <summary>A slot was given back; name is the event, detail on whose behalf it was held, if for another (statement 1.9).</summary>
    SlotReleased = 24,

    /// <summary>A user has saved their changes; name is the action, detail on whose behalf, if for another (statement 2.3).</summary>
    SlotUpdated = 25,

    /// <summary>A user has answered; name is the action, detail on whose behalf, if for another (statement 2.3).</summary>
    SlotCompleted = 26,

    /// <summary>The task ended while a user held a slot of it; name is the event (statement 2.11).</summary>
    SlotExpired = 27,

    /// <summary>A task was given to another user; name is that user, detail whose it was, user who did it (statement 1.11).</summary>
    Redirected = 28,

    /// <summary>Others may act on somebody's behalf; name is they, detail the actions if not all, user who delegated (statement 1.12).</summary>
    Delegated = 29,

    /// <summary>A delegation was taken back; name is whose, user who did it (statement 1.12).</summary>
    Undelegated = 30,

    /// <summary>A user has put a task to sleep; name is the event, detail on whose behalf, if for another (statement 1.10).</summary>
    ItemSlept = 31,

    /// <summary>A sleeping task has woken; name is the event, user for whom (statement 1.10).</summary>
    ItemWoken = 32,

    /// <summary>An action right on a task was changed; name is the action, detail how and for whom, user who did it (statement 2.9).</summary>
    ActionRightChanged = 33,

    /// <summary>The destinations of an activity follow its roles; name is the activity, detail who joined and who left (statement 4.9).</summary>
    RolesSynchronized = 34,

    /// <summary>An activity that has outcomes ended without one; name is the activity (statement 10.8).</summary>
    EndedWithoutOutcome = 35,

    /// <summary>None of the lines that leave an activity was true, so its branch ended (statement 10.8). Name is the activity, or <c>Start</c> for the start of
    /// the process.</summary>
    NoLineFollowed = 36,

    /// <summary>The resolver does not know a role or group whose members may act on a task (statement 4.12). Name is the activity, detail the role or
    /// group.</summary>
    UnknownRole = 37,

    /// <summary>A role or group whose members may act on a task has no member, or the activity leaves them all out (statement 4.12). Name is the activity,
    /// detail the role or group.</summary>
    NobodyInRole = 38,

    /// <summary>An activity, or the process itself, waits for the instant of its start rule (statements 5.3 and 5.4b). Name is the activity or the definition,
    /// detail the instant.</summary>
    StartAwaited = 39,

    /// <summary>The instant of a start rule has come; name is the activity, or the definition (statements 5.3 and 5.4b).</summary>
    StartReached = 40,

    /// <summary>An escalation has fired; name is the escalation, detail which firing it is and when it was due (statements 6.3 and 6.4b).</summary>
    EscalationFired = 41,

    /// <summary>An escalation was not armed, because its date has no value; name is the escalation (statement 6.3b).</summary>
    EscalationNotArmed = 42,

    /// <summary>An escalation that skips missed firings has skipped some; name is the escalation, detail how many (statement 6.4b).</summary>
    EscalationPassedOver = 43,

    /// <summary>The action of an escalation found nothing to change; name is the escalation, detail why (statement 6.7b).</summary>
    EscalationChangedNothing = 44,

    /// <summary>The action of an escalation has failed; name is the escalation, detail the message (statement 6.11).</summary>
    EscalationFailed = 45,

    /// <summary>The code of an escalation is called again; name is the escalation, detail which call it is (statement 14.4).</summary>
    EscalationRepeated = 46,

    /// <summary>A user has taken an action that goes to an activity; name is the action, detail on whose behalf, if for another (statement 2.11b).</summary>
    GotoTaken = 47,

    /// <summary>The element of an escalation that has fired has ended before its action was done; name is the escalation (statement 6.6b).</summary>
    EscalationDropped = 48,

    /// <summary>A goto did not happen, because its target is still active and the goto is refused then; name is the target (statement 10.10d).</summary>
    GotoRefused = 49,

    /// <summary>An administrator has retried an instance in Error; name is the element that had failed, detail the reason, user the administrator (statement
    /// 8.2).</summary>
    Retried = 50,

    /// <summary>An administrator has let the instance go to an activity; name is the activity, detail the reason, user the administrator (statement
    /// 8.9).</summary>
    GotoOrdered = 51,

    /// <summary>An administrator has ended an activity or an event; name is the activity or the event, detail the reason, user the administrator (statement
    /// 10.10e).</summary>
    ExpiryOrdered = 52,

    /// <summary>An administrator has stopped the instance; detail is the reason, user the administrator (statement 8.6).</summary>
    ProcessStopped = 53,

    /// <summary>An administrator has resumed the instance; detail is the reason, user the administrator (statement 8.6).</summary>
    ProcessResumed = 54,

    /// <summary>An administrator has deleted the instance; detail is the reason, user the administrator (statement 8.6b).</summary>
    ProcessDeleted = 55,

    /// <summary>An administrator has skipped what failed; name is the element that had failed, detail the reason, user the administrator (statement
    /// 8.2b).</summary>
    Skipped = 56,

    /// <summary>An exception rule has let the instance go on without what failed; name is the element that had failed, detail the message of the exception
    /// (statement 8.3).</summary>
    ExceptionPassed = 57,

    /// <summary>The code of a server event has failed and is called again; name is the event, detail the instant (statement 13.2).</summary>
    RetryAwaited = 58,

    /// <summary>A task or an instance was sent back to an activity; name is the activity, detail the reason, user the one who sent it back (statement
    /// 13.11).</summary>
    SentBack = 59,

    /// <summary>An administrator has let the instance go on in another version of its definition; name is the old number and the new one, for example
    /// <c>1 to 2</c>, detail the reason, user the administrator (statement 8.8).</summary>
    VersionChanged = 60,

    /// <summary>The originator has withdrawn the instance; name is the activity that starts, or the definition, detail the reason, user the originator
    /// (statement 13.11).</summary>
    Withdrawn = 61,

    /// <summary>An administrator has given a task to another user, and the history tells next how; name is the task, detail the reason, user the administrator
    /// (statement 13.11).</summary>
    Reassigned = 62,

    /// <summary>An administrator has done something with a task of others, and the history tells next what; name is the task, detail the reason, user the
    /// administrator (statements 1.9, 1.11 and 2.9).</summary>
    TaskAdministered = 63,

    /// <summary>An administrator has had the timers worked out anew that are counted in a calendar; name is the calendar, detail the reason, user the
    /// administrator (statement 5.9).</summary>
    TimersRecomputed = 64,

    /// <summary>A timer has another due instant, because an administrator had it worked out anew; name is what it is for, detail the old instant and the new
    /// one (statement 5.9).</summary>
    TimerMoved = 65,

    /// <summary>A join has passed; name is the activity, detail the lines whose arrivals it has used (statement 13.1).</summary>
    JoinPassed = 66,

    /// <summary>A join still waited when nothing could come any more; name is the activity, detail the arrivals and what is missing (statement
    /// 10.8b).</summary>
    JoinUnfinished = 67,

    /// <summary>An activity instance waits, because its exclusive group is held; name is the activity, detail who holds it and who came before (statement
    /// 13.1f).</summary>
    GroupAwaited = 68,

    /// <summary>An activity instance that has waited for its exclusive group begins: the group is free, or the version of the definition has none; name is the
    /// activity (statement 13.1f).</summary>
    GroupEntered = 69,

    /// <summary>An activity instance waits, because the rule of its milestone is false; name is the activity, detail the rule (statement 13.1j).</summary>
    MilestoneAwaited = 70,

    /// <summary>The rule of a milestone for which an activity instance has waited is true, or the version of the definition has none; name is the activity
    /// (statement 13.1j).</summary>
    MilestoneReached = 71,

    /// <summary>The succeeding rule of an activity was true, and the rest of its destinations goes on while its lines are asked; name is the activity
    /// (statement 13.1l).</summary>
    RestKept = 72,

    /// <summary>An administrator has added destinations or slots to an activity, and the history tells next which; name is the activity, detail the reason,
    /// user the administrator (statement 4.16).</summary>
    AdditionOrdered = 73,

    /// <summary>An activity has got destinations or slots; name is the activity, detail the destinations, or how many slots (statement 4.16).</summary>
    Added = 74,

    /// <summary>A signal has finished an event that waited for it; name is the event, detail the signal, user the one who sent it (statement 13.1k).</summary>
    SignalReceived = 75,

    /// <summary>A signal is kept until an event waits for it; name is the signal, user the one who sent it (statement 13.1k).</summary>
    SignalKept = 76,

    /// <summary>A signal was dropped, since nothing waits for it; name is the signal, detail why where it was kept before, user the one who sent it (statement
    /// 13.1k).</summary>
    SignalDropped = 77,

    /// <summary>An event has started another process; name is the event, detail the number of the sub-process and its definition (statement 7.7).</summary>
    SubProcessStarted = 78,

    /// <summary>The sub-process of an event has completed, and its values are received; name is the event, detail the number of the sub-process (statement
    /// 7.8b).</summary>
    SubProcessEnded = 79,

    /// <summary>The sub-process of an event was deleted; name is the event, detail the number of the sub-process (statement 7.11).</summary>
    SubProcessDeleted = 80,

    /// <summary>A sub-process has ended for which nothing waits any more; name is its event if that is known, detail the number of the sub-process (statement
    /// 7.11b).</summary>
    SubProcessEndIgnored = 81,

    /// <summary>The sub-process of an event has ended while the instance stood still, and that is applied when it moves again; name is the event, detail the
    /// number of the sub-process (statement 7.3).</summary>
    SubProcessEndKept = 82,

    /// <summary>The instance was started as a sub-process; name is the event, detail the serial number of the event (statement 7.7).</summary>
    StartedAsSubProcess = 83,

    /// <summary>The instance ends with the one that has started it; name is the definition, detail the number of the other instance (statement
    /// 7.11b).</summary>
    EndedWithParent = 84,

    /// <summary>A user has taken an action that gives their part of the task to others, or their slot back; name is the action, detail on whose behalf, if for
    /// another (statement 2.11b).</summary>
    ActionTaken = 85,

    /// <summary>The instance has another folio; name is the new one, detail the reason, user the administrator. Without a user, code of the definition has set
    /// it (statement 13.11).</summary>
    FolioChanged = 86,
}
