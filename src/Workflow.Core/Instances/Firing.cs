namespace Workflow.Core.Instances;

/// <summary>An escalation that has fired and whose action is not done. It belongs to the element whose timer it was, and ends with it.</summary>
internal sealed class Firing
{
    /// <param name="process">The process instance.</param>
    /// <param name="number">The number of the firing.</param>
    /// <param name="timer">The timer that was due.</param>
    /// <param name="repeats">How often it fires in all, where that differs from its definition; null where it does not.</param>
    public Firing(ProcessInstance process, int number, in ProcessTimer timer, KeptRepeats? repeats = null)
    {
        (Process, Owner) = (process, TimerOwner.Of(timer));
        (Number, TimerNumber, Escalation) = (number, timer.Number, timer.Element);
        Repeats = repeats;
        (Occurrence, DueAt, StandsFor) = (timer.Occurrence, timer.DueAt, 1);
        Status = FiringStatus.Due;
    }

    public ProcessInstance Process { get; }

    public TimerOwner Owner { get; }

    /// <summary>The number of the firing, which no timer and no event of the instance has. Its idempotency key ends with it (statement 14.4), and its call is
    /// made in the order of the numbers (statement 3.12).</summary>
    public int Number { get; }

    /// <summary>The number of its timer, under which the next firing is armed too. So an escalation keeps its place among others that are due at the same
    /// instant (statement 6.5b).</summary>
    public int TimerNumber { get; }

    /// <summary>The name of the escalation.</summary>
    public string Escalation { get; private set; }

    /// <summary>How often the escalation fires in all, and at which interval, where it was armed in another version that says something else; null where its
    /// definition says it (statement 8.8b).</summary>
    public KeptRepeats? Repeats { get; private set; }

    /// <summary>The firing that it is, counted from 1; the latest of those that it stands for (statement 6.4b).</summary>
    public int Occurrence { get; private set; }

    /// <summary>The due instant of that firing.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>For how many due instants it stands (statement 6.4b).</summary>
    public int StandsFor { get; private set; }

    /// <summary>When its timer was found to be due. The instance may have been at work since, which does not make it late. It is not stored.</summary>
    public DateTimeOffset? FoundAt { get; set; }

    public FiringStatus Status { get; private set; }

    /// <summary>Whether its action is done, or its element has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether its action wants a call to the outside, or waits for the result of one.</summary>
    public bool WantsCall => !IsOver && Status is (FiringStatus.WantsCode or FiringStatus.Calling or FiringStatus.WantsPeople);

    /// <summary>The user who gets the task, while the resolver is asked about them; null where nobody is named.</summary>
    public string? Receiver { get; private set; }

    /// <summary>How often its code has been called, calls that were cut short by the end of the host included.</summary>
    public int Attempts { get; private set; }

    /// <summary>How often the end of the host cut its code short, since it was called first or retried last (statement 13.2).</summary>
    public int CutShort { get; private set; }

    /// <summary>The activity instance whose escalation it is, or that its event belongs to; null for one of the process.</summary>
    public ActivityInstance? Activity => Owner.ActivityInstance == 0 ? null : Process.FindActivity(Owner.ActivityInstance);

    /// <summary>The destination whose event it belongs to; null for an escalation of the process or of an activity.</summary>
    public ActivityInstanceDestination? Destination => Owner.Destination == 0 ? null : Process.FindDestination(Owner.Destination);

    /// <summary>It stands for the latest of several due instants that were missed.</summary>
    public void StandFor(int count, int occurrence, DateTimeOffset dueAt)
    {
        Invariant.Holds(Status is FiringStatus.Due);
        (StandsFor, Occurrence, DueAt) = (count, occurrence, dueAt);
        Process.Timers.Changed(this);
    }

    /// <summary>Its action needs a call to the outside.</summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="receiver">The user about whom the resolver is asked; null for nobody.</param>
    public void Want(FiringStatus call, string? receiver = null)
    {
        Receiver = receiver;
        Invariant.Holds(Status is FiringStatus.Due && call is FiringStatus.WantsCode or FiringStatus.WantsPeople);
        Change(call);
    }

    public void Call()
    {
        Invariant.Holds(Status is FiringStatus.WantsCode or FiringStatus.Calling);
        CutShort += Status is FiringStatus.Calling ? 1 : 0;
        Attempts++;
        Change(FiringStatus.Calling);
    }

    public void Interrupt()
    {
        Invariant.Holds(Status is FiringStatus.Calling);
        Attempts--;
        Change(FiringStatus.WantsCode);
    }

    /// <summary>Its action is done again.</summary>
    public void Retry()
    {
        Invariant.Holds(!IsOver && Status is FiringStatus.Failed);
        CutShort = 0;
        Change(FiringStatus.Due);
    }

    public void Fail()
    {
        Invariant.Holds(!IsOver);
        Change(FiringStatus.Failed);
    }

    /// <summary>It goes on as a firing of another version's escalation.</summary>
    public void ChangeVersion(string escalation, KeptRepeats? repeats)
    {
        (Escalation, Repeats) = (escalation, repeats);
        Process.Timers.Changed(this);
    }

    /// <summary>Its element has ended, or its action is done.</summary>
    public void End() => IsOver = true;

    /// <summary>Restores the stored state.</summary>
    public void Restore(int standsFor, FiringStatus status, int attempts, int cutShort, string? receiver) =>
        (StandsFor, Status, Attempts, CutShort, Receiver) = (standsFor, status, attempts, cutShort, receiver);

    private void Change(FiringStatus status)
    {
        Status = status;
        Process.Timers.Changed(this);
    }
}
