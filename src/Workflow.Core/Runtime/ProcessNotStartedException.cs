using Workflow.Core.Rules;

namespace Workflow.Core.Runtime;

/// <summary>The start rule of a process did not let an instance start. No instance was created, and nothing was stored (statement 5.4).</summary>
public sealed class ProcessNotStartedException : WorkflowException
{
    private ProcessNotStartedException(string definition, string message, Exception? innerException)
        : base(message, innerException)
    {
        Definition = definition;
        Statement = "5.4";
    }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }

    /// <summary>Whether the condition of the start rule is false. Otherwise the rule has no answer: it threw, or gives no instant.</summary>
    public bool IsConditionFalse { get; private init; }

    internal static ProcessNotStartedException ConditionFalse(string definition, Rule condition) => new(
        definition,
        $"No instance of '{definition}' was started: the condition of its start rule is false. It is: {condition}. Start it when the condition is met.",
        innerException: null)
    {
        IsConditionFalse = true,
    };

    internal static ProcessNotStartedException NoAnswer(string definition, Exception cause) => new(
        definition,
        $"No instance of '{definition}' was started: its start rule has no answer. {cause.Message} Correct the cause, and start it again.",
        cause);
}
