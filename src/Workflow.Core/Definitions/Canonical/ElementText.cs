using Workflow.Core.Formats;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>One element of a definition as text: its kind and name, below it its properties and the elements that belong to it. A property that has its default
/// value adds nothing. So a property that a later version of the library adds does not change the text of older definitions.</summary>
internal sealed class ElementText
{
    private readonly string _label;
    private readonly List<TextTree> _children = [];

    private ElementText(string label) => _label = label;

    /// <summary>An element with a name.</summary>
    public static ElementText Of(string kind, string name) => new($"{kind} {ExactText.Quoted(name)}");

    /// <summary>An element that its owner has once.</summary>
    public static ElementText Only(string kind) => new(kind);

    public ElementText Property(string key, string? value)
    {
        if (value is not null)
        {
            _children.Add(new TextTree($"{key}: {value}"));
        }

        return this;
    }

    public ElementText Property(string key, TextTree? value)
    {
        if (value is not null)
        {
            _children.Add(new TextTree($"{key}:", value));
        }

        return this;
    }

    public ElementText Properties(string key, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Property(key, value);
        }

        return this;
    }

    /// <summary>A choice with a default that holds unless another is named.</summary>
    public ElementText Choice<T>(string key, T value, T byItself)
        where T : struct, Enum => Property(key, EqualityComparer<T>.Default.Equals(value, byItself) ? null : $"{value}");

    /// <summary>Something that is so or is not; said when it is not as it is by itself.</summary>
    public ElementText Flag(string key, bool value, bool byItself = false) => Property(key, value == byItself ? null : value ? "yes" : "no");

    public ElementText Elements(IEnumerable<TextTree> elements)
    {
        _children.AddRange(elements);
        return this;
    }

    public TextTree Build() => new(_label, _children);

    /// <summary>The element, or nothing when it would have no content.</summary>
    public IEnumerable<TextTree> BuildIfAny() => _children.Count == 0 ? [] : [Build()];
}
