namespace Workflow.Core.Instances;

/// <summary>Something that is to be asked of the outside: the code of one event, or the members that one destination rule wants.</summary>
/// <param name="Number">The number of the event instance, or of the question; calls are made in this order (statement 3.12).</param>
/// <param name="Target">The destination whose event it is, or the activity instance that asks.</param>
internal readonly record struct PlannedCall(int Number, object? Target)
{
    /// <summary>Whether it is still to be made: a destination may have gone on to another event, or have ended.</summary>
    public bool IsDue => Target switch
    {
        ActivityInstanceDestination { Event: { NeedsCall: true } item } => item.Id == Number,
        ActivityInstance { MemberQuestion: { } question, Status: ActivityInstanceStatus.Active } => question.Number == Number,
        _ => false,
    };
}
