using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The request of a user on a task, once the instance is at hand. The user's standing is worked out with everything that the instance needs to know of
/// the user.</summary>
internal sealed class TaskCommand(Representation representation, SerialNumber serial, ActsFor actsFor, TaskRequest request) : Command(serial.ProcessInstance)
{
    private readonly int _destination = serial.Destination;

    /// <summary>The question that had to be asked; null while there was none.</summary>
    private Asked? _asked;

    /// <summary>The user as the last admission saw them.</summary>
    private Actor? _actor;

    /// <summary>The task as the user opened it, taken in the same turn; null for every other request, or when the task has gone since.</summary>
    public ItemView? Opened { get; private set; }

    /// <summary>The one for whom the user acts.</summary>
    public ActsFor ActsFor { get; private set; } = actsFor;

    /// <summary>Whether the user acts because anyone may, where the task allows it.</summary>
    public bool IsAnyone { get; private set; }

    /// <summary>Lets the user act for another, and forgets what was asked of the one before. A repetition is known by what the caller asked for.</summary>
    public void ActFor(ActsFor other) => (ActsFor, IsAnyone, _asked) = (other, false, null);

    /// <summary>Lets the user act as anyone.</summary>
    public void ActAsAnyone() => (ActsFor, IsAnyone, _asked) = (ActsFor.Self, true, null);

    public override SerialNumber? Task => new SerialNumber(Instance, _destination);

    public override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition)
    {
        var destination = process.FindDestination(_destination);
        if (definition.OpenTaskOf(destination) is not { } task)
        {
            return new Refusal(RefusalKind.NotOpen);
        }

        var actor = representation.Actor(ActsFor, _asked?.Memberships);
        var wanted = Representation.WhoseRolesCount(actor, destination!, task, request.Receiver);
        IReadOnlyList<string> unknown = wanted.Count == 0 ? wanted : [.. wanted.Where(user => _asked?.Memberships?.ContainsKey(user) is not true)];
        var isRepresentative = _asked?.IsRepresentative is true || ActsFor.Kind is ActsForKind.Self or ActsForKind.Delegator;
        if (isRepresentative && unknown.Count == 0 && request is TaskRequest.Act act && task.Find(act.Action) is { Kind: ActionKind.Redirect } action)
        {
            actor = actor with { Managers = _asked?.Managers, Answers = _asked?.Answers };
            unknown = UnknownOfReceivers(destination!, definition, new(task, action, act, _asked?.At ?? representation.Now), actor);
        }

        if (isRepresentative && unknown.Count == 0 && _asked is null or { ManagerOf: null, Question: null })
        {
            _actor = actor;
            return new Input.OfUser(_destination, actor, IsAnyone, request);
        }

        _asked ??= new Asked();
        (_asked.Unknown, _asked.Definition, _asked.Activity) = (unknown, process.Definition, destination!.Activity.Name);
        return AskFirst(process);
    }

    /// <summary>An action gives the task to users. Their manager has to be asked for, its questions by name, and the roles of receivers whom the activity
    /// leaves out. An action that cannot be taken is refused later.</summary>
    private IReadOnlyList<string> UnknownOfReceivers(
        ActivityInstanceDestination destination, ProcessDefinition definition, ReceiverRequest wanted, Actor actor)
    {
        if (Standing.Find(destination, actor, IsAnyone && wanted.Task.AllowsAnyUser) is not { } standing
            || ActionCheck.WhyNot(wanted.Task, wanted.Action, destination, standing, actor) is not null)
        {
            return [];
        }

        if (wanted.Action.WantsManager && actor.Managers?.ContainsKey(standing.Party) is not true)
        {
            (_asked ??= new Asked()).ManagerOf = standing.Party;
            return [];
        }

        foreach (var question in wanted.Action.Questions)
        {
            // A field may have changed while the question was asked. The instant stays that of the first question, or it would be asked without end.
            var answered = _asked?.Arguments.GetValueOrDefault(question);
            if (wanted.AskedBy(destination, definition, standing, actor, question) is { } asked && !asked.Equals(answered))
            {
                _asked ??= new Asked();
                (_asked.Question, _asked.At) = ((question, asked), wanted.Now);
                return [];
            }
        }

        return destination.Activity.PlanningOrNull is not { Exclusions.Count: > 0 }
            ? []
            : [.. wanted.ReceiversOf(destination, definition, standing, actor)
                .Where(user => ExclusionCheck.IsByRole(destination.Activity, user) && _asked?.Memberships?.ContainsKey(user) is not true)];
    }

    public override void TakeView(ResidentInstance instance)
    {
        if (request is TaskRequest.Open
            && instance.CopyTask(_destination) is var (destination, definition)
            && OpenTask.Of(definition, destination) is { } open)
        {
            Opened = open.SeenBy(_actor!, instance.Now);
        }
    }

    public override async ValueTask AskAsync(CancellationToken cancellation)
    {
        var asked = _asked!;
        if (!asked.IsRepresentative)
        {
            // Somebody who acts for themselves represents nobody, and nothing is required of them.
            await representation.RequireAsync(ActsFor, asked.Definition, asked.Activity, cancellation).ConfigureAwait(false);
            asked.IsRepresentative = true;
        }

        if (asked.ManagerOf is { } user)
        {
            asked.Managers[user] = await representation.ManagerAsync(user, cancellation).ConfigureAwait(false);
            asked.ManagerOf = null;
        }

        if (asked.Question is var (question, named))
        {
            asked.Answers[question] = await representation.AnswerAsync(named, cancellation).ConfigureAwait(false);
            asked.Arguments[question] = named;
            asked.Question = null;
        }

        asked.Memberships = await representation.MembershipsAsync(asked.Unknown, asked.Memberships, cancellation).ConfigureAwait(false);
    }

    /// <summary>The questions of a command, and the answers.</summary>
    private sealed class Asked
    {
        public string Definition { get; set; } = "";

        public string Activity { get; set; } = "";

        /// <summary>The users whose roles and groups are to be asked for.</summary>
        public IReadOnlyList<string> Unknown { get; set; } = [];

        /// <summary>Whether the user may act for the one for whom they act.</summary>
        public bool IsRepresentative { get; set; }

        public Dictionary<string, IReadOnlyList<Destination>>? Memberships { get; set; }

        /// <summary>The user whose manager is to be asked for; null for nobody.</summary>
        public string? ManagerOf { get; set; }

        public Dictionary<string, string?> Managers { get; } = new(NameComparer.Default);

        /// <summary>The question of the action that is to be asked, with its arguments as they were when it was looked at last; null for none.</summary>
        public (QuestionDefinition Definition, NamedQuestion Asked)? Question { get; set; }

        public Dictionary<QuestionDefinition, IReadOnlyList<Destination>> Answers { get; } = [];

        /// <summary>The questions that were answered, with the arguments that they had.</summary>
        public Dictionary<QuestionDefinition, NamedQuestion> Arguments { get; } = [];

        /// <summary>The instant of the action for the arguments of its questions; null while there is none.</summary>
        public DateTimeOffset? At { get; set; }
    }

    /// <summary>An action of the kind Redirect that a user wants to take.</summary>
    private readonly record struct ReceiverRequest(ClientEventDefinition Task, ActionDefinition Action, TaskRequest.Act Act, DateTimeOffset Now)
    {
        /// <summary>Those to whom the action would give the task; nobody where it will be refused.</summary>
        public IReadOnlyList<string> ReceiversOf(
            ActivityInstanceDestination destination, ProcessDefinition definition, in Standing standing, Actor actor)
        {
            try
            {
                return Reading(destination, definition, standing, actor).Receivers(actor);
            }
            catch (Exception exception) when (exception is RuleFailure or DataFieldException)
            {
                return [];
            }
        }

        /// <summary>A question of the action with its arguments; null where it will be refused.</summary>
        public NamedQuestion? AskedBy(
            ActivityInstanceDestination destination, ProcessDefinition definition, in Standing standing, Actor actor, QuestionDefinition question)
        {
            try
            {
                return Reading(destination, definition, standing, actor).Asked(question);
            }
            catch (Exception exception) when (exception is RuleFailure or DataFieldException)
            {
                return null;
            }
        }

        private ActionReading Reading(ActivityInstanceDestination destination, ProcessDefinition definition, in Standing standing, Actor actor) => new(
            Action, definition.ActivityArray[destination.Activity.Ordinal], new ActionTaking(destination, actor.User, standing.Party, Now),
            FieldWrite.Resolve(destination, Act.Changes));
    }
}
