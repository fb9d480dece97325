using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Each folder of tests can be read without the others. Helpers that several of them share are in Support.</summary>
[TestFixture]
internal sealed partial class TestFoldersTests
{
    private const string Support = "Support";

    /// <summary>The files of the projects with tests. The path of each begins with its project.</summary>
    private static readonly IReadOnlyList<SourceFile> _files =
        [.. SourceTree.Read("tests").Where(file => file.Folder.EndsWith(".Tests", StringComparison.Ordinal))];

    [Test]
    public void Support_holds_no_tests()
    {
        _files.Count(file => FolderOf(file) == Support).ShouldBeGreaterThan(40);

        _files.Where(file => FolderOf(file) == Support && HoldsTests(file)).Select(file => file.Path).ShouldBeEmpty();
    }

    /// <summary>Every folder sees the types of a file beside the folders, without a using directive.</summary>
    [Test]
    public void Only_tests_stand_beside_the_folders() =>
        _files.Where(file => FolderOf(file).Length == 0 && !HoldsTests(file)).Select(file => file.Path).ShouldBeEmpty();

    [Test]
    public void A_folder_of_tests_uses_itself_and_Support_only()
    {
        var folders = FoldersOf(_files);
        folders.ShouldContain(("Workflow.Core.Tests", "Manual"));

        _files.SelectMany(file => StrangeFolders(file, folders)).ShouldBeEmpty();
    }

    [TestCase("using Workflow.Core.Tests.Manual;", "Workflow.Core.Tests/Runtime/HostTests.cs: Manual")]
    [TestCase("using static Workflow.Core.Tests.Manual.SlotModel;", "Workflow.Core.Tests/Runtime/HostTests.cs: Manual")]
    [TestCase("using Workflow.Core.Tests.Runtime;", null)]
    [TestCase("using Workflow.Core.Tests.Support;", null)]
    [TestCase("using Workflow.Core.Manual;", null)]
    public void A_strange_folder_is_found(string line, string? expected)
    {
        var file = new SourceFile("Workflow.Core.Tests/Runtime/HostTests.cs", line);

        StrangeFolders(file, [("Workflow.Core.Tests", "Manual"), ("Workflow.Core.Tests", "Runtime")]).ShouldBe(expected is null ? [] : [expected]);
    }

    private static HashSet<(string Project, string Folder)> FoldersOf(IEnumerable<SourceFile> files) =>
        [.. files.Select(file => (file.Folder, FolderOf(file))).Where(place => place.Item2 is not ("" or Support))];

    private static IEnumerable<string> StrangeFolders(SourceFile file, HashSet<(string Project, string Folder)> folders) =>
        from match in Using().Matches(file.Code)
        let place = (match.Groups["project"].Value, Folder: match.Groups["folder"].Value)
        where folders.Contains(place) && place != (file.Folder, FolderOf(file))
        select $"{file.Path}: {place.Folder}";

    private static string FolderOf(SourceFile file) => file.Path.Split('/') is [_, var folder, _, ..] ? folder : "";

    private static bool HoldsTests(SourceFile file) => Mark().IsMatch(file.Code);

    [GeneratedRegex(@"^using (?:static )?(?<project>[\w.]+\.Tests)\.(?<folder>\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\[(Test|TestCase|TestCaseSource|TestFixture|SetUpFixture)\b")]
    private static partial Regex Mark();
}
