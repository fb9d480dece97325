using System.Text;

namespace Workflow.Core.Formats;

/// <summary>A text as a tree: a line, and indented below it the lines that belong to it.
/// It can be read by people, compared line by line, and read back.</summary>
/// <param name="label">The line; without a line break.</param>
/// <param name="children">The parts below it.</param>
internal sealed class TextTree(string label, params IReadOnlyList<TextTree> children)
{
    private const int Indentation = 2;

    public string Label => label;

    public IReadOnlyList<TextTree> Children => children;

    /// <summary>The whole tree on one line, for messages.</summary>
    public string OnOneLine => children.Count == 0 ? label : $"{label}({string.Join(", ", children.Select(child => child.OnOneLine))})";

    /// <summary>Reads what <see cref="ToString"/> has written. A line that is indented further than it can be belongs to the line above it.</summary>
    public static TextTree Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var next = 1;
        return lines.Length == 0 ? new TextTree("") : new TextTree(lines[0].Trim(' '), Below(lines, DepthOf(lines[0]), ref next));
    }

    /// <summary>One line for each node, each ended by a line feed.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text, depth: 0);
        return text.ToString();
    }

    private static List<TextTree> Below(string[] lines, int depth, ref int next)
    {
        var children = new List<TextTree>();
        while (next < lines.Length && DepthOf(lines[next]) is var found && found > depth)
        {
            var label = lines[next++].Trim(' ');
            children.Add(new TextTree(label, Below(lines, found, ref next)));
        }

        return children;
    }

    private static int DepthOf(string line) => line.Length - line.TrimStart(' ').Length;

    private void AppendTo(StringBuilder text, int depth)
    {
        text.Append(' ', depth * Indentation).Append(label).Append('\n');
        foreach (var child in children)
        {
            child.AppendTo(text, depth + 1);
        }
    }
}
