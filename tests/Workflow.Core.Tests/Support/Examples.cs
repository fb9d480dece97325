namespace Workflow.Core.Tests.Support;

/// <summary>The examples of a page: its blocks of C#, which are one program that is read from top to bottom.</summary>
internal static class Examples
{
    private const string End = "\n```";

    /// <summary>The blocks of code, in their order.</summary>
    public static IReadOnlyList<string> BlocksOf(string text) => BlocksOf(text, "```csharp\n");

    /// <summary>The output of the program: the blocks of plain text, in their order.</summary>
    public static IReadOnlyList<string> OutputsOf(string text) => [.. BlocksOf(text, "```text\n").Select(block => block + "\n")];

    /// <summary>The blocks as one program: a later block may bring using directives of its own, and goes on with what an earlier one has declared.</summary>
    public static string ProgramOf(IReadOnlyList<string> blocks)
    {
        var lines = blocks.SelectMany(block => block.Split('\n')).ToList();
        return string.Join('\n', [.. lines.Where(IsUsingDirective).Distinct(StringComparer.Ordinal), .. lines.Where(line => !IsUsingDirective(line))]);
    }

    private static List<string> BlocksOf(string text, string fence)
    {
        var blocks = new List<string>();
        var position = 0;
        while (text.IndexOf(fence, position, StringComparison.Ordinal) is >= 0 and var begin)
        {
            var first = begin + fence.Length;
            position = text.IndexOf(End, first, StringComparison.Ordinal);
            blocks.Add(text[first..position]);
        }

        return blocks;
    }

    private static bool IsUsingDirective(string line) =>
        line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal);
}
