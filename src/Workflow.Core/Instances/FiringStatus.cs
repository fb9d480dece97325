namespace Workflow.Core.Instances;

/// <summary>How far an escalation that has fired has come with its action.</summary>
internal enum FiringStatus
{
    /// <summary>Its action has not begun.</summary>
    Due = 1,

    /// <summary>Its code is to be called.</summary>
    WantsCode = 2,

    /// <summary>Its code has begun. After the end of the host it is called again.</summary>
    Calling = 3,

    /// <summary>The resolver is to be asked who gets the task.</summary>
    WantsPeople = 4,

    /// <summary>Its action has failed, and the instance is in Error (statement 6.11).</summary>
    Failed = 5,
}
