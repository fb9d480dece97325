namespace Workflow.Core.Rules;

/// <summary>The logical functions over the slots of an activity (statement 3.7).</summary>
internal enum SlotFunctionKind
{
    /// <summary>Every destination, completed or not.</summary>
    All = 1,

    /// <summary>Every planned slot.</summary>
    AllSlots = 2,

    /// <summary>Every completed slot, and there is one.</summary>
    AllCompleted = 3,

    /// <summary>So many completed slots or more.</summary>
    AtLeast = 4,

    /// <summary>So many completed slots or fewer.</summary>
    AtMost = 5,

    /// <summary>No completed slot.</summary>
    None = 6,
}
