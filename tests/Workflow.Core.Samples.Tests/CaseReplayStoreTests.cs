using System.Globalization;
using Cases;
using Cases.Stores;

namespace Workflow.Core.Samples.Tests;

/// <summary>The replay on a file: what cannot be used is named and blocks nothing, and being killed loses nothing and does nothing twice.</summary>
[TestFixture]
internal sealed class CaseReplayStoreTests
{
    private SmallCases _cases = null!;

    private string Store => Path.Combine(_cases.Folder, "cases.db");

    [SetUp]
    public void WriteCases() => _cases = new SmallCases();

    [TearDown]
    public void RemoveCases() => _cases.Dispose();

    [Test]
    public async Task A_file_whose_folder_is_missing_is_named()
    {
        var (code, errors) = await RunAsync("--store", "sqlite:" + Path.Combine(_cases.Folder, "nowhere", "cases.db"));

        code.ShouldBe(2);
        errors.ShouldContain($"The store Sqlite at '{Path.Combine(_cases.Folder, "nowhere", "cases.db")}' cannot be reached: The folder of");
    }

    [Test]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_is()
    {
        var content = new string('x', 5_000);
        await File.WriteAllTextAsync(Store, content);

        var (code, errors) = await RunAsync("--store", $"sqlite:{Store}");

        code.ShouldBe(2);
        errors.ShouldContain($"The store Sqlite at '{Store}' cannot be reached: ");
        (await File.ReadAllTextAsync(Store)).ShouldBe(content);
    }

    [Test]
    public async Task A_file_that_somebody_has_open_is_named()
    {
        await using var open = await StoreChoice.Parse($"sqlite:{Store}").OpenAsync(TimeProvider.System);

        var (code, errors) = await RunAsync("--store", $"sqlite:{Store}");

        code.ShouldBe(2);
        errors.ShouldContain("is in use: another process");
    }

    [TestCase("Host=127.0.0.1;Port=1;Username=nobody;Password=secret;Timeout=5")]
    [TestCase("Port=many;Password=secret")]
    public async Task A_server_that_cannot_be_reached_is_told_without_its_password(string connection)
    {
        var (code, errors) = await RunAsync("--store", $"postgres:{connection}");

        code.ShouldBe(2);
        errors.ShouldContain("The store Postgres cannot be reached: ");
        errors.ShouldNotContain("secret");
    }

    /// <summary>Input that cannot be used is found before the store is opened, so it does not stand in the way of the next run.</summary>
    [Test]
    public async Task A_run_that_is_refused_leaves_nothing_behind()
    {
        _cases.Replace(SmallCases.PermitCases, "\"T05\"", "\"T55\"");
        (await RunAsync("--store", $"sqlite:{Store}")).Code.ShouldBe(2);
        _cases.Replace(SmallCases.PermitCases, "\"T55\"", "\"T05\"");

        File.Exists(Store).ShouldBeFalse();
        (await RunAsync("--store", $"sqlite:{Store}")).ShouldBe((0, ""));
    }

    [Test]
    public async Task A_store_that_holds_a_replay_is_only_gone_on_with_when_asked_to()
    {
        await RunAsync("--store", $"sqlite:{Store}");

        var (code, errors) = await RunAsync("--store", $"sqlite:{Store}");

        code.ShouldBe(2);
        errors.ShouldContain($"The store Sqlite at '{Store}' holds 8 process instances already. Give --resume");
        (await RunAsync("--store", $"sqlite:{Store}", "--resume")).ShouldBe((0, ""));
    }

    [Test]
    public async Task A_run_to_be_killed_tells_what_cannot_be_used()
    {
        await RunAsync("--store", $"sqlite:{Store}");
        using var program = SampleProgram.Start("CaseReplay", _cases.Folder, "--store", $"sqlite:{Store}", "--kill", "2");

        var (code, errors) = await program.EndAsync();

        code.ShouldBe(2);
        errors.ShouldContain("holds 8 process instances already. Give --resume");
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task A_run_that_is_killed_again_and_again_ends_as_one_that_is_not(int atOnce)
    {
        const int Copies = 15;
        _cases.Multiply(Copies);
        using var program = SampleProgram.Start("CaseReplay", _cases.Folder, "--store", $"sqlite:{Store}", "--kill", "8", "--at-once", $"{atOnce}");

        var (code, errors) = await program.EndAsync();

        errors.ShouldBeEmpty();
        code.ShouldBe(0, string.Join('\n', program.Lines));
        var (cases, steps, escalations) = (SmallCases.Cases * Copies, SmallCases.Steps * Copies, SmallCases.Escalations * Copies);
        program.Lines.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"{"together",-20}{cases,10:N0}{steps,10:N0}{escalations,13:N0}{0,13}"));
        program.Lines.ShouldContain("month ends                   2         7                         0");
        program.Lines.ShouldContain(line => line.StartsWith("killed 8 times; ", StringComparison.Ordinal));
    }

    private async Task<(int Code, string Errors)> RunAsync(params string[] arguments)
    {
        await using var errors = new StringWriter();
        var code = await CommandLine.RunAsync([_cases.Folder, .. arguments], TextWriter.Null, errors);
        return (code, errors.ToString().Trim());
    }
}
