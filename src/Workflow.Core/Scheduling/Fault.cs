namespace Workflow.Core.Scheduling;

/// <summary>A failure.</summary>
/// <param name="Message">The message: what happened, in a sentence.</param>
/// <param name="ExceptionType">The name of the exception's type; empty when nothing was thrown.</param>
/// <param name="Details">All that is kept of the exception; empty when nothing was thrown.</param>
/// <param name="Exception">The exception that was thrown, for the log; null for none. It is not stored.</param>
internal sealed record Fault(string Message, string ExceptionType = "", string Details = "", Exception? Exception = null)
{
    /// <summary>Code of the host threw.</summary>
    /// <param name="exception">The exception that it threw.</param>
    /// <param name="message">The message to show; null for the exception's own message.</param>
    public static Fault OfCode(Exception exception, string? message = null) => new(
        message ?? ErrorText.Of(exception), exception.GetType().Name, ErrorText.Details(exception, hasStacks: true), exception);

    /// <summary>The same failure, and what was thrown behind it.</summary>
    /// <param name="element">The element that threw, in words.</param>
    /// <param name="exception">The exception that it threw.</param>
    public Fault And(string element, Exception exception)
    {
        var more = $"Then {element} threw {ErrorText.Details(exception, hasStacks: false)}";
        return this with
        {
            Message = ErrorText.Joined(Message, $"Then {element} threw: {ErrorText.Of(exception)}"),
            Details = ErrorText.JoinedDetails(Details, more),
        };
    }

    /// <summary>A rule threw. The same commands must leave the same bytes here, and a stack is not always the same (statement 14.1). So only the log has the
    /// stack.</summary>
    public static Fault OfRule(Exception exception) => new(
        ErrorText.Of(exception), exception.GetType().Name, ErrorText.Details(exception, hasStacks: false), exception);
}
