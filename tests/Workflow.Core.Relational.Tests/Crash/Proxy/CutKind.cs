namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>On which side of COMMIT a connection is cut.</summary>
internal enum CutKind
{
    /// <summary>COMMIT does not reach the server.</summary>
    BeforeServer,

    /// <summary>COMMIT reaches the server, and the client is gone before it is answered; nobody knows which of the two is first done.</summary>
    WhileCommitting,

    /// <summary>The server has committed and answered, and the answer does not reach the client.</summary>
    AfterServer,
}
