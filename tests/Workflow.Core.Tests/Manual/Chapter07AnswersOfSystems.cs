using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Answers of outside systems.</summary>
[TestFixture]
public sealed class Chapter07AnswersOfSystems
{
    private static readonly string[] Both = ["Paid", "Rejected"];
    private static readonly ProcessField<string> Reference = new("Reference");
    private static readonly ProcessField<IReadOnlyList<int>> Invoices = new("Invoices");

    /// <code>
    /// ► Pay ──Paid──► Done
    ///       └─Rejected──► Refused
    /// </code>
    private static ProcessDefinition Define(Action<ActivityBuilder> pay) => ProcessDefinition.Define("Payment", process =>
    {
        process.OpenToAll().Fields(Reference, Invoices);
        var activity = process.Activity("Pay", pay);
        process.StartsWith(activity);
        activity.On("Paid", process.Activity("Done")).On("Rejected", process.Activity("Refused"));
    });

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> pay) =>
        WorkflowTestBed.CreateAsync(Define(pay), options => options.SilencedFindings = FindingIds.All);

    private static Task<WorkflowTestBed> BedAsync() => BedAsync(activity => activity.Waits("Order the transfer", answers: Both).OutcomesFromActions());

    [TestCase("Paid", "Pay Done")]
    [TestCase("Rejected", "Pay Refused")]
    [Statement("7.3b")]
    [Statement("2.5")]
    public async Task The_process_follows_the_line_of_the_answer(string answer, string path)
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();

        (await bed.FinishAsync("bank", id.Task(1), answer, result => result.Set(Reference, "77"))).ShouldBe(FinishReceipt.Applied);

        (await bed.PathAsync(id)).ShouldBe(path);
        (await bed.OutcomesAsync(id)).ShouldBe([answer]);
        (await bed.ReadAsync(id)).Fields.Get<string>("Reference").ShouldBe("77");
        var finished = (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ServerItemFinished);
        (finished.Name, finished.Detail, finished.User).ShouldBe(("Order the transfer", answer, "bank"));
    }

    [Test]
    [Statement("7.3b")]
    [Statement("7.3")]
    public void A_succeeding_rule_of_the_event_that_counts_answers_is_refused_when_it_is_built() => Should.Throw<ProcessDefinitionException>(
            () => Define(activity => activity.Waits("Order the transfer", answers: Both, succeedingRule: Answers.AtLeast(1) == "Paid").OutcomesFromActions()))
        .Message.ShouldContain("its succeeding rule counts answers of slots");

    [Test]
    [Statement("7.3b")]
    public async Task Another_answer_is_refused_with_the_list()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<ServerItemAnswerException>(
            id, () => bed.FinishAsync("bank", id.Task(1), "paid", result => result.Set(Reference, "77")));

        (refusal.Statement, refusal.Answer, refusal.Serial).ShouldBe(("7.3b", "paid", id.Task(1)));
        refusal.Answers.ShouldBe(Both);
        refusal.Message.ShouldContain("'Paid', 'Rejected'");
        (await bed.ReadAsync(id)).Fields["Reference"].IsNull.ShouldBeTrue();
    }

    [Test]
    [Statement("7.3b")]
    public async Task No_answer_is_refused_where_there_is_a_list_and_an_answer_where_there_is_none()
    {
        await using var bed = await BedAsync();
        await using var plain = await BedAsync(activity => activity.Waits("Order the transfer").Outcome("Paid").Outcome("Rejected"));
        var (id, other) = (await bed.BeginAsync(), await plain.BeginAsync());

        var missing = await bed.ShouldRefuseAsync<ServerItemAnswerException>(id, () => bed.FinishAsync("bank", id.Task(1)));
        missing.Answer.ShouldBeNull();
        missing.Answers.ShouldBe(Both);
        missing.Message.ShouldContain("'Paid', 'Rejected'");
        var unwanted = await plain.ShouldRefuseAsync<ServerItemAnswerException>(other, () => plain.FinishAsync("bank", other.Task(1), "Paid"));
        unwanted.Answers.ShouldBeEmpty();

        await plain.FinishAsync("bank", other.Task(1));
        (await plain.PathAsync(other)).ShouldBe("Pay Done");
    }

    [Test]
    [Statement("7.3")]
    [Statement("7.3b")]
    public async Task The_answer_is_checked_behind_the_right_and_the_state_and_before_the_fields()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Payment", process =>
            {
                process.Managed();
                process.StartsWith(process.Activity("Pay", activity => activity.Waits("Order the transfer", answers: Both).OutcomesFromActions()));
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();

        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(id, () => bed.FinishAsync("dora", id.Task(1), "No"));
        await bed.ShouldRefuseAsync<ServerItemAnswerException>(id, () => bed.FinishAsync("bank", id.Task(1), "No", Unknown));
        await bed.ShouldRefuseAsync<DataFieldException>(id, () => bed.FinishAsync("bank", id.Task(1), "Paid", Unknown));
        await bed.Admin().StopAsync(id);
        await bed.ShouldRefuseAsync<ProcessInstanceHaltedException>(id, () => bed.FinishAsync("bank", id.Task(1), "No"));
        await bed.Admin().ResumeAsync(id);
        await bed.FinishAsync("bank", id.Task(1), "Paid");
        await bed.ShouldRefuseAsync<ServerItemFinishedException>(id, () => bed.FinishAsync("bank", id.Task(1), "No"));

        static void Unknown(ServerItemFinish finish) => finish.Set("None", FieldValue.From(1));
    }

    [Test]
    [Statement("7.3b")]
    public async Task An_item_that_was_opened_tells_its_answers_and_is_finished_with_one()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();
        var item = await bed.Engine.As("bank").OpenServerItemAsync(id.Task(1));

        item.Answers.ShouldBe(Both);
        await Should.ThrowAsync<ServerItemAnswerException>(async () => await item.FinishAsync());
        await item.Set(Reference, "77").FinishAsync("Rejected");

        (await bed.PathAsync(id)).ShouldBe("Pay Refused");
        (await bed.ReadAsync(id)).Fields.Get<string>("Reference").ShouldBe("77");
    }

    [Test]
    [Statement("7.1")]
    [Statement("7.3b")]
    public async Task Code_runs_first_and_need_not_say_that_it_waits()
    {
        var serials = new List<SerialNumber>();
        await using var bed = await BedAsync(activity => activity
            .Waits("Order the transfer", context => serials.Add(context.Serial), answers: Both).OutcomesFromActions());
        var id = await bed.BeginAsync();

        serials.ShouldBe([id.Task(1)]);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Pay"]);
        await bed.FinishAsync("bank", serials[0], "Paid");
        (await bed.PathAsync(id)).ShouldBe("Pay Done");
    }

    [Test]
    [Statement("7.2")]
    public async Task The_code_may_give_a_key_or_go_elsewhere()
    {
        await using var keyed = await BedAsync(activity => activity
            .Waits("Order the transfer", context => context.WaitUntilFinished("order 7"), answers: Both).OutcomesFromActions());
        await using var away = await BedAsync(activity => activity
            .Waits(
                "Order the transfer",
                async (context, cancellation) =>
                {
                    await Task.Yield();
                    context.GoTo("Refused");
                },
                answers: Both)
            .OutcomesFromActions());

        var id = await keyed.BeginAsync();
        (await keyed.Engine.As("bank").FindServerItemsAsync(new() { CorrelationKey = "order 7" })).ShouldHaveSingleItem().Serial.ShouldBe(id.Task(1));
        (await away.PathAsync(await away.BeginAsync())).ShouldBe("Refused");
    }

    [Test]
    [Statement("7.3b")]
    [Statement("3.7")]
    public async Task Each_slot_of_plan_per_slot_has_an_answer_of_its_own()
    {
        await using var bed = await BedAsync(activity => activity.PlanPerSlot(Slots.ForEach(Invoices)).Waits("Order the transfer", answers: Both)
            .Outcome("Rejected", Answers.AtLeast(2) == "Rejected").Outcome("Paid", Answers.AllGiven));
        var (one, two) = (await BeginAsync(), await BeginAsync());

        await bed.FinishAsync("bank", one.Task(1), "Rejected");
        await bed.FinishAsync("bank", one.Task(2), "Paid");
        (await bed.OpenActivitiesAsync(one)).ShouldBe(["Pay"]);
        await bed.FinishAsync("bank", one.Task(3), "Paid");
        await bed.FinishAsync("bank", two.Task(3), "Rejected");
        await bed.FinishAsync("bank", two.Task(1), "Rejected");

        (await bed.PathAsync(one)).ShouldBe("Pay Done");
        (await bed.PathAsync(two)).ShouldBe("Pay Refused");
        await bed.ShouldRefuseAsync<ServerItemExpiredException>(two, () => bed.FinishAsync("bank", two.Task(2), "Paid"));

        Task<ProcessInstanceId> BeginAsync() => bed.BeginAsync(start => start.Set(Invoices, [1, 2, 3]));
    }

    [Test]
    [Statement("7.3b")]
    [Statement("3.7")]
    public async Task In_plan_just_once_one_answer_fills_all_slots()
    {
        await using var bed = await BedAsync(activity => activity.PlanJustOnce(Slots.Number(3)).Waits("Order the transfer", answers: Both)
            .OutcomesFromActions());
        var id = await bed.BeginAsync();

        await bed.FinishAsync("bank", id.Task(1), "Paid");

        (await bed.PathAsync(id)).ShouldBe("Pay Done");
    }

    [Test]
    [Statement("7.3b")]
    public async Task Rules_predicates_and_code_behind_it_read_the_answer()
    {
        var read = new List<string>();
        await using var bed = await BedAsync(activity => activity
            .Waits("Order the transfer", answers: Both, succeedingRule: ActionResult.Field == "Paid")
            .Server("Tell", context => read.Add(context.Get(ActionResult.Field)))
            .Outcome("Paid", Rule.Named("is paid", context => context.Get(ActionResult.Field) == "Paid")).Outcome("Rejected"));
        var (paid, rejected) = (await bed.BeginAsync(), await bed.BeginAsync());

        await bed.FinishAsync("bank", paid.Task(1), "Paid");
        await bed.FinishAsync("bank", rejected.Task(1), "Rejected");

        read.ShouldBe(["Paid"]);
        (await bed.PathAsync(paid)).ShouldBe("Pay Done");
        (await bed.OpenActivitiesAsync(rejected)).ShouldBe(["Pay"], "a succeeding rule that is false is a stall");
        (await bed.ActiveAsync(rejected, "Pay")).Destinations.ShouldHaveSingleItem().Fields.Get(ActionResult.Field).ShouldBe("Rejected");
    }

    [Test]
    [Statement("13.7")]
    [Statement("7.3b")]
    public async Task The_answer_belongs_to_what_an_idempotency_key_repeats()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();
        var bank = bed.Engine.As("bank").Once("transfer");

        await bank.FinishAsync(id.Task(1), "Paid");
        (await bank.FinishAsync(id.Task(1), "Paid")).ShouldBe(FinishReceipt.Applied);

        await Should.ThrowAsync<IdempotencyKeyException>(async () => await bank.FinishAsync(id.Task(1), "Rejected"));
        await Should.ThrowAsync<IdempotencyKeyException>(async () => await bank.FinishAsync(id.Task(1)));
        (await bed.CountAsync(id, JournalKind.ServerItemFinished)).ShouldBe(1);
    }

    [Test]
    [Statement("7.1")]
    [Statement("7.3b")]
    public async Task An_early_answer_is_checked_and_kept_until_the_code_has_returned()
    {
        var calls = 0;
        await using var bed = await BedAsync(activity => activity
            .Waits(
                "Order the transfer", _ => Invariant.Holds(++calls > 1), answers: Both,
                define: server => server.Retry(attempts: 2, wait: TimeSpan.FromHours(1)))
            .OutcomesFromActions());
        var id = await bed.BeginAsync();

        await bed.ShouldRefuseAsync<ServerItemAnswerException>(id, () => bed.FinishAsync("bank", id.Task(1), "Perhaps"));
        (await bed.FinishAsync("bank", id.Task(1), "Rejected")).ShouldBe(FinishReceipt.Stored);
        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        (await bed.PathAsync(id)).ShouldBe("Pay Refused");
    }

    [Test]
    [Statement("8.8c")]
    public async Task A_migration_renames_answers_that_are_given_or_kept()
    {
        var calls = 0;
        await using var bed = await Migrations.BedAsync(
            Pay("Paid", () => calls++), Pay("Settled", () => calls++), options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.FinishAsync("bank", id.Task(2), "Paid");
        calls = 100;
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        await bed.FinishAsync("bank", id.Task(1), "Rejected");

        await bed.MigrateAsync(id, Renames.None.Action("Ask", "Order the transfer", "Paid", "Settled"));

        (await bed.ActiveAsync(id, "Ask")).Destinations.Select(destination => destination.Fields[ActionResult.Name].ToString())
            .ShouldBe(["\"Rejected\"", "\"Settled\"", "null"]);
        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.ServerItemFinished).Select(fact => fact.Detail).ShouldBe(["Paid", "Rejected"]);
        await bed.ShouldRefuseAsync<ServerItemAnswerException>(id, () => bed.FinishAsync("bank", id.Task(3), "Paid"));
        await bed.FinishAsync("bank", id.Task(3), "Settled");
        (await bed.OutcomesAsync(id)).ShouldBe(["Settled"]);

        static Action<ProcessBuilder> Pay(string paid, Func<int> call) => process =>
        {
            process.Rights(rights => rights.ServerEvent("bank"));
            Migrations.Asking(activity => activity.PlanPerSlot(Slots.Number(3))
                .Waits(
                    "Order the transfer", _ => Invariant.Holds(call() > 3), answers: [paid, "Rejected"],
                    define: server => server.Retry(attempts: 2, wait: TimeSpan.FromHours(1)))
                .Outcome(paid, Answers.AtLeast(2) == paid).Outcome("Rejected", Answers.AllGiven))(process);
        };
    }

    [Test]
    [Statement("8.8")]
    public async Task An_answer_that_the_new_version_lacks_is_an_obstacle()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Waits("Order the transfer", answers: Both).OutcomesFromActions()),
            Migrations.Asking(activity => activity.Waits("Order the transfer", answers: ["Paid"]).OutcomesFromActions()),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();

        (await Should.ThrowAsync<WorkflowException>(() => bed.MigrateAsync(id))).Message.ShouldContain("'Rejected'");
    }

    [Test]
    [Statement("7.3b")]
    [Statement("13.4")]
    public void A_wrong_list_of_answers_is_refused_when_it_is_built()
    {
        Problems(activity => activity.Waits("Order", answers: [])).ShouldBe(["7.3b"]);
        Problems(activity => activity.Waits("Order", answers: ["Paid", "Paid"])).ShouldHaveSingleItem();
        Problems(activity => activity.Waits("Order", answers: [""])).ShouldHaveSingleItem();
        Problems(activity => activity.Waits("Order", answers: Both).Outcome("Paid", Answers.AtLeast(1) == "Payed")).ShouldBe(["13.4"]);
        Problems(activity => activity.Waits("Order", answers: Both).Once(1, 1).Chooses()).ShouldBe(["7.3b"]);

        static string[] Problems(Action<ActivityBuilder> pay) =>
            [.. Should.Throw<ProcessDefinitionException>(() => Worklists.Asking(pay)).Problems.Select(problem => problem.Statement)];
    }

    [Test]
    [Statement("13.4")]
    public async Task An_answer_that_leads_nowhere_is_found()
    {
        await using var engine = WorkflowEngine.Create();
        (await FindAsync("Line", activity => activity.Waits("Order", answers: ["Paid", "Rejected", "Lost"]).OutcomesFromActions()))
            .ShouldBe([(FindingIds.OutcomeWithoutLine, "activity 'Pay' / outcome 'Lost'")]);
        (await FindAsync("Outcome", activity => activity.Waits("Order", answers: ["Paid", "Rejected", "Lost"])
                .Outcome("Paid", Answers.AllSlots == "Paid").Outcome("Rejected", Answers.AllSlots == "Rejected")))
            .ShouldBe([(FindingIds.OutcomesCanAllBeFalse, "activity 'Pay'")]);
        (await FindAsync("Slots", activity => activity.PlanPerSlot(Slots.Number(2)).Waits("Order", answers: Both).OutcomesFromActions()))
            .ShouldBe([(FindingIds.OutcomesCanAllBeFalse, "activity 'Pay'")]);
        (await FindAsync("Together", activity => activity.PlanJustOnce(Slots.Number(2)).Waits("Order", answers: Both).OutcomesFromActions())).ShouldBeEmpty();
        (await FindAsync("All", activity => activity.PlanPerSlot(Slots.Number(2)).Waits("Order", answers: Both)
            .Outcome("Rejected", Answers.AtLeast(1) == "Rejected").Outcome("Paid", Answers.AllSlots == "Paid"))).ShouldBeEmpty();

        async Task<(string Id, string Path)[]> FindAsync(string name, Action<ActivityBuilder> pay) =>
        [
            .. (await engine.DeployAsync(ProcessDefinition.Define(name, process =>
            {
                process.OpenToAll();
                var activity = process.Activity("Pay", pay);
                process.StartsWith(activity);
                activity.On("Paid", process.Activity("Done")).On("Rejected", process.Activity("Refused"));
            }))).Findings.Select(finding => (finding.Id, finding.Path)),
        ];
    }
}
