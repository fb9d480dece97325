using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The two commands of README.md run each test between them, once, and the page of the tests explains every variable.</summary>
[TestFixture]
internal sealed partial class TestCommandTests
{
    private static string Text => Pages.All["README.md"];

    /// <summary>Of two opposite filters, each runs what the other leaves out. In the short command a project is tested while others are still built. The long
    /// one builds first, so that the tests of two projects run beside each other.</summary>
    [TestCase("test-command", "dotnet test Workflow.Core.sln --nologo --filter", "!=")]
    [TestCase(
        "long-test-command", "dotnet build Workflow.Core.sln --nologo -v quiet && dotnet test Workflow.Core.sln --nologo --no-build --filter", "=")]
    public void A_test_is_in_the_long_command_exactly_if_it_is_not_in_the_short_one(string marker, string start, string comparison)
    {
        var command = Text.Split($"<!-- {marker} -->")[1].Split($"<!-- /{marker} -->")[0].Trim();

        command.ShouldBe($"```sh\n{start} \"TestCategory{comparison}{ExhaustiveAttribute.Category}\"\n```");
        File.ReadAllText(Path.Combine(SourceTree.Repository, ".ci", "run")).ShouldContain($" {marker}");
    }

    [Test]
    public void No_test_is_in_another_category_or_only_run_when_it_is_named()
    {
        SourceTree.Read("tests").SelectMany(file => Marks(file.Code)).ShouldBeEmpty();
        Marks("[Test]\n[Category(Name)]").ShouldBe(["Category("]);
        Marks("[TestCase(1, Category = Name)]").ShouldBe(["Category = Name"]);
        Marks("[Test, Explicit]").ShouldBe(["Explicit]"]);
    }

    [Test]
    public void Every_variable_that_tests_read_is_explained()
    {
        var read = SourceTree.Read("tests").SelectMany(file => Variable().Matches(file.Text)).Select(match => match.Value).Distinct().ToList();

        read.Count.ShouldBeGreaterThan(3);
        read.Where(name => !Pages.All["src/docs/tests.md"].Contains($"`{name}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Marks(string code) =>
        Mark().Matches(code).Select(match => match.Value).Where(mark => !mark.EndsWith("= ExhaustiveAttribute.Category", StringComparison.Ordinal));

    [GeneratedRegex(@"\bCategory = [\w.]+|(?<=\[[^\]\n]*)\b(Category\(|Explicit[\](,])")]
    private static partial Regex Mark();

    [GeneratedRegex("WORKFLOW_[A-Z_]+")]
    private static partial Regex Variable();
}
