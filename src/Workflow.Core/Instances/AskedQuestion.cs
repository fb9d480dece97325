namespace Workflow.Core.Instances;

/// <summary>A question by name that a destination rule asks, with its arguments as they were when the activity was planned (statement 4.8b).</summary>
/// <param name="Question">The question.</param>
/// <param name="Set">The position of its set in the destination rule.</param>
/// <param name="Before">How many destinations of the rule stand before its answer.</param>
/// <param name="IsResolved">Whether the members of roles and groups in its answer are wanted instead of themselves.</param>
internal sealed record AskedQuestion(NamedQuestion Question, int Set, int Before, bool IsResolved)
{
    /// <summary>A destination of its answer.</summary>
    public WantedDestination Wanted(in Destination destination) => new(destination, Set, IsResolved && destination.Kind is not DestinationKind.User);
}
