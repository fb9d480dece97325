using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace Workflow.Core.Tests.Patterns;

/// <summary>The table on the page of the patterns is made of the tests that show them. Run the tests with the environment variable UPDATE=1 to rewrite
/// it.</summary>
[TestFixture]
internal sealed partial class PatternPageTests
{
    private const int Count = 43;
    private const string Begin = "<!-- patterns -->\n";
    private const string End = "<!-- /patterns -->";

    private static readonly string _page = Path.Combine(SourceTree.Repository, "src", "docs", "patterns.md");

    private static readonly IReadOnlyList<(PatternAttribute Pattern, MethodInfo Test)> _shown =
    [
        .. from fixture in typeof(PatternPageTests).Assembly.GetTypes()
           from test in fixture.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
           let pattern = test.GetCustomAttribute<PatternAttribute>()
           where pattern is not null
           orderby pattern.Number
           select (pattern, test),
    ];

    [Test]
    public void Every_pattern_of_the_catalogue_is_shown_once() =>
        _shown.Select(shown => shown.Pattern.Number).ShouldBe(Enumerable.Range(1, Count));

    [Test]
    public void The_name_of_a_test_is_that_of_its_pattern() =>
        _shown.Where(shown => shown.Test.Name != NameOf(shown.Pattern)).Select(shown => $"{shown.Test.Name}: {NameOf(shown.Pattern)}").ShouldBeEmpty();

    [Test]
    public void Every_pattern_is_shown_by_a_test_that_runs() =>
        _shown.Where(shown => !shown.Test.GetCustomAttributes().Any(attribute => attribute is ITestBuilder or ISimpleTestBuilder)
                || shown.Test.IsDefined(typeof(IgnoreAttribute)))
            .Select(shown => shown.Test.Name)
            .ShouldBeEmpty();

    [Test]
    public void The_table_on_the_page_is_that_of_the_tests()
    {
        var page = File.ReadAllText(_page);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        var table = Table();
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(_page, page[..begin] + table + page[end..]);
            return;
        }

        page[begin..end].Split('\n').ShouldBe(table.Split('\n'), "The tests of the patterns have changed. Run this test with UPDATE=1.");
    }

    private static string Table() => "| number | pattern | how it is written | test |\n|---|---|---|---|\n" + string.Concat(_shown.Select(shown =>
        $"| {shown.Pattern.Number} | {shown.Pattern.Name} | {Cell(shown.Pattern.How)} | `{shown.Test.DeclaringType!.Name}.{shown.Test.Name}` |\n"));

    /// <summary>A bar would end the cell.</summary>
    private static string Cell(string text) => text.Replace("|", @"\|", StringComparison.Ordinal);

    private static string NameOf(PatternAttribute pattern) => $"WCP{pattern.Number:00}_{NoLetters().Replace(pattern.Name, "_")}";

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoLetters();
}
