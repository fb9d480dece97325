using System.Globalization;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>One piece of the text of a task.</summary>
internal abstract class TextPart(RuleSize size)
{
    public RuleSize Size { get; } = size;

    /// <summary>Whether it is a value, and so encoded in a URL.</summary>
    public virtual bool IsValue => true;

    /// <summary>Whether it takes nothing but the task itself to know it.</summary>
    public virtual bool IsKnownToTask => false;

    /// <summary>As a template writes it.</summary>
    public abstract string Written { get; }

    /// <summary>The same with its fields bound.</summary>
    public abstract TextPart Bind(RuleBinder binder);

    public abstract string Read(in RuleScope scope);

    /// <summary>The piece for a task that is asked later, which knows no more than its serial number.</summary>
    public virtual string ReadOf(SerialNumber serial) => throw new WorkflowInvariantException(nameof(IsKnownToTask), $"{Written} is known to the task");

    public abstract TextTree ToTree();

    /// <summary>A value as people and addresses have it: a text without quotation marks, null as nothing, the same in every culture.</summary>
    protected static string Shown(in FieldValue value) => value switch
    {
        { IsNull: true } => "",
        { Reference: string text } => text,
        _ => value.ToString(),
    };
}

/// <summary>Something that is written out.</summary>
/// <param name="text">The text.</param>
/// <param name="isOfCode">Whether it stands between the values of an interpolated string,
/// where a doubled brace has become one brace before anybody could see it.</param>
internal sealed class WrittenPart(string text, bool isOfCode = false) : TextPart(RuleSize.Leaf)
{
    public string Text => text;

    public override bool IsValue => false;

    public override bool IsKnownToTask => true;

    public override string Written => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    public override TextPart Bind(RuleBinder binder)
    {
        foreach (var name in isOfCode ? NamesInBraces() : [])
        {
            var own = TaskField.All.FirstOrDefault(field => field.Name == name);
            if (own is not null || binder.KnowsByName(name) is not null)
            {
                binder.Report(
                    $"'{{{name}}}' is written with doubled braces into an interpolated string, where they are braces and no field",
                    "1.1",
                    $"Write {(own is null ? "the field itself, in single braces," : $"{{TaskField.{own.Name}}}")} there. "
                    + $"Braces that are to stay go in as a text: {{\"{{{name}}}\"}}.");
            }
        }

        return this;
    }

    /// <summary>The texts between a brace and the next one that closes it.</summary>
    private IEnumerable<string> NamesInBraces()
    {
        for (var place = text.IndexOf('{', StringComparison.Ordinal); place >= 0; place = text.IndexOf('{', place + 1))
        {
            if (text.IndexOf('}', place) is var end and > 0)
            {
                yield return text[(place + 1)..end];
            }
        }
    }

    public override string Read(in RuleScope scope) => text;

    public override string ReadOf(SerialNumber serial) => text;

    public override TextTree ToTree() => new(ExactText.Quoted(text));
}

/// <summary>Something that the task knows of itself.</summary>
/// <param name="own">The name.</param>
/// <param name="isByName">Whether a template names it in braces, where a data field may have the same name.</param>
internal sealed class TaskPart(TaskField own, bool isByName = false) : TextPart(RuleSize.Leaf)
{
    public override bool IsKnownToTask => true;

    public override string Written => own.ToString();

    public override TextPart Bind(RuleBinder binder)
    {
        if (isByName && binder.KnowsByName(own.Name) is { } scope)
        {
            binder.Report(
                $"'{own}' is the {RuleBinder.Word(scope)} field of this name as well as what the task knows of itself",
                "1.1",
                $"Say which one is meant in an interpolated string, with {{TaskField.{own.Name}}} or with the field, or give the field another name.");
        }

        return this;
    }

    public override string Read(in RuleScope scope) => own.Of(scope.Destination!.Serial);

    public override string ReadOf(SerialNumber serial) => own.Of(serial);

    public override TextTree ToTree() => new($"task {own.Name}");
}

/// <summary>A data field that a template names in braces.</summary>
internal sealed class NamedPart(string name, Field? field = null, int ordinal = -1) : TextPart(RuleSize.Leaf)
{
    public override string Written => $"{{{name}}}";

    public override TextPart Bind(RuleBinder binder) => binder.LocateByName(name) is var (found, place) ? new NamedPart(name, found, place) : this;

    public override string Read(in RuleScope scope) => Shown(scope.FieldsOf(field!.Scope)[ordinal]);

    public override TextTree ToTree() => field!.ToTree();
}

/// <summary>An operand.</summary>
internal sealed class OperandPart<T>(Operand<T> operand) : TextPart(operand.Size)
{
    public override string Written => operand.ToString();

    public override TextPart Bind(RuleBinder binder)
    {
        if (FieldShape.Of<T>() is { IsList: true } or { Type: FieldType.Binary })
        {
            binder.ReportNoText(RuleWriter.Of(operand));
        }

        return new OperandPart<T>(operand.Bind(binder));
    }

    public override string Read(in RuleScope scope) => !operand.Read(scope, out var value)
        ? ""
        : value is Number or Enum ? string.Create(CultureInfo.InvariantCulture, $"{value}") : Shown(FieldValue.From(value));

    public override TextTree ToTree() => operand.ToTree();
}
