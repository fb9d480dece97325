namespace Workflow.Core.Contexts;

/// <summary>The part of an instance that a call is given. It marks the flow of the call, too.</summary>
internal interface ICallContext : ICallMark
{
    /// <summary>The code has returned. Its later use of the context would be lost, and so is refused.</summary>
    void Close();
}
