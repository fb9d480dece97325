namespace Workflow.Core.Rules;

/// <summary>The thing whose status a rule reads (statement 3.9).</summary>
internal enum StatusSubject
{
    /// <summary>That of the slot a slot function looks at.</summary>
    Slot = 1,

    /// <summary>That of the destination.</summary>
    Destination = 2,

    /// <summary>That of the activity instance.</summary>
    Activity = 3,
}
