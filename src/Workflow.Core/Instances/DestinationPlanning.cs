namespace Workflow.Core.Instances;

/// <summary>What is left of the destination rule of an activity instance: whom it still asks for, and who still gets a turn.</summary>
internal sealed class DestinationPlanning
{
    /// <summary>What the destination rule asks the resolver; null when nothing is to be asked.</summary>
    public MemberQuestion? Question { get; set; }

    /// <summary>The destinations that have not had their turn (statement 4.5); null for other plans.</summary>
    public DestinationTurns? Turns { get; set; }
}
