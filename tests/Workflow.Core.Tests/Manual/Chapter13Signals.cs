using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Signals, and the events that wait for them.</summary>
[TestFixture]
public sealed class Chapter13Signals
{
    private static readonly ProcessField<decimal> Amount = new("Amount", initial: 0m);
    private static readonly ActivityField<string> From = new("From", initial: "");
    private static readonly DestinationField<int> Own = new("Own", initial: 0);

    /// <code>
    /// ► Order (waits) ──► Pay (waits for Paid) ──► After ──►
    /// </code>
    private static ProcessDefinition Paying(Action<ActivityBuilder>? more = null, Rule? done = null, Action<ProcessBuilder>? beside = null) =>
        ProcessDefinition.Define("Paying", process =>
        {
            process.Managed().Fields(Amount);
            var order = process.Activity("Order", activity => activity.Waits());
            var pay = process.Activity("Pay", activity =>
            {
                activity.Fields(From, Own).Signal("Wait for the money", "Paid", done);
                more?.Invoke(activity);
            });
            process.StartsWith(order);
            order.To(pay);
            pay.To(process.Activity("After"));
            beside?.Invoke(process);
        });

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder>? more = null, Rule? done = null, Action<ProcessBuilder>? beside = null) =>
        WorkflowTestBed.CreateAsync(Paying(more, done, beside), options => options.SilencedFindings = FindingIds.All);

    private static async Task<SignalReceipt> SignalAsync(
        WorkflowTestBed bed, ProcessInstanceId id, string signal = "Paid", SignalKind kind = SignalKind.Transient, Action<ServerItemFinish>? values = null) =>
        await bed.Engine.As("bank").SignalAsync(id, signal, values, kind);

    private static async Task<ProcessInstanceId> StartAsync(WorkflowTestBed bed) => (await bed.StartAsync("dora")).Id;

    [Test]
    [Statement("13.1k")]
    public async Task A_signal_finishes_the_event_that_waits_for_it_and_brings_its_values()
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);
        await bed.FinishAsync(id, "Order");
        await bed.RestartAsync();

        var receipt = await SignalAsync(bed, id, values: values => values.Set(Amount, 120m).Set(From, "a bank").Set(Own, 3));

        receipt.ShouldBe(SignalReceipt.Received);
        (await bed.CompletedAsync(id)).ShouldBe(["Order", "Pay", "After"]);
        (await bed.ReadAsync(id)).Fields.Get<decimal>("Amount").ShouldBe(120m);
        var history = await bed.HistoryAsync(id);
        var received = history.Single(fact => fact.Kind is JournalKind.SignalReceived);
        (received.Name, received.Detail, received.User).ShouldBe(("Wait for the money", "Paid", "bank"));
        history.Where(fact => fact.Kind is JournalKind.FieldChanged).Select(fact => fact.Name).ShouldBe(["Amount", "From", "Own"]);
    }

    [Test]
    [Statement("13.1k")]
    [Description("Pattern 23, Transient Trigger")]
    public async Task A_transient_signal_is_dropped_when_nothing_waits_for_it_and_the_history_says_so()
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);

        (await SignalAsync(bed, id)).ShouldBe(SignalReceipt.Dropped);
        (await SignalAsync(bed, id, "Anything")).ShouldBe(SignalReceipt.Dropped);
        await bed.FinishAsync(id, "Order");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Pay"]);
        (await bed.ReadAsync(id)).KeptSignals.ShouldBeEmpty();
        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.SignalDropped).Select(fact => (fact.Name, fact.Detail, fact.User))
            .ShouldBe([("Paid", null, "bank"), ("Anything", null, "bank")]);
    }

    [Test]
    [Statement("13.1k")]
    [Description("Pattern 24, Persistent Trigger")]
    public async Task A_kept_signal_survives_a_restart_and_goes_to_the_first_event_that_waits_for_it()
    {
        await using var bed = await BedAsync(activity => activity.Signal("Wait for the rest", "Paid"));
        var id = await StartAsync(bed);

        (await SignalAsync(bed, id, kind: SignalKind.Kept, values: values => values.Set(Own, 1))).ShouldBe(SignalReceipt.Kept);
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await SignalAsync(bed, id, kind: SignalKind.Kept, values: values => values.Set(Own, 2))).ShouldBe(SignalReceipt.Kept);
        await bed.RestartAsync();
        (await bed.ReadAsync(id)).KeptSignals.Select(signal => (signal.Name, signal.User, signal.At, signal.Changes.Single().Value)).ShouldBe([
            ("Paid", "bank", WorkflowTestBed.Beginning, FieldValue.From(1)), ("Paid", "bank", WorkflowTestBed.Beginning.AddHours(1), FieldValue.From(2)),
        ]);
        await bed.FinishAsync(id, "Order");

        (await bed.CompletedAsync(id)).ShouldBe(["Order", "Pay", "After"]);
        var history = await bed.HistoryAsync(id);
        history.Where(fact => fact.Kind is JournalKind.SignalReceived).Select(fact => fact.Name).ShouldBe(["Wait for the money", "Wait for the rest"]);
        history.Where(fact => fact.Kind is JournalKind.FieldChanged).Select(fact => fact.Value).ShouldBe([FieldValue.From(1), FieldValue.From(2)]);
        history.Count(fact => fact.Kind is JournalKind.SignalKept).ShouldBe(2);
        history.ShouldNotContain(fact => fact.Kind == JournalKind.SignalDropped);
    }

    [Test]
    [Statement("13.1k")]
    public async Task A_kept_signal_is_taken_once()
    {
        await using var bed = await BedAsync(activity => activity.PlanPerSlot(Slots.Number(2)).SucceedingRule(Answers.AllGiven));
        var id = await StartAsync(bed);
        await SignalAsync(bed, id, kind: SignalKind.Kept);

        await bed.FinishAsync(id, "Order");

        (await bed.ActiveAsync(id, "Pay")).Letters().ShouldBe("CA");
        (await bed.ReadAsync(id)).KeptSignals.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1k")]
    public async Task A_signal_finishes_everything_that_waits_for_it_and_nothing_else([Values] SignalKind kind)
    {
        await using var bed = await BedAsync(
            activity => activity.PlanPerSlot(Slots.Number(2)).SucceedingRule(Answers.AllGiven),
            beside: process => process
                .StartsWith(process.Activity("Beside", activity => activity.Signal("Paid")))
                .StartsWith(process.Activity("Other", activity => activity.Signal("paid"))));
        var id = await StartAsync(bed);
        await bed.FinishAsync(id, "Order");

        (await SignalAsync(bed, id, kind: kind, values: values => values.Set(Amount, 5m))).ShouldBe(SignalReceipt.Received);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Other"]);
        (await bed.CountAsync(id, JournalKind.SignalReceived)).ShouldBe(3);
        (await bed.CountAsync(id, JournalKind.FieldChanged)).ShouldBe(1);
        (await bed.ReadAsync(id)).KeptSignals.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1k")]
    [Statement("7.2")]
    public async Task Questions_tell_what_waits_for_which_signal_and_a_serial_number_finishes_it_too()
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);
        await bed.FinishAsync(id, "Order");

        var item = (await bed.Engine.As("bank").FindServerItemsAsync(new() { CorrelationKey = "Paid" })).ShouldHaveSingleItem();
        (item.Serial, item.Activity, item.Event, item.Status).ShouldBe((id.Task(2), "Pay", "Wait for the money", ServerItemStatus.Waiting));
        var destination = (await bed.ActiveAsync(id, "Pay")).Destinations[0];
        (destination.Event!.Status, destination.Event.CorrelationKey).ShouldBe((EventInstanceStatus.Waiting, "Paid"));
        var opened = await bed.Engine.As("bank").OpenServerItemAsync(item.Serial);
        await opened.Set(Amount, 7m).FinishAsync();

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.Engine.As("bank").FindServerItemsAsync(new() { CorrelationKey = "Paid" })).ShouldBeEmpty();
        (await SignalRefusedAsync(bed, id)).Message.ShouldContain("Completed");
    }

    [Test]
    [Statement("13.1k")]
    [Statement("7.3")]
    public async Task The_succeeding_rule_is_asked_when_the_signal_has_come()
    {
        await using var bed = await BedAsync(done: Amount > 100m);
        var id = await StartAsync(bed);
        await bed.FinishAsync(id, "Order");

        (await SignalAsync(bed, id, values: values => values.Set(Amount, 50m))).ShouldBe(SignalReceipt.Received);

        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(1);
        (await SignalAsync(bed, id, values: values => values.Set(Amount, 150m))).ShouldBe(SignalReceipt.Dropped);
    }

    [Test]
    [Statement("13.1k")]
    [Statement("6.9")]
    public async Task An_escalation_ends_an_event_whose_signal_does_not_come()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Waiting", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Pay", activity => activity.Signal(
                "Paid", define: signal => signal.Escalation("Give up", TimeSpan.FromDays(1), then => then.ExpireEvent()))));
        }));
        var id = await StartAsync(bed);

        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.CountAsync(id, JournalKind.EventExpired)).ShouldBe(1);
        (await bed.Engine.As("bank").FindServerItemsAsync(new() { ProcessInstance = id })).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1k")]
    [Statement("8.3")]
    public async Task The_exception_rule_of_the_event_lets_it_go_on()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Waiting", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Pay", activity => activity
                .Signal(
                    "Paid", succeedingRule: Rule.Named("breaks", _ => throw new InvalidOperationException("no")),
                    define: signal => signal.ExceptionRule(_ => ExceptionDecisionOf()))
                .WhenUnresolved(WhenUnresolved.Complete)));
        }));
        var id = await StartAsync(bed);

        await SignalAsync(bed, id);

        (await bed.CountAsync(id, JournalKind.ExceptionPassed)).ShouldBe(1);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);

        static Contexts.ExceptionDecision ExceptionDecisionOf() => Contexts.ExceptionDecision.Continue;
    }

    [Test]
    [Statement("13.1k")]
    [Statement("8.6")]
    public async Task A_stopped_instance_refuses_a_signal_and_stores_nothing([Values] SignalKind kind)
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);
        await bed.FinishAsync(id, "Order");
        await bed.Admin().StopAsync(id);

        await bed.ShouldRefuseAsync<ProcessInstanceHaltedException>(id, () => SignalAsync(bed, id, kind: kind));
        await bed.Admin().ResumeAsync(id);

        (await SignalAsync(bed, id, kind: kind)).ShouldBe(SignalReceipt.Received);
    }

    [Test]
    [Statement("13.1k")]
    [Statement("8.1")]
    public async Task An_instance_in_error_refuses_a_signal_and_stores_nothing()
    {
        await using var bed = await BedAsync(beside: process => process.StartsWith(
            process.Activity("Broken", activity => activity.Server("Fail", _ => throw new InvalidOperationException("no")))));
        var id = await StartAsync(bed);

        await bed.ShouldRefuseAsync<ProcessInstanceHaltedException>(id, () => SignalAsync(bed, id, kind: SignalKind.Kept));
    }

    [Test]
    [Statement("13.1k")]
    public async Task An_instance_that_has_ended_refuses_a_signal([Values] SignalKind kind)
    {
        await using var bed = await BedAsync();
        var completed = await StartAsync(bed);
        await bed.FinishAsync(completed, "Order");
        await SignalAsync(bed, completed);
        var deleted = await StartAsync(bed);
        await bed.Admin().DeleteAsync(deleted);

        (await SignalRefusedAsync(bed, completed, kind)).Statement.ShouldBe("13.1k");
        (await SignalRefusedAsync(bed, deleted, kind)).Message.ShouldContain("Deleted");
    }

    [Test]
    [Statement("13.1k")]
    public async Task A_kept_signal_for_which_no_event_waits_is_refused()
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);

        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => SignalAsync(bed, id, "Payed", SignalKind.Kept));

        refusal.Message.ShouldContain("Did you mean 'Paid'?");
    }

    [Test]
    [Statement("13.1k")]
    [Statement("11.6")]
    public async Task Values_that_do_not_fit_are_refused_and_nothing_happens([Values] bool isWaiting)
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);
        if (isWaiting)
        {
            await bed.FinishAsync(id, "Order");
        }

        await bed.ShouldRefuseAsync<DataFieldException>(
            id, () => SignalAsync(bed, id, kind: SignalKind.Kept, values: values => values.Set("Amuont", FieldValue.From(1m))));
        await bed.ShouldRefuseAsync<DataFieldException>(
            id, () => SignalAsync(bed, id, kind: SignalKind.Kept, values: values => values.Set("Own", FieldValue.From("one"))));
    }

    [Test]
    [Statement("13.1k")]
    [Statement("7.3")]
    public async Task A_signal_needs_the_server_event_right()
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);

        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(id, () => bed.Engine.As("dora").SignalAsync(id, "Paid").AsTask());
        (await bed.Engine.As(Boss).SignalAsync(id, "Paid")).ShouldBe(SignalReceipt.Dropped);
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.Engine.As("bank").SignalAsync(new ProcessInstanceId(99), "Paid").AsTask());
        await Should.ThrowAsync<ArgumentException>(() => bed.Engine.As("bank").SignalAsync(id, " ").AsTask());
        Should.Throw<ArgumentException>(() => Paying(activity => activity.Signal("Wait", " ")));
    }

    [Test]
    [Statement("13.1k")]
    [Statement("13.7")]
    public async Task A_signal_under_an_idempotency_key_comes_once_and_gets_its_first_receipt()
    {
        await using var bed = await BedAsync();
        var id = await StartAsync(bed);
        for (var time = 0; time < 2; time++)
        {
            (await bed.Engine.As("bank").Once("one").SignalAsync(id, "Paid")).ShouldBe(SignalReceipt.Dropped);
            (await bed.Engine.As("bank").Once("two").SignalAsync(id, "Paid", kind: SignalKind.Kept)).ShouldBe(SignalReceipt.Kept);
        }

        (await bed.ReadAsync(id)).KeptSignals.Count.ShouldBe(1);
        await bed.FinishAsync(id, "Order");
        (await bed.Engine.As("bank").Once("two").SignalAsync(id, "Paid", kind: SignalKind.Kept)).ShouldBe(SignalReceipt.Kept);
        await Should.ThrowAsync<IdempotencyKeyException>(() => bed.Engine.As("bank").Once("two").SignalAsync(id, "Paid").AsTask());
    }

    [Test]
    [Statement("13.1k")]
    public async Task A_kept_signal_keeps_nothing_alive_and_the_end_tells_of_it([Values] bool isDeleted)
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(Paying(), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.LoggerFactory = log;
        });
        var id = await StartAsync(bed);
        await SignalAsync(bed, id, kind: SignalKind.Kept);

        await (isDeleted ? bed.Admin().DeleteAsync(id) : bed.Admin().GoToAsync(id, "After"));

        (await bed.StatusAsync(id)).ShouldBe(isDeleted ? ProcessInstanceStatus.Deleted : ProcessInstanceStatus.Completed);
        var dropped = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SignalDropped);
        (dropped.Name, dropped.User).ShouldBe(("Paid", "bank"));
        dropped.Detail.ShouldNotBeNull().ShouldContain("kept");
        (await bed.ReadAsync(id)).KeptSignals.ShouldBeEmpty();
        log.Warnings.Count(message => message.Contains("'Paid'", StringComparison.Ordinal)).ShouldBe(isDeleted ? 0 : 1);
    }

    [Test]
    [Statement("13.1k")]
    [Statement("8.8")]
    public async Task In_another_version_a_kept_signal_has_the_new_names_and_leaves_out_what_does_not_fit()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Version(2), Version(1)], options => options.SilencedFindings = FindingIds.All);
        var id = await StartAsync(bed);
        await SignalAsync(bed, id, kind: SignalKind.Kept, values: values => values.Set("Amount", FieldValue.From(9m)).Set("Own", FieldValue.From(4)));

        (await bed.Admin().MigrateAsync(id, toVersion: 2, Renames.None.Field("Amount", "Sum"))).ShouldBeTrue();
        await bed.RestartAsync();
        await bed.FinishAsync(id, "Order");

        (await bed.ReadAsync(id)).Fields.Get<decimal>("Sum").ShouldBe(9m);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SignalReceived).Detail
            .ShouldBe("Paid, without the value of 'Own', which does not fit");

        // Version 2 waits elsewhere, where there is no such field.
        static ProcessDefinition Version(int version) => ProcessDefinition.Define("Paying", process =>
        {
            process.Managed().Version(version).Fields(new ProcessField<decimal>(version == 1 ? "Amount" : "Sum", initial: 0m));
            var order = process.Activity("Order", activity => activity.Waits());
            var pay = process.Activity("Pay", activity =>
            {
                activity.Fields(new DestinationField<int>("Own", initial: 0));
                _ = version == 1 ? activity.Signal("Paid") : activity.Signal("Paid", "Elsewhere");
            });
            process.StartsWith(order);
            order.To(pay, Rule.Named("first", _ => version == 1));
            if (version == 2)
            {
                order.To(process.Activity("New", activity => activity.Signal("Paid")));
            }
        });
    }

    [Test]
    [Statement("13.1k")]
    [Statement("8.8b")]
    public async Task In_another_version_an_event_goes_on_waiting_for_the_signal_for_which_it_began_to_wait()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Version(2), Version(1)], options => options.SilencedFindings = FindingIds.All);
        var id = await StartAsync(bed);

        (await bed.Admin().MigrateAsync(id, toVersion: 2, Renames.None.Event("Pay", "Wait", "New wait"))).ShouldBeTrue();
        await bed.RestartAsync();
        var item = (await bed.Engine.As("bank").FindServerItemsAsync(new() { CorrelationKey = "Paid" })).ShouldHaveSingleItem();
        (item.Event, item.Status).ShouldBe(("New wait", ServerItemStatus.Waiting));
        (await SignalAsync(bed, id, "Settled")).ShouldBe(SignalReceipt.Dropped);

        (await SignalAsync(bed, id)).ShouldBe(SignalReceipt.Received);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);

        static ProcessDefinition Version(int version) => ProcessDefinition.Define("Paying", process =>
        {
            process.Managed().Version(version);
            process.StartsWith(process.Activity(
                "Pay", activity => _ = version == 1 ? activity.Signal("Wait", "Paid") : activity.Signal("New wait", "Settled")));
        });
    }

    [Test]
    [Statement("13.1k")]
    [Statement("8.8b")]
    public async Task An_event_that_waits_for_a_signal_is_no_server_event_in_another_version()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Version(2), Version(1)], options => options.SilencedFindings = FindingIds.All);
        var id = await StartAsync(bed);

        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.Admin().MigrateAsync(id, toVersion: 2).AsTask());

        refusal.Message.ShouldContain("it is a wait for a signal, and 'Wait' of");

        static ProcessDefinition Version(int version) => ProcessDefinition.Define("Paying", process =>
        {
            process.Managed().Version(version);
            process.StartsWith(process.Activity("Pay", activity => _ = version == 1 ? activity.Signal("Wait") : activity.Waits("Wait")));
        });
    }

    [Test]
    [Statement("13.1k")]
    [Statement("7.1")]
    public async Task A_signal_that_comes_while_code_runs_waits_for_its_end()
    {
        var gate = new Gate();
        await using var bed = await BedAsync(beside: process => process.StartsWith(process.Activity("Slow", activity => activity
            .Server("Run", async (context, cancellation) => await gate.PassAsync(context.Serial, cancellation))
            .Signal("Then", "Ready"))));
        var starting = bed.StartAsync("dora");
        var id = (await gate.Reached).ProcessInstance;

        var signalling = SignalAsync(bed, id, "Ready");
        gate.Open();

        (await signalling).ShouldBe(SignalReceipt.Received);
        await starting;
    }

    private static Task<ProcessInstanceRefusedException> SignalRefusedAsync(
        WorkflowTestBed bed, ProcessInstanceId id, SignalKind kind = SignalKind.Transient) =>
        bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => SignalAsync(bed, id, kind: kind));
}
