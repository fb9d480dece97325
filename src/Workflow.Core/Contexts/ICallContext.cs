namespace Workflow.Core.Contexts;

/// <summary>What code sees that is called for an instance. It marks the flow of the call, too.</summary>
internal interface ICallContext : ICallMark
{
    /// <summary>The code has returned: what it still does with the context would be lost, and so is refused.</summary>
    void Close();
}
