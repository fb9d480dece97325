namespace Workflow.Core.Instances;

/// <summary>Why a process instance is in Error, attributed to its source (statement 8.1).</summary>
/// <param name="Element">The kind and name of the event, rule or line that failed, for example <c>server event 'Order the transfer' of 'Pay'</c>.</param>
/// <param name="Message">The message of the exception, or the engine's own sentence.</param>
/// <param name="ExceptionType">The name of the exception's type as text, for people; empty when no exception was thrown.</param>
/// <param name="At">When.</param>
public sealed record ProcessError(string Element, string Message, string ExceptionType, DateTimeOffset At)
{
    /// <summary>The number of the fact in the history that tells of it (<see cref="JournalEntry.Number"/>). No other error of the instance has it (statement
    /// 8.2c). Zero for an error that an earlier version of the library has stored.</summary>
    public long Number { get; init; }

    /// <summary>The types and messages of the exception and of those that caused it, the outermost first. They have at most 16,384 characters; empty when no
    /// exception was thrown. Those of a server event and of the resolver have their stack traces below, down to the code of the host. The stack trace of a rule
    /// is only in the log, because the same commands leave the same bytes (statements 8.1 and 14.1).</summary>
    public string Details { get; init; } = "";
}
