using System.Reflection;

namespace Workflow.Core.Tests.Architecture;

/// <summary>What the first page shows compiles, runs, and does what it says.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class ReadmeTests
{
    private string _folder = "";

    private static string Text => File.ReadAllText(Path.Combine(SourceTree.Repository, "README.md"));

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("readme").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_examples_compile_and_run()
    {
        var program = Path.Combine(_folder, "Readme.dll");

        var complaints = await Compiler.CompileAsync(Readme.ProgramOf(Readme.BlocksOf(Text)), program);
        complaints.ShouldBeEmpty();
        var output = await RunAsync(program, _folder);

        output.ShouldStartWith("The bank is to pay 240 and to finish 1_5.\nCompleted\nTrue\nCongress in Oslo, 0 in Error\n");
        output.ShouldContain("Withdraw");
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
}
