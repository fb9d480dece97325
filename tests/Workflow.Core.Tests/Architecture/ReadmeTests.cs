using System.Reflection;
using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The example on the first page compiles, runs, and does what it says.</summary>
[TestFixture]
[NonParallelizable]
internal sealed partial class ReadmeTests
{
    private string _folder = "";

    private static string Text => File.ReadAllText(Path.Combine(SourceTree.Repository, "README.md"));

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("readme").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>Behind it comes what the host of the last example logs.</summary>
    [Test]
    public async Task The_examples_compile_and_print_what_stands_below_them()
    {
        var program = Path.Combine(_folder, "Readme.dll");

        var complaints = await Compiler.CompileAsync(Readme.ProgramOf(Readme.BlocksOf(Text)), program);
        complaints.ShouldBeEmpty();
        var output = await RunAsync(program, _folder);

        Readme.OutputsOf(Text).Count.ShouldBeGreaterThan(5);
        output.ShouldStartWith(string.Concat(Readme.OutputsOf(Text)));
    }

    [Test]
    public void Every_link_leads_to_a_file_or_a_heading()
    {
        var links = Link().Matches(Text).Select(match => match.Groups["target"].Value).Where(target => !target.StartsWith("https://", StringComparison.Ordinal)).ToList();
        var headings = Heading().Matches(Text).Select(match => "#" + match.Groups["text"].Value.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'));

        links.Count.ShouldBeGreaterThan(20);
        links.Where(link => link.StartsWith('#') ? !headings.Contains(link, StringComparer.OrdinalIgnoreCase) : !Path.Exists(Path.Combine(SourceTree.Repository, link))).ShouldBeEmpty();
    }

    [Test]
    public void The_page_of_words_names_what_is_there_and_where_it_is_said()
    {
        var rows = WordRow().Matches(File.ReadAllText(Path.Combine(SourceTree.Repository, "src", "WORDS.md"))).ToList();
        var manual = File.ReadAllText(Path.Combine(SourceTree.Repository, "src", "SEMANTICS.md"));
        var names = PublicApi.Of(typeof(WorkflowException).Assembly).SelectMany(line => Word().Matches(line)).Select(word => word.Value).ToHashSet(StringComparer.Ordinal);

        rows.Count.ShouldBeGreaterThan(30);
        rows.SelectMany(row => row.Groups["numbers"].Value.Split(", ")).Where(number => !manual.Contains($"\n### {number} ", StringComparison.Ordinal)).ShouldBeEmpty();
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
        var blocks = Readme.BlocksOf("One\n```csharp\nusing System;\nvar a = 1;\n```\ntwo\n```sh\nls\n```\n```csharp\nusing System;\nusing System.IO;\nusing var b = c;\n```\n");

        blocks.Count.ShouldBe(2);
        Readme.ProgramOf(blocks).ShouldBe("using System;\nusing System.IO;\nvar a = 1;\nusing var b = c;");
        Readme.BlocksOf(Text).Count.ShouldBe(Text.Split("```csharp").Length - 1);
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

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    /// <summary>A row of a table: the word, what it is, where it is in the code or what else there is to say, and the statements.</summary>
    [GeneratedRegex(@"^\| [^|]+ \| [^|]+ \| (?<code>[^|]*) ?\| (?<numbers>\d[\da-z., ]*) \|$", RegexOptions.Multiline)]
    private static partial Regex WordRow();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
