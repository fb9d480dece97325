using System.Runtime.CompilerServices;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Reads what code of the host has thrown.</summary>
internal static class CodeFaults
{
    /// <summary>What was read of an exception, as long as somebody holds it. A stack trace grows each time that its exception is thrown again, and a replay of a recorded
    /// run, which throws what was thrown then, must leave the same bytes (statement 14.1).</summary>
    private static readonly ConditionalWeakTable<Exception, string> Known = [];

    /// <param name="exception">What the code threw.</param>
    /// <param name="message">What is said of it; null for the exception's own message.</param>
    public static Fault Of(Exception exception, string? message = null) => new(
        message ?? ErrorText.Of(exception),
        exception.GetType().Name,
        Known.GetValue(exception, static thrown => ErrorText.Details(thrown, hasStack: true)),
        exception);
}
