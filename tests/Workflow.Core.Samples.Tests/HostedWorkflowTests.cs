using Microsoft.Data.Sqlite;
using Orders;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Workflow.Core.Samples.Tests;

/// <summary>The sample of a host ends by itself, and stops in order when it is told to.</summary>
[TestFixture]
internal sealed class HostedWorkflowTests
{
    private const string Stopped = "The engine has stopped, and everything is stored.";

    private static readonly string[] _orders = ["Order 1", "Order 2", "Order 3"];

    private string _folder = "";

    private string File => Path.Combine(_folder, "orders.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("orders-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_delivers_all_orders_and_ends()
    {
        using var host = SampleProgram.Start("HostedWorkflow", "--file", File);

        var (code, errors) = await host.EndAsync();

        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        host.Lines[0].ShouldBe("Delivered so far: 0 of 3 orders.");
        host.Lines.ShouldContain("Order 2: the customer is thanked.");
        host.Lines.TakeLast(2).ShouldBe(["All orders have been delivered.", Stopped]);
        await CheckAsync(host.Lines);
    }

    [TestCase("Order 1: taken.")]
    [TestCase("Order 1: a bicycle packed.")]
    [TestCase("Order 3: a basket packed.")]
    [TestCase("Order 2: the customer is thanked.")]
    public async Task It_is_stopped_in_the_middle_and_goes_on(string after)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("There are no signals on Windows.");
        }

        using var first = SampleProgram.Start("HostedWorkflow", "--file", File);
        await first.ReadUntilAsync(after);
        await first.TerminateAsync();
        var (code, errors) = await first.EndAsync();
        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        first.Lines[^1].ShouldBe(Stopped);

        using var second = SampleProgram.Start("HostedWorkflow", "--file", File);
        (await second.EndAsync()).Code.ShouldBe(0);

        second.Lines.ShouldContain("All orders have been delivered.");
        await CheckAsync([.. first.Lines, .. second.Lines]);
    }

    /// <summary>Nothing is lost, and nothing was done twice: a host that stops in order lets what is under way end.</summary>
    private async Task CheckAsync(IReadOnlyList<string> lines)
    {
        lines.Count(line => line.EndsWith("packed.", StringComparison.Ordinal)).ShouldBe(_orders.Length);
        lines.Count(line => line.EndsWith("is thanked.", StringComparison.Ordinal)).ShouldBe(_orders.Length);
        var parcels = await System.IO.File.ReadAllLinesAsync(File + ".parcels");
        parcels.Select(parcel => parcel[(parcel.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal).ShouldBe(_orders);

        await using var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, File);
        await using var engine = WorkflowEngine.Create(options => options.Store = store);
        await engine.DeployAsync(OrderProcess.Define(new ParcelService(File + ".parcels")));
        var orders = await engine.AsSystem().FindProcessesAsync(new ProcessQuery { Definition = OrderProcess.Name });
        orders.Select(order => order.Folio).ShouldBe(_orders);
        orders.ShouldAllBe(order => order.Status == ProcessInstanceStatus.Completed);
        foreach (var order in orders)
        {
            var history = await engine.AsSystem().ReadHistoryAsync(order.Id);
            history.Count(entry => entry.Kind is JournalKind.EventCompleted).ShouldBe(3);
            history.Count(entry => entry.Kind is JournalKind.ServerItemFinished).ShouldBe(1);
            history.ShouldNotContain(entry => entry.Kind == JournalKind.EventRepeated);
        }
    }
}
