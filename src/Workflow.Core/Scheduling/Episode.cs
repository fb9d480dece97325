using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Scheduling;

/// <summary>The state that the scheduler works with, and leaves behind, between two commits. It is the instance, the steps still to take, and the facts and
/// records to store with the instance. One owner uses it, for one instance at a time, and uses it again.</summary>
internal sealed class Episode
{
    private readonly Agenda _agenda = new();

    public ProcessDefinition Definition { get; private set; } = null!;

    public ProcessInstance Process { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public EpisodeLimits Limits { get; private set; } = null!;

    /// <summary>The activity instance that a start timer lets begin, and when it was due. A host may have come later (statement 5.4b). Null where none
    /// does.</summary>
    public (int Activity, DateTimeOffset At)? StartDue { get; set; }

    /// <summary>How many operations one commit may carry (statement 10.7).</summary>
    public int OperationLimit { get; set; } = 20_000;

    /// <summary>How many operations have been taken since the last commit.</summary>
    public int Operations { get; set; }

    /// <summary>How many activities have been entered since the last commit.</summary>
    public int EnteredActivities { get; set; }

    /// <summary>The facts to store, in order.</summary>
    public JournalWriter Journal { get; } = new();

    /// <summary>The alarms that somebody should look at, once they are stored.</summary>
    public List<Alarm> Alarms { get; } = [];

    /// <summary>The roles and groups whose members may act from now on, if nobody has asked whether the resolver knows them; null for none.</summary>
    public List<NamedRole>? NamedRoles { get; private set; }

    /// <summary>The server items that were created or ended, in order; a later record of one serial number replaces an earlier one.</summary>
    public List<ServerItemRecord> ServerItems { get; } = [];

    /// <summary>The changes of the tasks there are and of those they are for, in order.</summary>
    public List<WorklistChange> Worklist { get; } = [];

    /// <summary>The tasks that <see cref="Worklist"/> opens though they had begun before, because a change of version renames them; null for none.</summary>
    public List<SerialNumber>? Renamed { get; private set; }

    /// <summary>The delegates of tasks that have ended, for whom the tasks were; null for none.</summary>
    public List<(SerialNumber Task, Destination Delegate)>? FormerDelegates { get; private set; }

    /// <summary>Timers to store that were armed and not ended again: those of the instance, once <see cref="TakeTimers"/> is called.</summary>
    public List<ProcessTimer> ArmedTimers { get; } = [];

    /// <summary>The numbers of stored timers that are not needed any more.</summary>
    public List<int> EndedTimers { get; } = [];

    /// <summary>The messages to send to the parent and to sub-processes; null for none.</summary>
    public List<FamilyMessage>? Messages { get; private set; }

    /// <summary>The messages that are received with the next commit: their senders and numbers.</summary>
    public List<(ProcessInstanceId From, int Number)> Received { get; } = [];

    /// <summary>How long until the members of roles are asked for again (statements 4.8, 4.9 and 4.12).</summary>
    public TimeSpan RoleInterval { get; private set; }

    /// <summary>The working hours that due times are counted in.</summary>
    public WorkingHoursTable WorkingHours { get; private set; } = null!;

    /// <summary>Activity instances that had been stored and have ended: their parts go.</summary>
    public List<int> EndedActivities { get; } = [];

    /// <summary>The answers of the resolver to a destination rule, for the input that brought them.</summary>
    public ResolverAnswers? Answers { get; set; }

    /// <summary>The effect of the input since the last commit (statements 7.1 and 13.1k). Later decisions do not change that.</summary>
    public CommandEffect Effect { get; set; }

    /// <summary>When the start rule let an activity instance begin; null where that is now.</summary>
    public DateTimeOffset? StartDueOf(ActivityInstance activity) => StartDue is { } due && due.Activity == activity.Id ? due.At : null;

    /// <summary>Whether there is something to commit.</summary>
    public bool HasChanges => Journal.Count > 0 || Process.TimersOrNull is { AreChanged: true } || Received.Count > 0;

    public int PlannedSteps => _agenda.Count;

    /// <summary>Takes on an instance.</summary>
    public void Open(ProcessDefinition definition, ProcessInstance process, EpisodeLimits limits, TimeSpan roleInterval, WorkingHoursTable workingHours)
    {
        RoleInterval = roleInterval;
        WorkingHours = workingHours;
        Definition = definition;
        Process = process;
        Limits = limits;
    }

    /// <summary>The instance goes on in another version of its definition.</summary>
    public void ChangeDefinition(ProcessDefinition definition) => Definition = definition;

    /// <summary>Takes on one input at one instant.</summary>
    public void Begin(DateTimeOffset now)
    {
        Invariant.Holds(_agenda.Count == 0);
        Now = now;
        StartDue = null;
        Answers = null;
    }

    /// <summary>A task is for the members of a role or group, as they are when somebody acts.</summary>
    public void NameRole(ActivityInstance activity, in Destination role) => (NamedRoles ??= []).Add(NamedRole.Of(activity, role));

    /// <summary>A task that had begun before gets other names in the store.</summary>
    public void Rename(WorklistChange.Opened renamed)
    {
        Worklist.Add(renamed);
        (Renamed ??= []).Add(renamed.Serial);
    }

    /// <summary>A task ends, which forgets its delegates. Most tasks have none.</summary>
    public void NoteDelegates(ActivityInstanceDestination task)
    {
        var delegations = task.WorklistHeader!.Delegations;
        for (var index = 0; index < delegations.Count; index++)
        {
            (FormerDelegates ??= []).Add((task.Serial, delegations[index].To));
        }
    }

    public void Plan(in Operation operation) => _agenda.Enqueue(operation);

    public void Plan(Verb verb, ActivityInstance activity) => _agenda.Enqueue(new Operation(verb, activity));

    public void Plan(Verb verb, ActivityInstanceDestination destination) => _agenda.Enqueue(new Operation(verb, destination));

    public bool TryNext(out Operation operation) => _agenda.TryDequeue(out operation);

    /// <summary>Drops the steps of activity instances that are forgotten, and those that would enter an activity on certain branches.</summary>
    /// <param name="isDropped">Whether nothing on the branches is to be entered.</param>
    public void Drop(Predicate<Branches?> isDropped) => _agenda.Drop(operation => operation.Target switch
    {
        ActivityInstance activity => activity.IsForgotten,
        ActivityInstanceDestination destination => destination.Activity.IsForgotten,
        Firing { Owner.ActivityInstance: > 0 } firing => Process.FindActivity(firing.Owner.ActivityInstance) is null,
        var on => operation.Verb is Verb.EnterActivity or Verb.GotoActivity or Verb.FollowLine or Verb.AskJoin && isDropped((Branches?)on),
    });

    /// <summary>Whether a line that leaves an activity instance is being followed; zero is the start of the process.</summary>
    public bool IsLeaving(int from) => _agenda.IsEntering(from);

    public ActivityDefinition DefinitionOf(ActivityInstance activity) => Definition.ActivityArray[activity.Ordinal];

    public EventDefinition DefinitionOf(ActivityInstanceDestination destination) =>
        DefinitionOf(destination.Activity).EventArray[destination.Event!.Position];

    public void Record(JournalKind kind, string name, string? detail = null, string? user = null) =>
        Journal.Add(kind, Now, name: name, detail: detail, user: user);

    public void Record(JournalKind kind, ActivityInstance activity, string? detail = null) =>
        Journal.Add(kind, Now, activity.Id, name: activity.Name, detail: detail);

    public void Record(JournalKind kind, ActivityInstanceDestination destination, string? detail = null) =>
        Journal.Add(kind, Now, destination.Activity.Id, destination.Id, name: destination.Activity.Name, detail: detail);

    public void RecordEvent(JournalKind kind, ActivityInstanceDestination destination, string? detail = null, string? user = null) =>
        Journal.Add(
            kind, Now, destination.Activity.Id, destination.Id, destination.Event!.Id, destination.Event.Name, detail, user);

    public void RecordLine(string name, ActivityInstance? from, bool isFollowed) =>
        Journal.Add(JournalKind.LineEvaluated, Now, from?.Id ?? 0, name: name, result: isFollowed);

    /// <summary>Tells what a user did with a slot or an item. When it was for another, the record names the one on whose behalf the user did it.</summary>
    public void RecordItem(JournalKind kind, ActivityInstanceDestination destination, string name, string user, string party) =>
        Journal.Add(
            kind, Now, destination.Activity.Id, destination.Id, destination.Event!.Id, name, Names.Same(user, party) ? null : party, user);

    /// <summary>Sends a message with the next commit.</summary>
    public void Send(FamilyMessage message) => (Messages ??= []).Add(message);

    /// <summary>Receives a message with the next commit.</summary>
    public void Receive(ProcessInstanceId from, FamilyMessage message) => Received.Add((from, message.Number));

    /// <summary>Takes from the instance which timers the commit has to store.</summary>
    public void TakeTimers() => Process.TimersOrNull?.MoveChanges(ArmedTimers, EndedTimers);

    /// <summary>The code of an event or an escalation is called again; the history shows calls from the second on (statement 14.4).</summary>
    public void RecordRepeat(in PlannedCall call, DateTimeOffset now)
    {
        Now = now;
        var attempt = call.Attempts.Invariant();
        if (call.Kind is CallKind.EscalationCode)
        {
            Escalations.Record(this, JournalKind.EscalationRepeated, call.Firing.Owner, call.Firing.Escalation, attempt);
            return;
        }

        RecordEvent(JournalKind.EventRepeated, call.Destination, attempt);
    }

    /// <summary>The commit went through, or the instance was given up: nothing is left over.</summary>
    public void Clear()
    {
        _agenda.Clear();
        Effect = CommandEffect.Applied;
        Operations = 0;
        EnteredActivities = 0;
        Journal.Clear();
        Alarms.Clear();
        NamedRoles?.Clear();
        Messages?.Clear();
        Received.Clear();
        ServerItems.Clear();
        EndedActivities.Clear();
        Worklist.Clear();
        (Renamed, FormerDelegates) = (null, null);
        ArmedTimers.Clear();
        EndedTimers.Clear();
    }
}
