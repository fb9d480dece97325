using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Some rules of plain English that a machine can check: a sentence begins with its subject, and people are they.</summary>
[TestFixture]
internal sealed partial class EnglishTests
{
    /// <summary>This file shows what is wrong.</summary>
    private static readonly IReadOnlyList<SourceFile> _sources = [.. SourceTree.Everything.Where(file => file.Name != "EnglishTests.cs")];

    private static readonly IReadOnlyList<SourceFile> _pages = [.. Pages.All.Select(page => new SourceFile(page.Key, WithoutCode(page.Value)))];

    /// <summary>Such a sentence makes its reader wait for its subject. A question may begin so.</summary>
    [Test]
    public void No_sentence_begins_with_a_relative_who_or_what()
    {
        var comments = _sources.SelectMany(file => Found(file.Path, CommentsOf(file.Text), RelativeBeginning()));
        var messages = _sources.SelectMany(file => Found(file.Path, MessagesOf(file.Text), RelativeBeginning()));
        var pages = _pages.SelectMany(page => Found(page.Path, [page.Text], RelativeBeginning()));

        comments.Concat(messages).Concat(pages).ShouldBeEmpty();
    }

    [Test]
    public void People_are_they()
    {
        var comments = _sources.SelectMany(file => Found(file.Path, CommentsOf(file.Text), HeOrShe()));
        var messages = SourceTree.AllOfSrc.SelectMany(file => Found(file.Path, MessagesOf(file.Text), HeOrShe()));
        var pages = _pages.SelectMany(page => Found(page.Path, [page.Text], HeOrShe()));

        comments.Concat(messages).Concat(pages).ShouldBeEmpty();
    }

    [Test]
    public void The_name_of_a_test_begins_with_its_subject()
    {
        var tests = SourceTree.Read("tests");
        tests.ShouldNotBeEmpty();

        tests.SelectMany(file => RelativeName().Matches(file.Code).Select(match => $"{file.Path}: {match.Value}")).ShouldBeEmpty();
    }

    [TestCase("It waits. What it stored stays.", true)]
    [TestCase("Who has a task sees it.", true)]
    [TestCase("Nothing is lost: whatever it stored stays.", false)]
    [TestCase("Nothing is lost. Whoever asks is told.", true)]
    [TestCase("Who may act on a task? The user.", false)]
    [TestCase("A user who has a task sees it.", false)]
    [TestCase("| folio | What people call it. |", true)]
    [TestCase("<summary>Whose task it is.</summary>", true)]
    public void A_relative_beginning_is_found(string text, bool expected) => Found("here", [text], RelativeBeginning()).Any().ShouldBe(expected);

    [TestCase("A user has his tasks.", true)]
    [TestCase("If she asks, the answer is no.", true)]
    [TestCase("The history of their tasks.", false)]
    public void He_and_she_are_found(string text, bool expected) => Found("here", [text], HeOrShe()).Any().ShouldBe(expected);

    [Test]
    public void Comments_are_read_over_lines_and_messages_without_code()
    {
        const string Code = "/// <summary>It waits.\n/// What it is.</summary>\nvar a = \"One. What two is.\";   // Three\n// four\n// five\n";

        CommentsOf(Code).ShouldBe(["<summary>It waits. What it is.</summary>", "four five"]);
        MessagesOf(Code).ShouldBe(["One. What two is."]);
    }

    private static IEnumerable<string> Found(string place, IEnumerable<string> texts, Regex what) =>
        texts.SelectMany(text => what.Matches(text)).Where(match => !match.Value.EndsWith('?')).Select(match => $"{place}: {match.Value}");

    /// <summary>The comments that have lines of their own. Lines that follow each other are one comment.</summary>
    private static IEnumerable<string> CommentsOf(string text) =>
        Comment().Matches(text).Select(match => CommentMark().Replace(match.Value, " ").Trim());

    private static IEnumerable<string> MessagesOf(string text) =>
        Comment().Replace(text, "").Split('\n').SelectMany(line => Literal().Matches(line)).Select(match => match.Groups["text"].Value).Where(
            literal => literal.Contains(' ', StringComparison.Ordinal));

    /// <summary>Programs and pictures have no sentences, and headings may be questions.</summary>
    private static string WithoutCode(string page) => Heading().Replace(Fence().Replace(page, ""), "");

    [GeneratedRegex(@"(?:(?<=[.;!?]\s)|(?<=^|\n(?:[-*] )?)|(?<=\w>)|(?<=\| ))(?:Who|What|Whoever|Whatever|Whose|Whom)\b[^.?]*[.?]?")]
    private static partial Regex RelativeBeginning();

    [GeneratedRegex(@"\b(?:he|his|him|himself|she|her|hers|herself)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HeOrShe();

    [GeneratedRegex(@"\b(?:Task|void) (?:Who|What|Whoever|Whatever|Whose|Whom|Of)_\w+")]
    private static partial Regex RelativeName();

    [GeneratedRegex(@"(?:^[ \t]*//[^\n]*(?:\n|$))+", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s*\n?[ \t]*///?[ \t]?")]
    private static partial Regex CommentMark();

    [GeneratedRegex(@"""(?<text>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^```.*?^```\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#.*$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
