namespace Workflow.Core.Planning;

/// <summary>Carries what a rule threw from the question that asked it to the drain loop, which puts the instance into Error (statement 8.1). Operations ask
/// before they change anything, so nothing is half done.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1064:Exceptions should be public", Justification = "Caught by the drain loop, never seen outside.")]
internal sealed class RuleFailure : Exception
{
    public RuleFailure(in Question question, Exception cause)
        : base(ErrorText.Of(cause), cause) => (Question, Element) = (question, question.Element);

    /// <summary>The question whose rule threw.</summary>
    public Question Question { get; }

    /// <summary>The rule, in words.</summary>
    public string Element { get; }
}
