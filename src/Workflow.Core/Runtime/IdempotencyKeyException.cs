namespace Workflow.Core.Runtime;

/// <summary>A command carries an idempotency key under which another command, or one of another user,
/// was carried out (statement 13.7). Nothing was changed.</summary>
public sealed class IdempotencyKeyException : WorkflowException
{
    internal IdempotencyKeyException(string key)
        : base($"Another command was executed under the idempotency key '{Names.Printable(key)}'. Give each command its own key, and use the same key only to "
            + $"repeat a command.")
    {
        Statement = "13.7";
        Key = key;
    }

    /// <summary>The key.</summary>
    public string Key { get; }
}
