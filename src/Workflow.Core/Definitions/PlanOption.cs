namespace Workflow.Core.Definitions;

/// <summary>How an activity makes its destinations (statement 4.5).</summary>
public enum PlanOption
{
    /// <summary>One activity instance destination for everybody; its events run once.</summary>
    JustOnce = 1,

    /// <summary>One for each destination, all at once.</summary>
    PerDestination = 2,

    /// <summary>One for each destination, the next when the one before it has completed.</summary>
    PerDestinationInTurn = 3,

    /// <summary>One for each slot, for server events. Destinations are ignored.</summary>
    PerSlot = 4,
}
