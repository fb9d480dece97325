using System.Runtime.CompilerServices;

namespace Workflow.Core.Tests.Support;

/// <summary>The sources of the repository, found from the path this file was compiled from.</summary>
internal static class SourceTree
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", "..", ".."));

    public static IReadOnlyList<SourceFile> Library { get; } = Read("src/Workflow.Core");

    public static IReadOnlyList<SourceFile> AllOfSrc { get; } = Read("src");

    public static IReadOnlyList<SourceFile> Everything { get; } = [.. AllOfSrc, .. Read("tests"), .. Read("samples"), .. Read("benchmarks")];

    public static IReadOnlyList<SourceFile> Read(string folder)
    {
        var root = Path.Combine(Repository, folder);
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => (File: file, Path: Path.GetRelativePath(root, file).Replace('\\', '/')))
                .Where(found => !found.Path.Split('/').Any(part => part is "bin" or "obj"))
                .OrderBy(found => found.Path, StringComparer.Ordinal)
                .Select(found => new SourceFile(found.Path, File.ReadAllText(found.File))),
        ];
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
