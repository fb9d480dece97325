namespace Workflow.Core.Instances;

/// <summary>The data that an activity instance with several destinations keeps of them all.</summary>
internal sealed class ManyDestinations
{
    /// <summary>The destinations, in the order of their numbers, and room for more.</summary>
    public required ActivityInstanceDestination[] All { get; set; }

    /// <summary>The sum over their numbers.</summary>
    public ulong Sum { get; set; }

    /// <summary>How many in front have ended, as far as anybody has looked.</summary>
    public int EndedInFront { get; set; }

    /// <summary>How they have answered; null until a rule asks.</summary>
    public AnswerCounts? Answers { get; set; }
}
