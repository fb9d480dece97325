using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>A task as one user sees it, in one of their standings: a copy, taken at an instant.</summary>
internal sealed class ItemView
{
    private readonly ClientEventDefinition _task;
    private readonly Actor _actor;

    public ItemView(
        ActivityInstanceDestination destination, ActivityDefinition definition, ClientEventDefinition task, Standing standing, Actor actor,
        DateTimeOffset readAt)
    {
        Destination = destination;
        Definition = definition;
        _task = task;
        Standing = standing;
        _actor = actor;
        ReadAt = readAt;
        Status = ItemStatus.Of(destination, standing, actor.User);
    }

    public ActivityInstanceDestination Destination { get; }

    public ActivityDefinition Definition { get; }

    public Standing Standing { get; }

    public DateTimeOffset ReadAt { get; }

    public WorklistItemStatus Status { get; }

    public ProcessInstance Process => Destination.Activity.Process;

    /// <summary>The user for whom a later command must act, so that it means this view.</summary>
    public ActsFor ActsFor => Standing.ActsFor(_actor);

    /// <summary>The user for whom the actor acts; null when they act for themselves.</summary>
    public string? OnBehalfOf => Names.Same(Standing.Party, _actor.User) ? null : Standing.Party;

    /// <summary>Where the task is worked on; null for none.</summary>
    public string? Url => _task.UrlText is TextTemplate { IsKnownToTask: true } known ? known.Of(Destination.Serial) : Destination.WorklistHeader!.Url;

    public DateTimeOffset? SleepsUntil => Status is WorklistItemStatus.Sleep ? Destination.WorklistHeader!.SleepOf(_actor.User, Standing.Party)?.Until : null;

    /// <summary>The actions that the user may take, in the order of the definition (statement 2.9).</summary>
    public IEnumerable<ActionDefinition> Actions =>
        _task.Actions.Where(action => ActionCheck.WhyNot(_task, action, Destination, Standing, _actor) is null);

    public DataFields FieldsOf(FieldScope scope) => scope switch
    {
        FieldScope.Process => Process.Fields,
        FieldScope.Activity => Destination.Activity.Fields,
        _ => Destination.Fields,
    };
}
