using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter07ServerEvents
{
    private static readonly ProcessField<bool> Paid = new("Paid", initial: false);

    public enum End
    {
        Asynchronous,
        Synchronous,
        Throws,
    }

    /// <code>
    /// ► Pay (hands out its serial number before it returns) ──► Close ──►
    /// </code>
    private static ProcessDefinition Paying(Gate gate, End end) => ProcessDefinition.Define("Paying", process =>
    {
        process.OpenToAll().Fields(Paid);
        var pay = process.Activity("Pay", activity => activity.Server("Order", async (context, cancellation) =>
        {
            if (end is End.Asynchronous)
            {
                context.WaitUntilFinished();
            }

            await gate.PassAsync(context.Serial, cancellation);
            if (end is End.Throws)
            {
                throw new InvalidOperationException("no connection");
            }
        }));
        process.StartsWith(pay);
        pay.To(process.Activity("Close"));
    });

    [Test]
    [Statement("7.1")]
    public async Task A_server_event_is_synchronous_unless_its_code_says_otherwise()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Plain", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.Logs("One", called).Waits("Two").Logs("Three", called)));
        }));

        var id = await bed.BeginAsync();
        called.Count.ShouldBe(1);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ServerItemsAsync(id)).ShouldBe([new SerialNumber(id, 1)]);
        await bed.FinishAsync(id, "Work");

        called.Count.ShouldBe(2);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("7.1")]
    public async Task A_finish_that_comes_before_the_code_has_returned_is_stored_at_once_and_applied_later()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Paying(gate, End.Asynchronous));
        var starting = bed.StartAsync("dora");
        var serial = await gate.Reached;

        (await bed.FinishAsync(serial, finish => finish.Set(Paid, true))).ShouldBe(FinishReceipt.Stored);
        starting.IsCompleted.ShouldBeFalse("the code still runs");
        gate.Open();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.ReadAsync(serial.ProcessInstance)).Fields.Get<bool>("Paid").ShouldBeTrue();
        (await bed.CompletedAsync(serial.ProcessInstance)).ShouldBe(["Pay", "Close"]);
        (await bed.CountAsync(serial.ProcessInstance, JournalKind.FinishStored)).ShouldBe(1);
        var finished = (await bed.HistoryAsync(serial.ProcessInstance)).Single(entry => entry.Kind is JournalKind.ServerItemFinished);
        finished.User.ShouldBe("bank");
    }

    [Test]
    [Statement("7.1")]
    public async Task A_stored_finish_is_dropped_and_recorded_when_the_code_returns_synchronously()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Paying(gate, End.Synchronous));
        var starting = bed.StartAsync("dora");
        var serial = await gate.Reached;

        (await bed.FinishAsync(serial, finish => finish.Set(Paid, true))).ShouldBe(FinishReceipt.Stored);
        gate.Open();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.ReadAsync(serial.ProcessInstance)).Fields.Get<bool>("Paid").ShouldBeFalse();
        (await bed.CountAsync(serial.ProcessInstance, JournalKind.FinishDropped)).ShouldBe(1);
        (await bed.CountAsync(serial.ProcessInstance, JournalKind.ServerItemFinished)).ShouldBe(0);
    }

    [Test]
    [Statement("7.1")]
    public async Task A_stored_finish_is_kept_for_the_retry_when_the_code_throws()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Paying(gate, End.Throws));
        var starting = bed.StartAsync("dora");
        var serial = await gate.Reached;

        (await bed.FinishAsync(serial, finish => finish.Set(Paid, true))).ShouldBe(FinishReceipt.Stored);
        gate.Open();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(serial.ProcessInstance)).Fields.Get<bool>("Paid").ShouldBeFalse();
        (await bed.CountAsync(serial.ProcessInstance, JournalKind.FinishStored)).ShouldBe(1);
        (await bed.CountAsync(serial.ProcessInstance, JournalKind.FinishDropped)).ShouldBe(0);
    }

    [Test]
    [Statement("7.3")]
    public async Task The_second_of_two_early_finishes_is_refused()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Paying(gate, End.Asynchronous));
        var starting = bed.StartAsync("dora");
        var serial = await gate.Reached;
        await bed.FinishAsync("bank", serial);

        var refusal = await Should.ThrowAsync<ServerItemFinishedException>(() => bed.FinishAsync("other bank", serial));

        refusal.FinishedBy.ShouldBe("bank");
        gate.Open();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("11.6")]
    public async Task An_early_finish_with_a_value_of_the_wrong_type_is_refused_and_not_stored()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(Paying(gate, End.Asynchronous));
        var starting = bed.StartAsync("dora");
        var serial = await gate.Reached;

        await Should.ThrowAsync<DataFieldException>(() => bed.FinishAsync(serial, finish => finish.Set("Paid", FieldValue.From("yes"))));
        (await bed.FinishAsync(serial, finish => finish.Set(Paid, true))).ShouldBe(FinishReceipt.Stored);
        gate.Open();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("7.3")]
    public async Task An_opened_item_sets_fields_and_is_finished_once()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Paying", process =>
        {
            process.OpenToAll().Fields(Paid);
            process.StartsWith(process.Activity("Pay", activity => activity.Server("Order", context => context.WaitUntilFinished("order 7"))));
        }));
        var id = await bed.BeginAsync(start => start.Folio("Rent"));
        var item = await bed.Engine.As("bank").OpenServerItemAsync(new SerialNumber(id, 1));
        (item.Activity, item.Event, item.CorrelationKey, item.Folio, item.Get(Paid)).ShouldBe(("Pay", "Order", "order 7", "Rent", false));
        bed.Clock.Advance(TimeSpan.FromHours(2));

        (await item.Set(Paid, true).FinishAsync()).ShouldBe(FinishReceipt.Applied);

        (await bed.ReadAsync(id)).Fields.Get<bool>("Paid").ShouldBeTrue();
        var refusal = await Should.ThrowAsync<ServerItemFinishedException>(async () => await item.FinishAsync());
        (refusal.Serial, refusal.FinishedBy, refusal.FinishedAt).ShouldBe((item.Serial, "bank", WorkflowTestBed.Beginning.AddHours(2)));
    }

    [Statement("7.3")]
    [TestCase(true)]
    [TestCase(false)]
    public async Task The_rule_of_an_event_is_asked_with_the_values_of_its_finish(bool paid)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Paying", process =>
        {
            process.OpenToAll().Fields(Paid);
            process.StartsWith(process.Activity("Pay", activity => activity
                .Server("Order", context => context.WaitUntilFinished(), succeedingRule: Paid == true)
                .WhenUnresolved(WhenUnresolved.Wait)));
        }));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, "Pay", finish => finish.Set(Paid, paid));

        (await bed.StatusAsync(id)).ShouldBe(paid ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active);
        await Should.ThrowAsync<ServerItemFinishedException>(() => bed.FinishAsync(new SerialNumber(id, 1)));
    }

    [Test]
    [Statement("14.9")]
    public async Task A_context_that_is_used_after_its_code_has_returned_says_so()
    {
        ServerEventContext? kept = null;
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Keeping", process =>
        {
            process.OpenToAll().Fields(Paid);
            process.StartsWith(process.Activity("Work", activity => activity.Server("Keep", context => kept = context)));
        }));
        await bed.BeginAsync();

        Should.Throw<InvalidOperationException>(() => kept!.Set(Paid, true)).Message.ShouldContain("Keep");
        Should.Throw<InvalidOperationException>(() => kept!.WaitUntilFinished());
        Should.Throw<InvalidOperationException>(() => kept!.Get(Paid));
    }
}
