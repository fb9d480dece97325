using Workflow.Core.Formats;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>The differences of two canonical texts: element by element, found by kind and name.</summary>
internal sealed class TextDifferences
{
    private const string Nothing = "nothing";
    private const int LongestValue = 300;

    private readonly List<TextDifference> _found = [];

    private TextDifferences()
    {
    }

    /// <param name="was">The text that stands.</param>
    /// <param name="now">The other one.</param>
    public static IReadOnlyList<TextDifference> Between(string was, string now)
    {
        var differences = new TextDifferences();
        var (former, later) = (TextTree.Parse(was), TextTree.Parse(now));
        differences.CompareValues(former.Label, "", [former.Label], [later.Label]);
        differences.Compare(former, later, former.Label);
        return differences._found;
    }

    /// <summary>Properties are compared as a whole, elements of the same kind and name are gone into.</summary>
    private void Compare(TextTree was, TextTree now, string element)
    {
        foreach (var key in was.Children.Concat(now.Children).Select(KeyOf).Distinct(StringComparer.Ordinal))
        {
            var (former, later) = (Under(was, key), Under(now, key));
            if (IsProperty(key))
            {
                CompareValues(element, key, former, later);
            }
            else if (former.Count == 0 || later.Count == 0)
            {
                _found.Add(former.Count == 0
                    ? new TextDifference($"{key} of {element}", Nothing, "there")
                    : new TextDifference($"{key} of {element}", "there", Nothing));
            }
            else
            {
                Compare(former[0], later[0], Path(key, element));
            }
        }

        CompareOrder(was, now, element);
    }

    private void CompareValues(string element, string key, List<TextTree> was, List<TextTree> now) =>
        CompareValues(element, key, [.. was.Select(value => ValueOf(value, key))], [.. now.Select(value => ValueOf(value, key))]);

    private void CompareValues(string element, string key, string[] was, string[] now)
    {
        if (!was.SequenceEqual(now, StringComparer.Ordinal))
        {
            _found.Add(new TextDifference(key.Length == 0 ? element : $"'{key.TrimEnd(':')}' of {element}", Joined(was), Joined(now)));
        }
    }

    private void CompareOrder(TextTree was, TextTree now, string element)
    {
        var former = ElementsOf(was).Intersect(ElementsOf(now), StringComparer.Ordinal).ToArray();
        var later = ElementsOf(now).Intersect(ElementsOf(was), StringComparer.Ordinal).ToArray();
        if (!former.SequenceEqual(later, StringComparer.Ordinal))
        {
            var first = Enumerable.Range(0, former.Length).First(place => former[place] != later[place]);
            _found.Add(new TextDifference($"order in {element}", former[first], later[first]));
        }
    }

    private static IEnumerable<string> ElementsOf(TextTree tree) => tree.Children.Select(KeyOf).Where(key => !IsProperty(key)).Distinct(StringComparer.Ordinal);

    private static List<TextTree> Under(TextTree tree, string key) => [.. tree.Children.Where(child => KeyOf(child) == key)];

    /// <summary>A property is named by what stands before its colon, an element by its whole line. A colon behind a quotation mark belongs to a name.</summary>
    private static string KeyOf(TextTree tree)
    {
        var colon = tree.Label.IndexOf(':', StringComparison.Ordinal);
        var quote = tree.Label.IndexOf('"', StringComparison.Ordinal);
        return colon >= 0 && (quote < 0 || colon < quote) ? tree.Label[..(colon + 1)] : tree.Label;
    }

    private static bool IsProperty(string key) => key.EndsWith(':');

    private static string ValueOf(TextTree property, string key) =>
        (property.Label[key.Length..] + string.Join(", ", property.Children.Select(child => child.OnOneLine))).TrimStart(' ');

    /// <summary>The process goes without saying.</summary>
    private static string Path(string key, string element) => element.StartsWith("process ", StringComparison.Ordinal) ? key : $"{key} of {element}";

    private static string Joined(string[] values)
    {
        var text = values.Length == 0 ? Nothing : string.Join(", ", values);
        return text.Length > LongestValue ? text[..LongestValue] + "..." : text;
    }
}
