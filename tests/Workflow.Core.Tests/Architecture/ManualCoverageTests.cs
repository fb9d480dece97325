using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Holds <c>src/SEMANTICS.md</c>, the sources and the tests together: no number is cited that is not stated, and nothing is stated that is not
/// tested.</summary>
[TestFixture]
public sealed partial class ManualCoverageTests
{
    private static readonly string Manual = File.ReadAllText(Path.Combine(SourceTree.Repository, "src", "SEMANTICS.md"));

    private static readonly Statement[] Statements =
    [
        .. StatementHeading().Matches(Manual).Select(match => new Statement(match.Groups["number"].Value, match.Groups["mark"].Value)),
    ];

    private static readonly HashSet<string> Numbers = [.. Statements.Select(statement => statement.Number)];

    [Test]
    public void Every_statement_has_a_number_of_its_own_and_the_numbers_ascend()
    {
        var numbers = Statements.Select(statement => statement.Number).ToArray();

        numbers.ShouldNotBeEmpty();
        numbers.ShouldBe(numbers.Distinct().OrderBy(Ordered));
    }

    [Test]
    public void Every_heading_of_a_statement_is_understood_and_carries_no_mark_but_the_known_ones()
    {
        var headings = Manual.Split('\n').Count(line => line.StartsWith("### ", StringComparison.Ordinal));

        Statements.Length.ShouldBe(headings);
        Statements.Select(statement => statement.Mark).Distinct().ShouldBeSubsetOf(["", "advice", "not executed"]);
    }

    [Test]
    public void Every_statement_stands_in_the_chapter_of_its_number()
    {
        var chapter = "";
        foreach (var line in Manual.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                chapter = line[3..line.IndexOf('.', StringComparison.Ordinal)];
            }
            else if (StatementHeading().Match(line) is { Success: true } heading)
            {
                heading.Groups["number"].Value.Split('.')[0].ShouldBe(chapter, line);
            }
        }
    }

    [Test]
    public void Every_chapter_begins_with_a_summary_of_at_most_five_short_lines()
    {
        var chapters = Manual.Split("\n## ")[1..];

        chapters.Length.ShouldBeGreaterThan(10);
        foreach (var chapter in chapters)
        {
            var summary = chapter.Split("\n### ")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

            summary.Length.ShouldBeInRange(1, 5, chapter[..20]);
            summary.ShouldAllBe(line => line.StartsWith("- ", StringComparison.Ordinal) && line.EndsWith('.') && line.Length <= 122);
        }
    }

    [Test]
    public void Every_statement_that_the_manual_refers_to_exists() => Unknown(Citations("SEMANTICS.md", Manual)).ShouldBeEmpty();

    [Test]
    public void Every_statement_that_the_sources_cite_exists()
    {
        var citations = SourceTree.AllOfSrc.SelectMany(file => Citations(file.Path, file.Text)).ToArray();

        citations.ShouldNotBeEmpty();
        Unknown(citations).ShouldBeEmpty();
    }

    /// <summary>A mistake of a caller or of the library rests on no statement, and stores know theirs best.</summary>
    [Test]
    public void Every_exception_has_the_number_of_its_statement_but_for_those_that_rest_on_none()
    {
        var exceptions = SourceTree.AllOfSrc.Where(file => file.Code.Contains("Exception : WorkflowException", StringComparison.Ordinal)).ToList();

        exceptions.Count.ShouldBeGreaterThan(20);
        exceptions.Where(file => !file.Code.Contains("Statement = ", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file.Path))
            .ShouldBe(
            [
                "ProcessInstanceNotFoundException", "ProcessStoreException", "StoreContractException", "StoredFormatException", "WorkflowInvariantException",
                "WorkflowTestException",
            ], ignoreOrder: true);
    }

    /// <summary>An exception has the number as a property, where a program can read it; in a message it is noise to everybody else.</summary>
    [Test]
    public void No_message_cites_a_statement()
    {
        var messages = SourceTree.AllOfSrc.SelectMany(file => CitingMessage().Matches(file.Text).Select(match => $"{file.Path}: {match.Value.Trim()}"));

        messages.ShouldBeEmpty();
        CitingMessage().Count("/// (statement 1.8)\nthrow new E($\"No {x} (statement 1.8).\");\nvar a = \"statements 3.4 and 3.5\";\nSend(statement, "
            + "\"3\");\n").ShouldBe(2);
    }

    [Test]
    public void Every_statement_that_a_test_names_exists() => Unknown(NamedByTests()).ShouldBeEmpty();

    [Test]
    public void Every_statement_that_says_what_the_engine_does_has_a_test()
    {
        var tested = NamedByTests().Select(citation => citation.Number).ToHashSet();

        var untested = Statements.Where(statement => statement.Mark.Length == 0 && !tested.Contains(statement.Number));

        untested.Select(statement => statement.Number).ShouldBeEmpty("these statements have no test that carries their number");
    }

    [TestCase("(statement 3.4).", "3.4")]
    [TestCase("Statements 3.4 and 3.5", "3.4 3.5")]
    [TestCase("statements 11.1, 11.2 and 11.6", "11.1 11.2 11.6")]
    [TestCase("statements 1.2, 7.1 to 7.3", "1.2 7.1 7.1b 7.2 7.3")]
    [TestCase("statements 10.1 and 15)", "10.1 15")]
    [TestCase("/// (statements 10.8 and\n    /// 10.9).", "10.8 10.9")]
    [TestCase("/// see statement\n    /// 7.2.", "7.2")]
    [TestCase("statement 10.7, 3 times", "10.7")]
    [TestCase("Offends(\"13.8\", \"0.1.0\")", "13.8")]
    [TestCase("statement {Statement}", "")]
    [TestCase("(statement 5.2b).", "5.2b")]
    [TestCase("statements 5.2 and 5.2b, 14.7 to 14.7b", "5.2 5.2b 14.7 14.7b")]
    [TestCase("statements 14.6 to 14.7b", "14.6 14.7 14.7b")]
    [TestCase("Offends(\"14.7b\", \"0.1.0\")", "14.7b")]
    public void A_citation_is_found_in_each_of_the_forms_that_are_in_use(string text, string expected) =>
        string.Join(' ', Citations("here", text).Select(citation => citation.Number)).ShouldBe(expected);

    /// <summary>A heading such as <c>### 1.1 Client event (not executed)</c>.</summary>
    [GeneratedRegex(@"^### (?<number>\d+(\.\d+[a-z]?)?) [^(\n]+?( \((?<mark>[^)\n]+)\))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StatementHeading();

    /// <summary>The word, a number, and as many more numbers as follow it. Only the first may lack a decimal point, or a number that counts something would be
    /// taken for a statement. 15 is a statement by itself.</summary>
    [GeneratedRegex(
        @"\bstatements? (?<number>\d+(\.\d+[a-z]?)?)\b(?<more>(,? and |,? or |, | to )(\d+\.\d+[a-z]?|15)\b)*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Citation();

    /// <summary>A line with a citation in a text. Lines that are comments only are left out.</summary>
    [GeneratedRegex(@"^(?!\s*(//|#)).*""[^""\n]*\bstatements? [\d{].*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CitingMessage();

    /// <summary>A number that is handed on by itself, to be put into a message.</summary>
    [GeneratedRegex(@"(?<="")(\d+\.\d+[a-z]?|15)(?="")", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberInQuotes();

    /// <summary>Where a documentation comment or a comment goes on in the next line.</summary>
    [GeneratedRegex(@"\s*\n\s*(///?\s*)?")]
    private static partial Regex LineBreak();

    private static IEnumerable<(string Place, string Number)> Citations(string place, string text)
    {
        var flat = LineBreak().Replace(text, " ");
        foreach (Match citation in Citation().Matches(flat))
        {
            var last = citation.Groups["number"].Value;
            yield return (place, last);
            foreach (Capture more in citation.Groups["more"].Captures)
            {
                var number = more.Value[(more.Value.LastIndexOf(' ') + 1)..];
                foreach (var covered in more.Value.Contains(" to ", StringComparison.Ordinal) ? Behind(last, number) : [number])
                {
                    yield return (place, covered);
                }

                last = number;
            }
        }

        foreach (Match quoted in NumberInQuotes().Matches(flat))
        {
            yield return (place, quoted.Value);
        }
    }

    /// <summary>The statements behind the first one of a range, up to and with its last, those with a letter included. A range over two chapters, or to a
    /// statement that does not exist, has no meaning.</summary>
    private static IEnumerable<string> Behind(string first, string last)
    {
        var (from, to) = (Ordered(first), Ordered(last));
        return from.Chapter == to.Chapter && from.CompareTo(to) < 0 && Numbers.Contains(last)
            ? Statements.Select(statement => statement.Number).Where(number => Ordered(number).CompareTo(from) > 0 && Ordered(number).CompareTo(to) <= 0)
            : [$"{first} to {last}"];
    }

    private static IEnumerable<(string Place, string Number)> NamedByTests() =>
        from fixture in typeof(ManualCoverageTests).Assembly.GetTypes()
        from method in fixture.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where IsRun(method) && IsRun(fixture)
        from statement in method.GetCustomAttributes<StatementAttribute>().Concat(fixture.GetCustomAttributes<StatementAttribute>())
        select ($"{fixture.Name}.{method.Name}", statement.Number);

    /// <summary>A test that is ignored or only run on demand proves nothing.</summary>
    private static bool IsRun(MethodInfo method) =>
        method.GetCustomAttributes().Any(attribute => attribute is ITestBuilder or ISimpleTestBuilder)
        && !method.IsDefined(typeof(IgnoreAttribute))
        && !method.IsDefined(typeof(ExplicitAttribute));

    private static bool IsRun(Type fixture) => !fixture.IsDefined(typeof(IgnoreAttribute)) && !fixture.IsDefined(typeof(ExplicitAttribute));

    private static string[] Unknown(IEnumerable<(string Place, string Number)> citations) =>
        [.. citations.Where(citation => !Numbers.Contains(citation.Number)).Select(citation => $"{citation.Place}: {citation.Number}").Distinct()];

    /// <summary>5.2b follows 5.2, and comes before 5.3.</summary>
    private static (int Chapter, int Position, string Letter) Ordered(string number)
    {
        var parts = number.Split('.');
        var position = parts.Length == 1 ? "0" : parts[1].TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
        return (
            int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(position, CultureInfo.InvariantCulture),
            parts.Length == 1 ? "" : parts[1][position.Length..]);
    }

    private readonly record struct Statement(string Number, string Mark);
}
