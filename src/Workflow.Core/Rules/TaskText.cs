using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workflow.Core.Rules;

/// <summary>The URL or the text of a task as an interpolated string, in which data fields stand for their values (statement 1.1). The compiler makes it; you
/// write <c>task.Url($"https://claims.example/{TaskField.SerialNumber}?amount={Amount}")</c>.</summary>
/// <remarks>The values are read when the task opens and are then fixed. A null is empty. In a URL every value is percent-encoded; what stands between them, and
/// texts that C# knows already, are taken as they are.</remarks>
[InterpolatedStringHandler]
public sealed class TaskText
{
    private readonly List<TextPart> _parts;

    /// <summary>Begins a text; for the compiler.</summary>
    /// <param name="literalLength">How many characters are written out.</param>
    /// <param name="formattedCount">How many values stand between them.</param>
    [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The compiler passes both.")]
    public TaskText(int literalLength, int formattedCount) => _parts = new List<TextPart>((2 * formattedCount) + 1);

    internal IReadOnlyList<TextPart> Parts => _parts;

    /// <summary>Adds what is written out; for the compiler.</summary>
    /// <param name="text">The text, in which braces are braces.</param>
    public void AppendLiteral(string text) => _parts.Add(new WrittenPart(text, isOfCode: true));

    /// <summary>Adds a text that is known when the definition is built, for example the address of a host, as it is.</summary>
    /// <param name="text">The text; null is empty.</param>
    public void AppendFormatted(string? text) => _parts.Add(new WrittenPart(text ?? ""));

    /// <summary>Adds something that the task knows of itself.</summary>
    /// <param name="field">The serial number, or the number of the process instance.</param>
    public void AppendFormatted(TaskField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        _parts.Add(new TaskPart(field));
    }

    /// <summary>Adds the value that a data field or another operand has when the task opens.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="operand">A process or activity field, or another operand.</param>
    public void AppendFormatted<T>(Operand<T> operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        _parts.Add(new OperandPart<T>(operand));
    }
}
