using System.Reflection;
using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The examples on the pages compile, run, and print what the pages say. The links lead somewhere.</summary>
[TestFixture]
[NonParallelizable]
internal sealed partial class PageTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("pages").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>A page runs together with the pages that it continues. After its own output there may be what a host logs.</summary>
    [TestCaseSource(typeof(Pages), nameof(Pages.WithPrograms))]
    public async Task The_examples_of_a_page_compile_and_print_what_it_says(string page)
    {
        var program = Path.Combine(_folder, "Page.dll");
        var texts = TextsOf(page);

        var complaints = await Compiler.CompileAsync(Examples.ProgramOf([.. texts.SelectMany(Examples.BlocksOf)]), program);
        complaints.ShouldBeEmpty();
        var output = await RunAsync(program, _folder);

        output.ShouldStartWith(string.Concat(texts.SelectMany(Examples.OutputsOf)));
    }

    [Test]
    public void Every_question_has_a_page_with_a_program()
    {
        var questions = Question().Matches(Pages.All["README.md"]).Select(match => match.Groups["target"].Value).ToList();

        questions.Count.ShouldBe(24);
        questions.ShouldBe(Pages.WithPrograms.Where(page => page != "README.md"), ignoreOrder: true);
        Pages.WithPrograms.SelectMany(page => Examples.OutputsOf(Pages.All[page])).Count().ShouldBeGreaterThan(9);
    }

    /// <summary>A page that continues another is read after it, and a program begins on the first page.</summary>
    [Test]
    public void Every_program_begins_on_the_first_page()
    {
        Pages.WithPrograms.ShouldAllBe(page => TextsOf(page)[0] == Pages.All["README.md"]);
        Pages.ContinuedBy("README.md").ShouldBeNull();
    }

    [Test]
    public void Every_link_leads_to_a_file_or_a_heading()
    {
        Pages.All.Values.SelectMany(Pages.LinksOf).Count().ShouldBeGreaterThan(40);
        Pages.BrokenLinks(Pages.All, path => Path.Exists(Path.Combine(SourceTree.Repository, path))).ShouldBeEmpty();
    }

    /// <summary>No page in a package links to a file that only the repository has.</summary>
    [Test]
    public void Every_link_of_a_packed_page_leads_to_a_packed_page() =>
        Pages.BrokenLinks(Pages.Packed.ToDictionary(path => path, path => Pages.All[path]), _ => false).ShouldBeEmpty();

    [Test]
    public void Every_file_that_a_page_names_is_there()
    {
        var named = Pages.All.SelectMany(page => Pages.FilesNamedBy(page.Value).Select(file => (Page: page.Key, File: file))).ToList();

        named.Count.ShouldBeGreaterThan(20);
        named.Where(found => !Path.Exists(Path.Combine(SourceTree.Repository, found.File))).ShouldBeEmpty();
    }

    [Test]
    public void A_link_that_leads_nowhere_is_found()
    {
        Dictionary<string, string> pages = new()
        {
            ["README.md"] = "# One, two\n[a](src/a.md#1-first) [b](#one-two) [c](LICENSE) [d](https://example.com)\n```\n# Three\n[x](x)\n```\n[e](#three) "
                + "[f](b.md)\n",
            ["src/a.md"] = "## 1. First\n[a](../README.md#one-two) [b](../README.md#two) [c](../../README.md) [d](a.md)\n",
        };

        Pages.BrokenLinks(pages, path => path == "LICENSE")
            .ShouldBe(["README.md: #three", "README.md: b.md", "src/a.md: ../README.md#two", "src/a.md: ../../README.md"]);
        Pages.FilesNamedBy("`src/a.md` `a.md` `tests/B.cs` src/c.md\n```\n`src/d.md`\n```\n").ShouldBe(["src/a.md", "tests/B.cs"]);
    }

    [Test]
    public void The_page_of_words_names_what_is_there_and_where_it_is_said()
    {
        var rows = WordRow().Matches(Pages.All["src/WORDS.md"]).ToList();
        var manual = Pages.All["src/SEMANTICS.md"];
        var names = PublicApi.Of(typeof(WorkflowException).Assembly)
            .SelectMany(line => Word().Matches(line)).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);

        rows.Count.ShouldBeGreaterThan(30);
        rows.SelectMany(row => row.Groups["numbers"].Value.Split(", "))
            .Where(number => !manual.Contains($"\n### {number} ", StringComparison.Ordinal)).ShouldBeEmpty();
        rows.SelectMany(row => Code().Matches(row.Groups["code"].Value))
            .Select(code => code.Groups["name"].Value.Split('.')[^1])
            .Where(name => !names.Contains(name))
            .ShouldBeEmpty();
    }

    [Test]
    public async Task An_example_that_is_wrong_is_found()
    {
        var complaints = await Compiler.CompileAsync("using Workflow.Core;\nSerialNumber serial = 8;\n", Path.Combine(_folder, "Wrong.dll"));

        complaints.ShouldContain("CS0029");
    }

    [Test]
    public void Every_block_of_code_is_an_example()
    {
        var blocks = Examples.BlocksOf("One\n```csharp\nusing System;\nvar a = 1;\n```\ntwo\n```sh\nls\n```\n```csharp\nusing System;\nusing "
            + "System.IO;\nusing var b = c;\n```\n");

        blocks.Count.ShouldBe(2);
        Examples.ProgramOf(blocks).ShouldBe("using System;\nusing System.IO;\nvar a = 1;\nusing var b = c;");
        Pages.WithPrograms.ShouldAllBe(page => Examples.BlocksOf(Pages.All[page]).Count == Pages.All[page].Split("```csharp").Length - 1);
    }

    /// <summary>The page behind those that it continues.</summary>
    private static List<string> TextsOf(string page)
    {
        var texts = new List<string>();
        for (var next = page; next is not null; next = Pages.ContinuedBy(next))
        {
            texts.Insert(0, Pages.All[next]);
        }

        return texts;
    }

    /// <summary>Runs a program in a folder, in which it leaves its files.</summary>
    private static async Task<string> RunAsync(string program, string folder)
    {
        var console = Console.Out;
        var current = Environment.CurrentDirectory;
        await using var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        Environment.CurrentDirectory = folder;
        try
        {
            var main = Assembly.Load(await File.ReadAllBytesAsync(program)).EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Environment.CurrentDirectory = current;
            Console.SetOut(console);
        }

        return output.ToString();
    }

    /// <summary>A numbered line with a link.</summary>
    [GeneratedRegex(@"^\d+\. \[[^\]]+\]\((?<target>[^)\s]+)\)$", RegexOptions.Multiline)]
    private static partial Regex Question();

    /// <summary>A row of a table: the word, its meaning, its place in the code or further remarks, and the statements.</summary>
    [GeneratedRegex(@"^\| [^|]+ \| [^|]+ \| (?<code>[^|]*) ?\| (?<numbers>\d[\da-z., ]*) \|$", RegexOptions.Multiline)]
    private static partial Regex WordRow();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
