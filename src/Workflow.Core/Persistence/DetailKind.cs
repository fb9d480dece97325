namespace Workflow.Core.Persistence;

/// <summary>The kind of further data of an element that has a part of its own. The numbers are stored and never change their meaning; newer engines may add
/// some.</summary>
public enum DetailKind
{
    /// <summary>The element itself.</summary>
    None = 0,

    /// <summary>Of the header: who has acted where.</summary>
    Actors = 1,

    /// <summary>Of the header: the details of the error.</summary>
    ErrorDetails = 2,

    /// <summary>Of an activity instance: the destinations it plans, those whose turn it is, and those it leaves out.</summary>
    Planning = 3,

    /// <summary>Of a destination: its users, groups and roles.</summary>
    People = 4,

    /// <summary>Of a destination: one of its slots, by number.</summary>
    Slot = 5,
}
