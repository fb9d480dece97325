namespace Workflow.Core.Planning;

/// <summary>The kinds of users for whom a user acts.</summary>
internal enum ActsForKind
{
    Self = 0,

    /// <summary>Somebody who has delegated the task to the user (statement 1.12).</summary>
    Delegator,

    /// <summary>Somebody who is out of office and shares the task with the user (statement 9.4).</summary>
    Absent,

    /// <summary>Somebody whom the user manages (statement 9.5).</summary>
    Managed,
}
