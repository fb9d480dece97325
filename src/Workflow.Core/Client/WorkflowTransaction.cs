using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>An engine inside a transaction of the host (statement 13.6). Commands are committed or rolled back with it. After the end of the transaction or of
/// its connection, every call throws an <see cref="InvalidOperationException"/> and does nothing. Then begin another transaction, and ask the engine for
/// <see cref="WorkflowEngine.Within"/> again.</summary>
/// <example><code>
/// await using var transaction = await connection.BeginTransactionAsync();
/// await connection.InsertOrderAsync(order, transaction);
/// await engine.Within(transaction).As("dora").StartAsync("Expense claim");
/// await transaction.CommitAsync();
/// </code></example>
public sealed class WorkflowTransaction
{
    private readonly ProcessHost _host;

    internal WorkflowTransaction(ProcessHost host) => _host = host;

    /// <inheritdoc cref="WorkflowEngine.As"/>
    public WorkflowConnection As(string user) => new(_host, WorkflowPrincipal.User(user));

    /// <inheritdoc cref="WorkflowEngine.AsSystem"/>
    public WorkflowConnection AsSystem() => new(_host, WorkflowPrincipal.System);
}
