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

    /// <summary>The kind, which says who decides what becomes of it.</summary>
    public FaultKind Kind { get; init; }

    /// <summary>The exceptions of exception rules and filters that were asked about it, each with its element in words.</summary>
    private IReadOnlyList<(string Element, Exception Exception)> Later { get; init; } = [];

    /// <summary>The message, and those of the exceptions that came later (statement 8.3b).</summary>
    public string WholeMessage => ErrorText.Joined(
        Message, [.. Later.Select(later => $"; then {later.Element} threw: {ErrorText.Of(later.Exception)}")]);

    /// <summary>The details, and those of the exceptions that came later.</summary>
    public string WholeDetails => ErrorText.JoinedDetails(
        Details, [.. Later.Select(later => $"\nThen {later.Element} threw {ErrorText.Details(later.Exception, hasStacks: false)}")]);

    /// <summary>The same failure, about which an exception rule or a filter was asked that threw.</summary>
    /// <param name="element">The element that threw, in words.</param>
    /// <param name="exception">The exception that it threw.</param>
    public Fault And(string element, Exception exception) => this with { Later = [.. Later, (element, exception)] };

    /// <summary>A rule threw. The same commands must leave the same bytes here, and a stack is not always the same (statement 14.1). So only the log has the
    /// stack.</summary>
    public static Fault OfRule(Exception exception) => new(
        ErrorText.Of(exception), exception.GetType().Name, ErrorText.Details(exception, hasStacks: false), exception);
}
