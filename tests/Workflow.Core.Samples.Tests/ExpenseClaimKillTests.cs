using Expenses;
using Microsoft.Data.Sqlite;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Workflow.Core.Samples.Tests;

/// <summary>The main sample, killed wherever one likes and started again on the same file: it goes on where it was.</summary>
[TestFixture]
internal sealed class ExpenseClaimKillTests
{
    private const int LinesOfStory = 33;

    private static readonly (string?, string?)[] _train = [("ann", "Approve"), ("cy", "Approve"), ("fay", "Accept")];
    private static readonly (string?, string?)[] _congress =
        [("bob", "Decline"), ("dora", "Submit"), ("ann", "Approve"), ("bob", "Approve"), ("max", "Accept")];

    private string _folder = "";

    private string File => Path.Combine(_folder, "claims.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("expenses-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_is_killed_after_a_line_of_its_story([Range(1, LinesOfStory, 2)] int line)
    {
        await RunAsync(killAfter: line);
        await RunAsync(killAfter: null);

        await CheckAsync(kills: 1);
    }

    /// <summary>Every run comes a few lines further than the one before, until one comes to the end.</summary>
    [Test]
    public async Task It_is_killed_again_and_again()
    {
        var kills = 0;
        while (await RunAsync(killAfter: 2 + (2 * kills)))
        {
            kills++;
        }

        kills.ShouldBeGreaterThan(3);
        await CheckAsync(kills);
    }

    [Test]
    public async Task A_story_that_was_told_is_told_anew()
    {
        await RunAsync(killAfter: null);
        await RunAsync(killAfter: null);

        await CheckAsync(kills: 0);
        new Bank(File + ".bank").Orders().Count.ShouldBe(4);
    }

    [Test]
    public async Task Only_one_program_has_the_file()
    {
        await using var office = await Office.OpenAsync(File, TextWriter.Null);
        using var second = SampleProgram.Start("ExpenseClaim", "--file", File);

        var (code, errors) = await second.EndAsync();

        code.ShouldBe(1);
        errors.ShouldContain("is in use: another process");
    }

    [Test]
    public async Task An_argument_that_is_not_known_is_refused()
    {
        using var program = SampleProgram.Start("ExpenseClaim", "--fiel", File);

        var (code, errors) = await program.EndAsync();

        code.ShouldBe(1);
        errors.ShouldContain("'--fiel ");
    }

    /// <returns>Whether it was killed; it ends by itself when it has no such line.</returns>
    private async Task<bool> RunAsync(int? killAfter)
    {
        using var program = SampleProgram.Start("ExpenseClaim", "--file", File);
        await program.ReadAsync(killAfter ?? int.MaxValue);
        if (program.Lines.Count == killAfter)
        {
            await program.KillAsync();
            return true;
        }

        var (code, errors) = await program.EndAsync();
        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        program.Lines.ShouldContain("   'Train to Lisbon' is Completed, and paid.");
        program.Lines.ShouldContain("   'Congress in Oslo' is Completed, and paid.");
        return false;
    }

    private async Task CheckAsync(int kills)
    {
        var bank = new Bank(File + ".bank");
        await using var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, File);
        await using var engine = WorkflowEngine.Create(options => options.Store = store);
        await engine.DeployAsync(ExpenseClaim.Define(bank));

        var claims = await engine.AsSystem().FindProcessesAsync(new ProcessQuery { Definition = ExpenseClaim.Name });
        claims.Select(claim => claim.Folio).ShouldBe(["Train to Lisbon", "Congress in Oslo"]);
        claims.ShouldAllBe(claim => claim.Status == ProcessInstanceStatus.Completed);
        (await DecisionsAsync(engine, claims[0].Id)).ShouldBe(_train);
        (await DecisionsAsync(engine, claims[1].Id)).ShouldBe(_congress);

        // The bank may have been asked again, once for each kill; it knows the order by its key. A story that was killed after its end was told anew.
        bank.Unpaid.ShouldBeEmpty();
        var orders = bank.Orders().Where(order => claims.Any(claim => claim.Id == order.Serial.ProcessInstance)).ToList();
        orders.Count.ShouldBeInRange(2, 2 + kills);
        orders.DistinctBy(order => order.Key).Count().ShouldBe(2);
        orders.Distinct().Count().ShouldBe(2);
    }

    private static async Task<IEnumerable<(string?, string?)>> DecisionsAsync(WorkflowEngine engine, ProcessInstanceId claim) =>
        (await engine.AsSystem().ReadHistoryAsync(claim, limit: 500))
            .Where(entry => entry.Kind is JournalKind.SlotCompleted).Select(entry => (entry.User, entry.Name));
}
