namespace Workflow.Core.Persistence;

/// <summary>The record of a command under an idempotency key, and of its result (statement 13.7).</summary>
/// <param name="Key">The key, with the principal whose key it is in front of it; 1 to 600 characters, case counts.</param>
/// <param name="ProcessInstance">The process instance that the command moved.</param>
/// <param name="Content">The command and its result; the store does not read it.</param>
/// <param name="At">The instant of the command.</param>
public sealed record StoredRequest(string Key, ProcessInstanceId ProcessInstance, ReadOnlyMemory<byte> Content, DateTimeOffset At)
{
    /// <summary>The character between the principal and the key. Neither can hold it.</summary>
    public const char KeySeparator = '\u001F';
}
