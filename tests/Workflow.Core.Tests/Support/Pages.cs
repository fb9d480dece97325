using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Support;

/// <summary>The pages of the repository, and where they lead.</summary>
internal static partial class Pages
{
    private static readonly string[] _otherFolders = ["src", "src/docs", "benchmarks", "benchmarks/results"];

    /// <summary>Every page by its path in the repository, with forward slashes.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new[] { "README.md" }.Concat(_otherFolders.SelectMany(PathsIn))
        .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(SourceTree.Repository, path)), StringComparer.Ordinal);

    /// <summary>The first page and those that answer a question. Their examples are programs.</summary>
    public static IReadOnlyList<string> WithPrograms { get; } =
        [.. All.Where(page => (page.Key == "README.md" || IsIn("src/docs", page.Key)) && Examples.BlocksOf(page.Value).Count > 0).Select(page => page.Key)];

    /// <summary>The pages that a package holds, by their paths in it, which are those in the repository.</summary>
    public static IReadOnlyList<string> Packed { get; } = [.. All.Keys.Where(path => path == "README.md" || path.StartsWith("src/", StringComparison.Ordinal))];

    /// <summary>The links of pages to each other, to headings and to other files, that lead nowhere.</summary>
    /// <param name="pages">The pages by their paths.</param>
    /// <param name="isThere">Whether something else is at a path.</param>
    public static IEnumerable<string> BrokenLinks(IReadOnlyDictionary<string, string> pages, Func<string, bool> isThere) =>
        from page in pages
        from target in LinksOf(page.Value)
        where !target.StartsWith("https://", StringComparison.Ordinal) && !LeadsSomewhere(page.Key, target, pages, isThere)
        select $"{page.Key}: {target}";

    /// <summary>The paths of the files and folders of the repository that a page names in its text.</summary>
    public static IEnumerable<string> FilesNamedBy(string text) => FileName().Matches(Fence().Replace(text, "")).Select(match => match.Groups["path"].Value);

    /// <summary>The page whose program the program of this page continues; null where it begins one.</summary>
    public static string? ContinuedBy(string path) =>
        Continued().Match(All[path]) is { Success: true } match ? PathOf(path, match.Groups["target"].Value.Split('#')[0]) : null;

    public static IEnumerable<string> LinksOf(string text) => Link().Matches(Fence().Replace(text, "")).Select(match => match.Groups["target"].Value);

    private static bool LeadsSomewhere(string page, string target, IReadOnlyDictionary<string, string> pages, Func<string, bool> isThere)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? page : PathOf(page, parts[0]);
        return pages.TryGetValue(path, out var text)
            ? parts.Length == 1 || AnchorsOf(text).Contains(parts[1], StringComparer.OrdinalIgnoreCase)
            : parts.Length == 1 && isThere(path);
    }

    /// <summary>The names that sites give to headings, but for the size of letters: no punctuation, and a hyphen for each blank.</summary>
    private static IEnumerable<string> AnchorsOf(string text) =>
        Heading().Matches(Fence().Replace(text, "")).Select(match => Punctuation().Replace(match.Groups["text"].Value, "").Replace(' ', '-'));

    /// <summary>A path that is relative to a page, as one that is relative to the root.</summary>
    private static string PathOf(string page, string target)
    {
        var parts = page.Split('/')[..^1].ToList();
        foreach (var part in target.Split('/'))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return target;
            }
        }

        return string.Join('/', parts);
    }

    private static IEnumerable<string> PathsIn(string folder) => Directory.EnumerateFiles(Path.Combine(SourceTree.Repository, folder), "*.md")
        .Select(file => $"{folder}/{Path.GetFileName(file)}")
        .Order(StringComparer.Ordinal);

    private static bool IsIn(string folder, string path) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"^```.*?^```\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^This example continues \[[^\]]+\]\((?<target>[^)\s]+)\)", RegexOptions.Multiline)]
    private static partial Regex Continued();

    [GeneratedRegex(@"`(?<path>(src|tests|samples|benchmarks)/[\w./-]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}
