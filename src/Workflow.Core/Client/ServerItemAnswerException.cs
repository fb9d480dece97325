namespace Workflow.Core.Client;

/// <summary>A server item cannot be finished so (statement 7.3b). Its event takes other answers, or wants an answer and got none, or takes none and got one.
/// Nothing was changed.</summary>
public sealed class ServerItemAnswerException : WorkflowException
{
    internal ServerItemAnswerException(SerialNumber serial, string? answer, IReadOnlyList<string> answers, string message)
        : base($"Server item {serial}: {message}")
    {
        Statement = "7.3b";
        Serial = serial;
        Answer = answer;
        Answers = answers;
    }

    /// <summary>The serial number.</summary>
    public SerialNumber Serial { get; }

    /// <summary>The answer that was given; null for none.</summary>
    public string? Answer { get; }

    /// <summary>The answers that the event takes, in the order of the definition; empty for none.</summary>
    public IReadOnlyList<string> Answers { get; }
}
