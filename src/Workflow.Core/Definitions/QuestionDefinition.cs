using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A question by name that a definition asks the resolver, with its arguments (statement 4.8b).</summary>
public sealed class QuestionDefinition
{
    private readonly Operand[] _arguments;

    /// <exception cref="ArgumentException">It cannot be the name of a question, or an argument has a value that no data field can hold.</exception>
    internal QuestionDefinition(string question, ReadOnlySpan<Operand> arguments)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (Names.Problem(question) is { } problem)
        {
            throw new ArgumentException(
                $"'{Names.Printable(question)}' cannot be the name of a question: {problem}. Use 1 to {Limits.NameLength.Invariant()} characters.",
                nameof(question));
        }

        foreach (var argument in arguments)
        {
            ArgumentNullException.ThrowIfNull(argument, nameof(arguments));
            if (argument.ShapeOfValue is null)
            {
                throw new ArgumentException(
                    $"The question '{question}' has the argument {argument.ToTree().OnOneLine}, whose value no data field can hold. Pass the field that it "
                        + "reads, or another operand.",
                    nameof(arguments));
            }
        }

        Name = question;
        _arguments = [.. arguments];
    }

    /// <summary>The name; the resolver knows the question by it.</summary>
    public string Name { get; }

    /// <summary>The arguments. They are read when the question is asked for the first time.</summary>
    public IReadOnlyList<Operand> Arguments => _arguments;

    /// <summary>The question in words.</summary>
    /// <returns>For example <c>question 'Approvers of the cost centre'</c>.</returns>
    public override string ToString() => $"question '{Name}'";

    /// <summary>The question as canonical text, in one line.</summary>
    internal string Exact => _arguments.Length == 0
        ? $"question {ExactText.Quoted(Name)}"
        : $"question {ExactText.Quoted(Name)} with {string.Join(", ", _arguments.Select(argument => argument.ToTree().OnOneLine))}";

    /// <summary>The same with the fields of its arguments bound.</summary>
    internal QuestionDefinition Bind(RuleBinder binder) => new(Name, [.. _arguments.Select(argument => argument.BindAny(binder))]);

    /// <summary>The question with the values that its arguments have now.</summary>
    internal NamedQuestion Read(in RuleScope scope)
    {
        var values = new FieldValue[_arguments.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = _arguments[index].ReadAny(scope);
        }

        return new NamedQuestion(Name, values);
    }
}
