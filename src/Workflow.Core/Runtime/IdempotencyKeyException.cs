namespace Workflow.Core.Runtime;

/// <summary>A command carries an idempotency key under which another command, or one of another user, was carried out (statement 13.7). Nothing was changed.</summary>
public sealed class IdempotencyKeyException : WorkflowException
{
    internal IdempotencyKeyException(string key)
        : base($"Another command was carried out under the idempotency key '{Names.Shown(key)}'. Use a key of its own for each command, and the same one only to repeat it.")
    {
        Statement = "13.7";
        Key = key;
    }

    /// <summary>The key.</summary>
    public string Key { get; }
}
