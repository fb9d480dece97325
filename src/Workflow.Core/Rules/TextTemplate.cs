using System.Text;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A text of a task, put together of literal text and of values (statement 1.1).</summary>
internal sealed class TextTemplate : Operand<string>
{
    private readonly TextPart[] _parts;
    private readonly bool _isUrl;
    private readonly string? _problem;

    private TextTemplate(IEnumerable<TextPart> parts, bool isUrl, string? problem)
        : base(RuleSize.Above([.. parts.Select(part => part.Size)]))
    {
        _parts = [.. parts];
        _isUrl = isUrl;
        _problem = problem;
    }

    /// <summary>As a template with names in braces.</summary>
    public string Text => string.Concat(_parts.Select(part => part.Written));

    /// <summary>Whether nothing but the task itself is named, so that the text need not be kept.</summary>
    public bool IsKnownToTask => Array.TrueForAll(_parts, part => part.IsKnownToTask);

    public static TextTemplate Of(TaskText text, bool isUrl) => new(text.Parts, isUrl, problem: null);

    /// <summary>Reads a template: names are in braces, and a doubled brace is a brace.</summary>
    public static TextTemplate Parse(string template, bool isUrl)
    {
        var parts = new List<TextPart>();
        var written = new StringBuilder();
        string? problem = null;
        for (var place = 0; place < template.Length; place++)
        {
            var letter = template[place];
            if (letter is not ('{' or '}'))
            {
                written.Append(letter);
            }
            else if (place + 1 < template.Length && template[place + 1] == letter)
            {
                written.Append(letter);
                place++;
            }
            else if (letter is '{' && template.IndexOf('}', place) is var end and > 0)
            {
                Flush();
                parts.Add(Named(template[(place + 1)..end]));
                place = end;
            }
            else
            {
                problem ??= $"the brace at character {(place + 1).Invariant()} of '{Names.Printable(template)}' has no other one";
            }
        }

        Flush();
        return new TextTemplate(parts, isUrl, problem);

        void Flush()
        {
            if (written.Length > 0)
            {
                parts.Add(new WrittenPart(written.ToString()));
                written.Clear();
            }
        }
    }

    /// <summary>The text for a task that is asked later, where the task itself knows all of it.</summary>
    public string Of(SerialNumber serial) => string.Concat(_parts.Select(part => Encoded(part, part.ReadOf(serial))));

    private protected override string InTemplate => Text;

    internal override Operand<string> Rebuild(RuleBinder binder)
    {
        if (_problem is not null)
        {
            binder.Report(_problem, "1.1", "Close it, or double a brace that stands for itself.");
        }

        return new TextTemplate([.. _parts.Select(part => part.Bind(binder))], _isUrl, _problem);
    }

    internal override TextTree ToTree() => IsKnownToTask
        ? new TextTree(ExactText.Quoted(Text))
        : new TextTree("text", [.. Merged().Select(part => part.ToTree())]);

    internal override void Write(RuleWriter writer) => writer.Append(Text);

    private protected override bool Fetch(in RuleScope scope, out string value)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(Encoded(part, part.Read(scope)));
        }

        value = text.ToString();
        return true;
    }

    /// <summary>The parts, with adjacent pieces of literal text as one. So the same text has the same parts.</summary>
    private IEnumerable<TextPart> Merged()
    {
        var written = "";
        foreach (var part in _parts)
        {
            if (part is WrittenPart more)
            {
                written += more.Text;
                continue;
            }

            if (written.Length > 0)
            {
                yield return new WrittenPart(written);
                written = "";
            }

            yield return part;
        }

        if (written.Length > 0)
        {
            yield return new WrittenPart(written);
        }
    }

    private string Encoded(TextPart part, string text) => _isUrl && part.IsValue ? Uri.EscapeDataString(text) : text;

    private static TextPart Named(string name) =>
        TaskField.All.FirstOrDefault(field => field.Name == name) is { } own ? new TaskPart(own, isByName: true) : new NamedPart(name);
}
