using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>People send back, withdraw and reassign.</summary>
[TestFixture]
public sealed class Chapter13BusinessVerbs
{
    private static readonly ProcessField<int> Amount = new("Amount", 1);

    private readonly List<string> _ran = [];

    [SetUp]
    public void Clear() => _ran.Clear();

    [Test]
    [Statement("13.11")]
    public async Task A_user_sends_a_task_back_and_its_activity_ends_without_a_line([Values] bool isOpen, [Values] bool fromStore)
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id);
        var other = await bed.Engine.As("bob").Worklist.SingleAsync(id);
        if (isOpen)
        {
            item = await item.OpenAsync();
        }

        await RestartAsync(bed, fromStore);
        await bed.Engine.As("ann").Worklist.SendBackAsync(item.Serial, "Prepare", "The receipts are missing.");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Inform", "Later", "Prepare"]);
        await Should.ThrowAsync<WorklistItemNotFoundException>(() => bed.ActAsync("bob", other.Serial, "Approve"));
        var history = await bed.HistoryAsync(id);
        var fact = history.Single(entry => entry.Kind is JournalKind.SentBack);
        (fact.Name, fact.Detail, fact.User, fact.Destination).ShouldBe(("Prepare", "The receipts are missing.", "ann", item.Serial.Destination));
        history.ShouldNotContain(entry => entry.Kind == JournalKind.SlotCompleted && entry.Name == "Approve");
        history.ShouldNotContain(entry => entry.Kind == JournalKind.LineEvaluated && entry.Name == "Approve to Pay");
        (await bed.ReadAsync(id)).Fields.Get(Amount).ShouldBe(7);
    }

    [Test]
    [Statement("13.11")]
    public async Task A_task_that_does_not_allow_it_is_not_sent_back_by_its_user_but_by_an_administrator()
    {
        await using var bed = await CreateAsync(_ => { });
        var id = await PreparedAsync(bed);
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id);

        var refusal = await Should.ThrowAsync<WorklistItemRefusedException>(() => item.SendBackAsync("Prepare").AsTask());
        (refusal.Statement, refusal.Message.Contains("AllowSendBack()", StringComparison.Ordinal)).ShouldBe(("13.11", true));
        (await bed.HistoryAsync(id)).ShouldNotContain(entry => entry.Kind == JournalKind.SentBack);

        await bed.Admin().SendBackAsync(item.Serial, "Prepare", "Once more.");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Inform", "Later", "Prepare"]);
        var fact = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.SentBack);
        (fact.Name, fact.Detail, fact.User).ShouldBe(("Prepare", "Once more.", Boss));
    }

    [Test]
    [Statement("13.11")]
    public async Task An_administrator_sends_the_whole_instance_back_or_one_activity_of_it()
    {
        await using var bed = await CreateAsync(_ => { });
        var id = await PreparedAsync(bed);
        await bed.Admin().SendBackAsync(id, "Prepare", expiring: Expiring.Only("Approve"));
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Inform", "Later", "Prepare"]);

        await bed.Admin().SendBackAsync(id, "Prepare");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Prepare"]);
        await Should.ThrowAsync<ArgumentException>(() => bed.Admin().SendBackAsync(id, "Prepare", expiring: Expiring.OwnActivity).AsTask());
    }

    [Test]
    [Statement("13.11")]
    public async Task The_scope_is_everything_when_asked_for()
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id);

        await item.SendBackAsync("Prepare", expiring: Expiring.Everything);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Prepare"]);
    }

    [TestCase("Pay", "has not run")]
    [TestCase("Later", "has not run")]
    [TestCase("Never", "has not run")]
    [TestCase("Preapre", "Did you mean 'Prepare'?")]
    [Statement("13.11")]
    public async Task A_target_that_has_not_run_or_does_not_exist_is_refused_and_nothing_is_done(string target, string message)
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id);
        var before = await bed.StoredBytesAsync(id);

        (await Should.ThrowAsync<WorklistItemRefusedException>(() => item.SendBackAsync(target).AsTask())).Message.ShouldContain(message);
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SendBackAsync(id, target).AsTask())).Message.ShouldContain(message);
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    [Test]
    [Statement("13.11")]
    public async Task An_activity_that_began_behind_its_start_rule_has_run()
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        await bed.AdvanceAsync(TimeSpan.FromDays(2));
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id, "Approve");

        await item.SendBackAsync("Later");

        (await bed.ReadAsync(id)).Activities.Select(activity => activity.Name).ShouldBe(["Inform", "Later", "Later"], ignoreOrder: true);
    }

    [Test]
    [Statement("13.11")]
    [Statement("10.10d")]
    public async Task A_target_that_is_still_active_is_refused_where_that_is_asked_for()
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id, "Approve");

        (await Should.ThrowAsync<WorklistItemRefusedException>(() => item.SendBackAsync("Inform", ifActive: ActiveTarget.Refuse).AsTask()))
            .Statement.ShouldBe("10.10d");
        await item.SendBackAsync("Inform", ifActive: ActiveTarget.Keep);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Inform", "Later"]);
    }

    [Test]
    [Statement("13.11")]
    [Statement("1.12")]
    public async Task A_delegate_sends_back_only_what_was_delegated_without_a_choice_of_actions([Values] bool chosen)
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var item = await bed.Engine.As("ann").Worklist.SingleAsync(id);
        await item.DelegateAsync(Destination.User("del"), chosen ? ["Approve"] : null);
        var delegated = await bed.Engine.As("del").Worklist.SingleAsync(id);

        if (chosen)
        {
            await Should.ThrowAsync<WorklistItemRefusedException>(() => delegated.SendBackAsync("Prepare").AsTask());
            return;
        }

        await delegated.SendBackAsync("Prepare");
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.SentBack).User.ShouldBe("del");
    }

    [Test]
    [Statement("13.11")]
    [Statement("14.7")]
    public async Task Nobody_else_sends_a_task_back()
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var serial = (await bed.Engine.As("ann").Worklist.SingleAsync(id)).Serial;

        await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.Engine.As("eve").Worklist.SendBackAsync(serial, "Prepare").AsTask());
        await bed.Admin().StopAsync(id);
        await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.Engine.As("ann").Worklist.SendBackAsync(serial, "Prepare").AsTask());
        (await bed.HistoryAsync(id)).ShouldNotContain(entry => entry.Kind == JournalKind.SentBack);
    }

    [Test]
    [Statement("13.11")]
    [Statement("13.7")]
    public async Task A_task_is_sent_back_once_under_one_idempotency_key()
    {
        await using var bed = await CreateAsync(task => task.AllowSendBack());
        var id = await PreparedAsync(bed);
        var serial = (await bed.Engine.As("ann").Worklist.SingleAsync(id)).Serial;

        for (var time = 0; time < 2; time++)
        {
            await bed.Engine.As("ann").Once("key").Worklist.SendBackAsync(serial, "Prepare", "reason");
        }

        (await bed.HistoryAsync(id)).Count(entry => entry.Kind is JournalKind.SentBack).ShouldBe(1);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Inform", "Later", "Prepare"]);
    }

    [Test]
    [Statement("13.11")]
    public async Task The_originator_withdraws_and_the_named_activity_starts([Values] bool fromStore)
    {
        await using var bed = await WithdrawableAsync((process, cancelled) => process.Withdrawal(cancelled));
        var id = (await bed.StartAsync("dora")).Id;
        await RestartAsync(bed, fromStore);

        await bed.Engine.As("dora").WithdrawAsync(id, "The trip was cancelled.");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Cancelled"]);
        var fact = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.Withdrawn);
        (fact.Name, fact.Detail, fact.User).ShouldBe(("Cancelled", "The trip was cancelled.", "dora"));
        (await bed.WorklistAsync("ann")).Select(item => item.Activity).ShouldBe(["Cancelled"]);
        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.11")]
    public async Task Without_an_activity_a_withdrawn_instance_completes([Values] bool fromStore)
    {
        await using var bed = await WithdrawableAsync((process, _) => process.Withdrawal());
        var id = (await bed.StartAsync("dora")).Id;
        await RestartAsync(bed, fromStore);

        await bed.Engine.As("dora").WithdrawAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.ActivityExpired).ShouldAllBe(entry => entry.Detail == "Withdrawn");
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Engine.As("dora").WithdrawAsync(id).AsTask())).Message.ShouldContain("Completed");
    }

    [Test]
    [Statement("13.11")]
    [Statement("5.4b")]
    public async Task An_instance_that_has_not_begun_can_be_withdrawn([Values] bool toTheEnd, [Values] bool fromStore)
    {
        await using var bed = await WithdrawableAsync((process, cancelled) => process
            .StartRule(DueTime.After(TimeSpan.FromDays(3)))
            .Escalation("Late", TimeSpan.FromDays(5), then => then.Run("Late", _ => _ran.Add("late")))
            .Withdrawal(toTheEnd ? null : cancelled));
        var id = (await bed.StartAsync("dora")).Id;
        await RestartAsync(bed, fromStore);

        await bed.Engine.As("dora").WithdrawAsync(id);

        (await bed.StatusAsync(id)).ShouldBe(toTheEnd ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(toTheEnd ? [] : ["Cancelled"]);
        await RestartAsync(bed, fromStore);
        (await bed.AdvanceAsync(TimeSpan.FromDays(10))).ShouldBe(0);
        _ran.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.11")]
    [Statement("14.7")]
    public async Task Only_the_originator_withdraws_and_only_where_the_definition_allows_it()
    {
        await using var bed = await WithdrawableAsync((process, cancelled) => process.Withdrawal(cancelled));
        var id = (await bed.StartAsync("dora")).Id;
        foreach (var user in new[] { "ann", Boss })
        {
            (await Should.ThrowAsync<WithdrawalDeniedException>(() => bed.Engine.As(user).WithdrawAsync(id).AsTask())).User.ShouldBe(user);
        }

        await bed.Admin().StopAsync(id);
        await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.Engine.As("dora").WithdrawAsync(id).AsTask());
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.Engine.As("dora").WithdrawAsync(new ProcessInstanceId(99)).AsTask());

        await using var closed = await WithdrawableAsync((_, _) => { });
        var other = (await closed.StartAsync("dora")).Id;
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => closed.Engine.As("dora").WithdrawAsync(other).AsTask()))
            .Message.ShouldContain("Withdrawal(...)");
        (await closed.OpenActivitiesAsync(other)).ShouldBe(["Approve"]);
    }

    [Test]
    [Statement("13.11")]
    [Statement("10.9")]
    public async Task A_finish_rule_is_asked_behind_a_withdrawal_to_the_end()
    {
        await using var bed = await WithdrawableAsync((process, cancelled) => process
            .Withdrawal()
            .FinishRule(Rule.Named("once", context => context.Folio.Length == 0), cancelled));
        var id = (await bed.StartAsync("dora")).Id;

        await bed.Engine.As("dora").WithdrawAsync(id);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Cancelled"]);
    }

    [Test]
    [Statement("13.4")]
    [Statement("13.11")]
    public async Task An_activity_that_only_a_withdrawal_leads_to_is_reached()
    {
        await using var bed = await WithdrawableAsync((process, cancelled) => process.Withdrawal(cancelled));
        bed.Deployments.ShouldHaveSingleItem().Findings.ShouldNotContain(finding => finding.Id == FindingIds.ActivityNotReached);
        await using var closed = await WithdrawableAsync((_, _) => { });
        closed.Deployments.ShouldHaveSingleItem().Findings.ShouldContain(finding => finding.Id == FindingIds.ActivityNotReached);
    }

    [Test]
    [Statement("13.11")]
    [Statement("1.11")]
    public async Task A_task_that_is_reassigned_stays_open_for_the_new_user()
    {
        await using var bed = await CreateAsync(_ => { });
        var id = await PreparedAsync(bed);
        var item = await (await bed.Engine.As("ann").Worklist.SingleAsync(id)).OpenAsync();

        await bed.Engine.As(Boss).ManageWorklists().ReassignAsync(item.Serial, Destination.User("ann"), "cy", "Ann is ill.");

        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.Engine.As("cy").Worklist.SingleAsync(id)).Status.ShouldBe(WorklistItemStatus.Open);
        var facts = (await bed.HistoryAsync(id)).SkipWhile(entry => entry.Kind is not JournalKind.Reassigned).ToList();
        (facts[0].Name, facts[0].Detail, facts[0].User).ShouldBe(("Approve", "Ann is ill.", Boss));
        facts[1].Kind.ShouldBe(JournalKind.Redirected);
    }

    [Test]
    [Statement("1.9")]
    [Statement("1.11")]
    [Statement("2.9")]
    public async Task The_history_has_the_reason_of_an_administrator_and_who_it_was()
    {
        await using var bed = await CreateAsync(_ => { });
        var id = await PreparedAsync(bed);
        var item = await (await bed.Engine.As("ann").Worklist.SingleAsync(id)).OpenAsync();
        var admin = bed.Engine.As(Boss).ManageWorklists();

        await admin.ReleaseAsync(item.Serial, "ann");
        await admin.SetActionRightAsync(item.Serial, "Approve", Destination.User("ann"), isAllowed: false, reason: "two");
        await admin.RedirectAsync(item.Serial, Destination.User("ann"), "cy", reason: "three");
        await admin.RedirectAsync(item.Serial, Destination.User("cy"), "dan");

        (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.TaskAdministered).Select(entry => (entry.Name, entry.Detail, entry.User))
            .ShouldBe([("Approve", null, Boss), ("Approve", "two", Boss), ("Approve", "three", Boss)]);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => admin.ReleaseAsync(item.Serial, "dan", new string('x', 5_000)).AsTask());
    }

    /// <code>
    /// ► Prepare (dora) ─┬─► Approve (ann or bob) ──► Pay
    ///                   ├─► Inform (cat)
    ///                   ├─► Later (cat, a day later)
    ///                   └─► Never (its preceding rule is false)
    /// </code>
    private static Task<WorkflowTestBed> CreateAsync(Action<ClientEventBuilder> approve) => WorkflowTestBed.CreateAsync(Define(process =>
    {
        process.Fields(Amount);
        var prepare = process.Activity("Prepare", activity => activity.Destinations(to => to.Users("dora")).Client("Prepare", task => task.Action("Done")));
        var approval = process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .Client("Approve", task => approve(task.Action("Approve"))));
        process.StartsWith(prepare);
        prepare.To(approval);
        prepare.To(process.Activity("Inform", activity => activity.Destinations(to => to.Users("cat")).Client("Read", task => task.Action("Done"))));
        prepare.To(process.Activity("Later", activity => activity
            .StartRule(DueTime.After(TimeSpan.FromDays(1)))
            .Destinations(to => to.Users("cat"))
            .Client("Read", task => task.Action("Done"))));
        prepare.To(process.Activity("Never", activity => activity.PrecedingRule(Amount == 0)));
        approval.To(process.Activity("Pay"));
    }));

    private static Task<WorkflowTestBed> WithdrawableAsync(Action<ProcessBuilder, ActivityReference> define) => WorkflowTestBed.CreateAsync(Define(process =>
    {
        process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Approve", task => task.Action("Approve"))
            .Escalation("Remind", TimeSpan.FromDays(1), then => then.ExpireActivity())));
        define(process, process.Activity("Cancelled", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Read", task => task.Action("Done"))));
    }));

    private static async Task<ProcessInstanceId> PreparedAsync(WorkflowTestBed bed)
    {
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("dora", "Done", answer => answer.Set(Amount, 7));
        return id;
    }

    private static async Task RestartAsync(WorkflowTestBed bed, bool fromStore)
    {
        if (fromStore)
        {
            await bed.RestartAsync();
        }
    }
}
