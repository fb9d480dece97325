using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <content>Questions for values that no rule decides.</content>
internal readonly partial struct Question
{
    /// <summary>Something that a task shows (statement 1.1).</summary>
    /// <param name="what">The kind of text, as an error names it.</param>
    /// <param name="task">The task.</param>
    /// <param name="activity">Its activity.</param>
    /// <param name="destination">The destination for which it opens.</param>
    public static Question OfText(string what, ClientEventDefinition task, ActivityDefinition activity, ActivityInstanceDestination destination) =>
        new(RulePlace.Task, $"{what} of task", task.Name, null, RuleDefault.True, destination.Activity.Process, activity, destination);

    /// <summary>Something that a sub-process gets when it starts (statement 7.8).</summary>
    /// <param name="what">The kind of value, as an error names it.</param>
    /// <param name="definition">The event that starts it.</param>
    /// <param name="activity">Its activity.</param>
    /// <param name="destination">The destination for which it is started.</param>
    public static Question OfSubProcess(string what, EventDefinition definition, ActivityDefinition activity, ActivityInstanceDestination destination) =>
        new(RulePlace.SubProcess, $"{what} of event", definition.Name, null, RuleDefault.True, destination.Activity.Process, activity, destination);
}
