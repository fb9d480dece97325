namespace Workflow.Core.Tests.Support;

/// <summary>One source file: where it is, what it says, and what of that is code.</summary>
/// <param name="Path">The path below the root it was read from, with forward slashes.</param>
/// <param name="Text">The text as written.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<string> _code = new(() => SourceCode.WithoutCommentsAndTexts(Text));

    /// <summary>The text with comments and the contents of texts blanked, line by line as long as before.</summary>
    public string Code => _code.Value;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder directly below the root, which is the floor; empty for the root itself.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    public IEnumerable<(int Number, string Text)> CodeLines => Code.Split('\n').Select((text, index) => (index + 1, text.TrimEnd('\r')));
}
