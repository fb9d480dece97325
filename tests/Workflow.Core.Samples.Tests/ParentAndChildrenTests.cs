using Microsoft.Data.Sqlite;
using ParentAndChildren;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Workflow.Core.Samples.Tests;

/// <summary>The sample delivers each line of an order by a sub-process, once, wherever the program is killed.</summary>
[TestFixture]
internal sealed class ParentAndChildrenTests
{
    /// <summary>The lines that the program at work tells: the order, and each of the goods packed and delivered.</summary>
    private const int LinesOfWork = 7;

    private static readonly string[] _story =
    [
        "Dora orders a bicycle, a bell, a basket. Each line is delivered by a sub-process of its own.",
        "  The order is process instance 1.",
        "  The depot packs a bicycle.",
        "  The depot packs a bell.",
        "  The depot packs a basket.",
        "  The driver has delivered a bicycle.",
        "  The driver has delivered a bell.",
        "The program is killed. Its file has:",
        "  Order 1: Active",
        "    Delivery 2: Completed",
        "    Delivery 3: Completed",
        "    Delivery 4: Active",
        "  The order waits for 2 of its deliveries.",
        "  The depot has packed a bicycle, a bell, a basket.",
        "The program runs again:",
        "  The order is process instance 1.",
        "  The driver has delivered a basket.",
        "Now the file has:",
        "  Order 1: Completed",
        "    Delivery 2: Completed",
        "    Delivery 3: Completed",
        "    Delivery 4: Completed",
        "  The order waits for 0 of its deliveries.",
        "  The depot has packed a bicycle, a bell, a basket.",
        "All that has happened, in the order and in its sub-processes:",
        "  08:00  1  Order is started in the name of dora",
        "  08:00  1  'Deliver the line' starts 2 Delivery",
        "  08:00  1  'Deliver the line' starts 3 Delivery",
        "  08:00  1  'Deliver the line' starts 4 Delivery",
        "  08:05  2  Delivery is started in the name of dora",
        "  08:05  2  is a sub-process of 1_1",
        "  08:05  2  'Wait for the driver' waits",
        "  08:05  3  Delivery is started in the name of dora",
        "  08:05  3  is a sub-process of 1_2",
        "  08:05  3  'Wait for the driver' waits",
        "  08:05  4  Delivery is started in the name of dora",
        "  08:05  4  is a sub-process of 1_3",
        "  08:05  4  'Wait for the driver' waits",
        "  08:30  2  Receiver is now \"Dora\"",
        "  08:30  2  'Wait for the driver' is finished by driver",
        "  08:30  2  Delivery is completed",
        "  08:35  1  Receiver is now \"Dora\"",
        "  08:35  1  'Deliver the line' hears that 2 has ended",
        "  09:00  3  Receiver is now \"the neighbor\"",
        "  09:00  3  'Wait for the driver' is finished by driver",
        "  09:00  3  Delivery is completed",
        "  12:05  1  Receiver is now \"the neighbor\"",
        "  12:05  1  'Deliver the line' hears that 3 has ended",
        "  12:30  4  Receiver is now \"Dora\"",
        "  12:30  4  'Wait for the driver' is finished by driver",
        "  12:30  4  Delivery is completed",
        "  12:35  1  Receiver is now \"Dora\"",
        "  12:35  1  'Deliver the line' hears that 4 has ended",
        "  12:35  1  Order is completed",
    ];

    private string _folder = "";

    private string File => Path.Combine(_folder, "orders.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("orders-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_tells_of_the_family_the_kill_and_the_history()
    {
        using var program = SampleProgram.Start("ParentAndChildren", "--file", File);
        var (code, errors) = await program.EndAsync();

        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        program.Lines.ShouldBe(_story);
        await CheckAsync();
    }

    [Test]
    public async Task It_is_killed_after_a_line_of_its_work([Range(1, LinesOfWork)] int line)
    {
        (await WorkAsync(hour: 8, killAfter: line)).ShouldBeTrue();
        await WorkAsync(hour: 12, killAfter: null);

        await CheckAsync();
    }

    /// <summary>Every run is killed at its second line, until one has no second line.</summary>
    [Test]
    public async Task It_is_killed_again_and_again()
    {
        var hour = 0;
        while (await WorkAsync(hour, killAfter: 2))
        {
            hour++;
        }

        hour.ShouldBeGreaterThan(2);
        await CheckAsync();
    }

    [Test]
    public async Task A_file_that_is_there_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, "something else");
        using var program = SampleProgram.Start("ParentAndChildren", "--file", File);

        var (code, errors) = await program.EndAsync();

        code.ShouldBe(1);
        errors.ShouldContain("the file is there already");
    }

    /// <returns>Whether it was killed; it ends by itself when it has no such line.</returns>
    private async Task<bool> WorkAsync(int hour, int? killAfter)
    {
        using var program = SampleProgram.Start("ParentAndChildren", "--work", File, $"2026-05-04T{hour:00}:00:00Z");
        await program.ReadAsync(killAfter ?? int.MaxValue);
        if (program.Lines.Count == killAfter)
        {
            await program.KillAsync();
            return true;
        }

        var (code, errors) = await program.EndAsync();
        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        return false;
    }

    private async Task CheckAsync()
    {
        await using var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, File);
        await using var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (store, false));
        var depot = new Depot(File + ".depot", _ => { });
        await engine.DeployAsync([Order.Define(), Delivery.Define(depot)]);

        var processes = await engine.AsSystem().FindProcessesAsync(new ProcessQuery());
        processes.Select(process => process.Definition).ShouldBe([Order.Name, .. Shop.Goods.Select(_ => Delivery.Name)]);
        processes.ShouldAllBe(process => process.Status == ProcessInstanceStatus.Completed);
        processes.Skip(1).ShouldAllBe(process => process.Parent == processes[0].Id);
        (await store.FindMessagesAsync(new MessageQuery { Limit = 100 }, CancellationToken.None)).ShouldBeEmpty();
        depot.Parcels().ShouldBe(Shop.Goods);
        await CheckOrderAsync(engine, processes[0].Id);
        foreach (var delivery in processes.Skip(1))
        {
            var facts = await engine.AsSystem().ReadHistoryAsync(delivery.Id, limit: 500);
            facts.Count(fact => fact.Kind is JournalKind.StartedAsSubProcess).ShouldBe(1);
            facts.Count(fact => fact.Kind is JournalKind.ServerItemFinished).ShouldBe(1);
        }
    }

    private static async Task CheckOrderAsync(WorkflowEngine engine, ProcessInstanceId order)
    {
        var facts = await engine.AsSystem().ReadHistoryAsync(order, limit: 500);

        facts.Count(fact => fact.Kind is JournalKind.SubProcessStarted).ShouldBe(Shop.Goods.Count);
        facts.Count(fact => fact.Kind is JournalKind.SubProcessEnded).ShouldBe(Shop.Goods.Count);
        facts.Count(fact => fact.Kind is JournalKind.SubProcessEndIgnored or JournalKind.SubProcessEndKept).ShouldBe(0);
        facts.Where(fact => fact.Kind is JournalKind.FieldChanged).Select(fact => fact.Value.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe(["\"Dora\"", "\"Dora\"", "\"the neighbor\""]);
    }
}
