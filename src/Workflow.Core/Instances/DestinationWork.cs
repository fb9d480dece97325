namespace Workflow.Core.Instances;

/// <summary>Whether a destination can still answer, as far as that depends on nothing but itself.</summary>
internal enum DestinationWork : byte
{
    /// <summary>It has ended, is stalled, or waits for people and has neither an open slot nor a free one.</summary>
    None = 0,

    /// <summary>It can.</summary>
    AtWork = 1,

    /// <summary>It can while one of the slots is free that all destinations share.</summary>
    NeedsSharedSlot = 2,
}
