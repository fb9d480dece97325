using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <content>The elements that a question is about.</content>
internal readonly partial struct Question
{
    /// <summary>The line that it is about; null for none.</summary>
    public string? Line => _place is RulePlace.ProcessLine or RulePlace.ActivityLine ? _name : null;

    /// <summary>The definition of the activity that it is about; null for the process.</summary>
    public ActivityDefinition? Activity => _definition;

    /// <summary>The event that it is about; null for none.</summary>
    public string? Event => _place switch
    {
        RulePlace.Task => _name,
        RulePlace.EventSucceeding => Destination.Event?.Name,
        RulePlace.Escalation when _what != Escalation => _name,
        _ => null,
    };

    /// <summary>The element of the instance that it is about, by its numbers.</summary>
    public TimerOwner Subject => _subject switch
    {
        ActivityInstanceDestination { Event: not null } destination => TimerOwner.OfEvent(destination),
        ActivityInstanceDestination destination => TimerOwner.Of(destination),
        ActivityInstance activity => TimerOwner.Of(activity),
        _ => TimerOwner.Process,
    };
}
