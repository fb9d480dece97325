using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Destinations and slots that an administrator adds to an activity that is active.</summary>
[TestFixture]
public sealed class Chapter04Additions
{
    private static readonly ProcessField<IReadOnlyList<string>> Orders = new("Orders", initial: ["one", "two"]);
    private static readonly ProcessField<string> Picked = new("Picked", initial: "");

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> plan, Action<WorkflowOptions>? configure = null) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(plan), options =>
        {
            options.SilencedFindings = FindingIds.All;
            configure?.Invoke(options);
        });

    private static ProcessManagement Admin(WorkflowTestBed bed) => bed.Engine.As("boss").ManageProcesses();

    private static Task AddAsync(WorkflowTestBed bed, ProcessInstanceId id, params string[] users) =>
        Admin(bed).AddDestinationsAsync(id, "Ask", [.. users.Select(Destination.User)], reason: "More of them.").AsTask();

    private static Task AddSlotsAsync(WorkflowTestBed bed, ProcessInstanceId id, int count) => Admin(bed).AddSlotsAsync(id, "Ask", count).AsTask();

    private static async Task<ProcessInstanceId> StartAsync(WorkflowTestBed bed) => (await bed.StartAsync("dora")).Id;

    [Test]
    [Statement("4.16")]
    [Description("Pattern 15, Multiple Instances without a priori Run-Time Knowledge")]
    public async Task Each_added_destination_has_a_task_of_its_own_and_the_rule_counts_it()
    {
        await using var bed = await BedAsync(activity => activity.Each(2).Chooses().SucceedingRule(Answers.AllGiven));
        var id = await StartAsync(bed);
        await bed.ActAsync("A", "Approve");

        await AddAsync(bed, id, "C", "D");
        await bed.RestartAsync();
        (await bed.SeenByAsync(id)).ShouldBe("BCD");
        (await bed.ActiveAsync(id, "Ask")).SlotTotal.ShouldBe(4);
        await bed.ActAsync("B", "Approve");
        await bed.ActAsync("C", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.ActAsync("D", "Reject");

        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
        var facts = (await bed.HistoryAsync(id)).ToList();
        var ordered = facts.Single(fact => fact.Kind is JournalKind.AdditionOrdered);
        (ordered.Name, ordered.Detail, ordered.User).ShouldBe(("Ask", "More of them.", "boss"));
        var added = facts.Single(fact => fact.Kind is JournalKind.Added);
        (added.Number, added.Name, added.Detail).ShouldBe((ordered.Number + 1, "Ask", "user C, user D"));
    }

    [Test]
    [Statement("4.16")]
    [Statement("4.4")]
    public async Task In_plan_just_once_an_added_destination_shares_the_task_and_brings_a_slot_if_each_has_one([Values] bool isForEach)
    {
        await using var bed = await BedAsync(activity => activity
            .Destinations(to => to.Users("A", "B"))
            .PlanJustOnce(isForEach ? Slots.PerDestination : Slots.Number(1))
            .Chooses());
        var id = await StartAsync(bed);

        await AddAsync(bed, id, "C");

        (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
        var ask = await bed.ActiveAsync(id, "Ask");
        (ask.Names().ShouldHaveSingleItem(), ask.SlotTotal, ask.Destinations[0].SlotCount).ShouldBe(isForEach ? ("A+B+C", 3, 3) : ("A+B+C", 1, 1));
        await bed.RestartAsync();
        await bed.ActAsync("C", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(isForEach ? ProcessInstanceStatus.Active : ProcessInstanceStatus.Completed);
        if (isForEach)
        {
            await bed.ActAsync("A", "Approve");
            await bed.ActAsync("B", "Approve");
        }

        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
    }

    [Test]
    [Statement("4.16")]
    public async Task Before_the_task_begins_an_added_destination_gets_it_with_the_others()
    {
        await using var bed = await BedAsync(activity => activity
            .Destinations(to => to.Users("A")).PlanJustOnce(Slots.PerDestination).Waits("Ask first").Chooses());
        var id = await StartAsync(bed);

        await AddAsync(bed, id, "B");
        await bed.FinishAsync("bank", id.Task(1));

        (await bed.SeenByAsync(id)).ShouldBe("AB");
        (await bed.ActiveAsync(id, "Ask")).SlotTotal.ShouldBe(2);
    }

    [Test]
    [Statement("4.16")]
    [Statement("4.11")]
    public async Task In_turn_an_added_destination_comes_last_and_may_come_again()
    {
        await using var bed = await BedAsync(activity => activity.InTurn(2).Chooses());
        var id = await StartAsync(bed);

        await AddAsync(bed, id, "C", "A");
        await bed.RestartAsync();
        foreach (var user in (string[])["A", "B", "C"])
        {
            (await bed.SeenByAsync(id)).ShouldBe(user);
            await bed.ActAsync(user, "Approve");
        }

        (await bed.SeenByAsync(id)).ShouldBe("A");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.ActAsync("A", "Approve");
        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
    }

    [Test]
    [Statement("4.16")]
    [Statement("0.3")]
    public async Task In_turn_the_next_turn_begins_at_once_when_nobody_had_one_left()
    {
        await using var bed = await BedAsync(activity => activity
            .InTurn(1).Chooses().SucceedingRule(Answers.AtLeast(1) == "Approve").WhenUnresolved(WhenUnresolved.Wait));
        var id = await StartAsync(bed);
        await bed.ActAsync("A", "Reject");
        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(1);

        await AddAsync(bed, id, "B");

        (await bed.SeenByAsync(id)).ShouldBe("B");
        await bed.ActAsync("B", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.16")]
    [Statement("0.3")]
    public async Task A_stalled_task_can_be_answered_by_an_added_destination()
    {
        await using var bed = await BedAsync(activity => activity
            .Destinations(to => to.Users("A")).PlanJustOnce(Slots.PerDestination)
            .Chooses(more: task => task.SucceedingRule(Answers.AtLeast(1) == "Approve")));
        var id = await StartAsync(bed);
        await bed.ActAsync("A", "Reject");
        (await bed.ActiveAsync(id, "Ask")).Destinations[0].Event!.Status.ShouldBe(EventInstanceStatus.Stalled);

        await AddAsync(bed, id, "B");

        (await bed.ActiveAsync(id, "Ask")).Destinations[0].Event!.Status.ShouldBe(EventInstanceStatus.Waiting);
        await bed.ActAsync("B", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.16")]
    [Statement("4.6")]
    public async Task Added_slots_let_more_of_the_destinations_take_part([Values] bool isOne)
    {
        await using var bed = await BedAsync(activity => _ = isOne
            ? activity.Once(3, slots: 1).Chooses(more: task => task.SucceedingRule(Answers.AllGiven))
            : activity.Each(3, slots: 1).Chooses().SucceedingRule(Answers.AllGiven));
        var id = await StartAsync(bed);
        await bed.OpenAsync("A", id.Task(1));
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Op Al Al");

        await AddSlotsAsync(bed, id, 1);
        await bed.RestartAsync();
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Op Av Av");
        await bed.ActAsync("B", "Approve");
        (await bed.StandingAsync(id, "A", "C")).ShouldBe("Op Al");
        await bed.ActAsync("A", "Approve");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.Added).Detail.ShouldBe("1 slot");
    }

    [Test]
    [Statement("4.16")]
    [Statement("4.7")]
    public async Task Added_slots_of_plan_per_slot_begin_at_once_with_their_data()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Picking", process =>
        {
            process.Managed().Fields(Orders, Picked);
            process.StartsWith(process.Activity("Ask", activity => activity
                .PlanPerSlot(Slots.ForEach(Orders))
                .PureServer("Note", context => context.Set(
                    Picked, $"{context.Get(Picked)} {(context.InstanceData.IsNull ? "nothing" : context.InstanceData.Get<string>())}"))
                .Waits()
                .SucceedingRule(Answers.AllGiven)));
        }));
        var id = await StartAsync(bed);

        await Admin(bed).AddSlotsAsync(id, "Ask", 2, [FieldValue.From("three")]);

        var process = await bed.ReadAsync(id);
        process.Fields.Get<string>("Picked").ShouldBe(" one two three nothing");
        (process.Activities[0].SlotTotal, process.Activities[0].Destinations.Count).ShouldBe((4, 4));
        await bed.RestartAsync();
        for (var destination = 1; destination <= 4; destination++)
        {
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
            await bed.FinishAsync("bank", id.Task(destination));
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.16")]
    [Statement("6.2")]
    public async Task The_escalations_of_the_event_are_armed_for_an_added_destination()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses(
            more: task => task.Escalation("Hurry", TimeSpan.FromHours(2), then => then.Mails())));
        var id = await StartAsync(bed);
        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        await AddAsync(bed, id, "B");

        (await bed.ActiveAsync(id, "Ask")).Destinations.Select(destination => destination.Escalations.ShouldHaveSingleItem().DueAt)
            .ShouldBe([WorkflowTestBed.Beginning.AddHours(2), WorkflowTestBed.Beginning.AddHours(3)]);
    }

    [Test]
    [Statement("4.16")]
    [Statement("13.1l")]
    public async Task Where_the_rest_goes_on_an_added_destination_belongs_to_it_and_the_outcome_stays()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(2).Chooses().Outcome("Approve", Answers.AtLeast(1) == "Approve").KeepRest()),
            options => options.SilencedFindings = FindingIds.All);
        var id = await StartAsync(bed);
        await bed.ActAsync("A", "Approve");

        await Admin(bed).AddDestinationsAsync(id, "Decide", [Destination.User("C")]);
        await bed.ActAsync("B", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.ActAsync("C", "Reject");

        (await bed.PathAsync(id)).ShouldBe("Done Decide");
        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
    }

    [Test]
    [Statement("4.16")]
    [Statement("4.12")]
    public async Task A_role_is_added_as_it_is_where_roles_stay_as_they_are()
    {
        await using var bed = await BedAsync(
            activity => activity.Each(1).Chooses().SucceedingRule(Answers.AllGiven),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("Staff"), ["C", "D"] } });
        var id = await StartAsync(bed);

        await Admin(bed).AddDestinationsAsync(id, "Ask", [Destination.Role("Staff"), Destination.Role("Nobody")]);

        (await bed.SeenByAsync(id)).ShouldBe("ACD");
        await bed.Engine.RunDueTimersAsync();
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.UnknownRole).Detail.ShouldBe("role Nobody");
    }

    [Test]
    [Statement("4.16")]
    [Statement("13.9")]
    public async Task A_preview_tells_what_an_addition_would_do_and_changes_nothing()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses());
        var id = await StartAsync(bed);
        var before = await bed.StoredBytesAsync(id);

        var effects = await Admin(bed).Preview.AddDestinationsAsync(id, "Ask", [Destination.User("B")], reason: "Why not.");

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        var task = effects.NewTasks.ShouldHaveSingleItem();
        (task.Serial, task.Destinations.ShouldHaveSingleItem()).ShouldBe((id.Task(2), Destination.User("B")));
        effects.Facts.Select(fact => fact.Kind).ShouldBe(
            [JournalKind.AdditionOrdered, JournalKind.Added, JournalKind.DestinationCreated, JournalKind.EventStarted]);
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => Admin(bed).Preview.AddSlotsAsync(id, "Ask", 1).AsTask())).Statement.ShouldBe("4.16");
    }

    [Test]
    [Statement("4.16")]
    [Statement("9.1")]
    public async Task Only_an_administrator_adds()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses());
        var id = await StartAsync(bed);

        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(
            id, () => bed.Engine.As("dora").ManageProcesses().AddDestinationsAsync(id, "Ask", [Destination.User("B")]).AsTask());
        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(
            id, () => bed.Engine.As("dora").ManageProcesses().AddSlotsAsync(id, "Ask", 1).AsTask());
    }

    [Test]
    [Statement("4.16")]
    [Statement("13.7")]
    public async Task An_addition_under_an_idempotency_key_happens_once()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses());
        var id = await StartAsync(bed);

        for (var time = 0; time < 2; time++)
        {
            await bed.Engine.As("boss").Once("add B").ManageProcesses().AddDestinationsAsync(id, "Ask", [Destination.User("B")]);
        }

        (await bed.ActiveAsync(id, "Ask")).Names().ShouldBe(["A", "B"]);
        await Should.ThrowAsync<IdempotencyKeyException>(
            () => bed.Engine.As("boss").Once("add B").ManageProcesses().AddDestinationsAsync(id, "Ask", [Destination.User("C")]).AsTask());
    }

    [Test]
    [Statement("4.16")]
    [Statement("4.10")]
    public async Task Somebody_whom_the_destination_rule_leaves_out_is_not_added()
    {
        await using var bed = await BedAsync(activity => activity
            .Destinations(to => to.Users("A", "B").Except("E")).PlanPerDestination().Chooses());
        var id = await StartAsync(bed);

        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => AddAsync(bed, id, "C", "E"));

        (refusal.Statement, refusal.Message).ShouldSatisfyAllConditions(
            said => said.Statement.ShouldBe("4.10"), said => said.Message.ShouldContain("'E' cannot be added"));
    }

    private static IEnumerable<TestCaseData> Refused =>
    [
        Case("nobody twice", activity => activity.Each(2).Chooses(), (bed, id) => AddAsync(bed, id, "C", "b"), "the user b is a destination"),
        Case("no slots", activity => activity.Each(2).Chooses(), (bed, id) => AddSlotsAsync(bed, id, 1), "has a slot for each destination"),
        Case("no people", activity => activity.PlanPerSlot(Slots.Number(2)).Waits(), (bed, id) => AddAsync(bed, id, "C"), "has no destinations"),
        Case("for nobody", activity => activity.Waits(), (bed, id) => AddAsync(bed, id, "C"), "has no destinations"),
        Case("no task", activity => activity.Waits(), (bed, id) => AddSlotsAsync(bed, id, 1), "has no task"),
        Case(
            "no data", activity => activity.PlanPerSlot(Slots.Number(2)).Waits(),
            (bed, id) => Admin(bed).AddSlotsAsync(id, "Ask", 1, [FieldValue.From("x")]).AsTask(), "have no instance data"),
        Case("over", activity => activity.Once(2, 1).Chooses().Waits(), OverAsync, "the task of its activity 'Ask' is over"),
        Case("not active", activity => activity.Each(1).Chooses(), (bed, id) => AddToAsync(bed, id, "After"), "'After' is not active"),
        Case("missing", activity => activity.Each(1).Chooses(), (bed, id) => AddToAsync(bed, id, "Asks"), "Did you mean 'Ask'?"),
        Case(
            "not that one", activity => activity.Each(1).Chooses(),
            (bed, id) => Admin(bed).AddDestinationsAsync(id, "Ask", [Destination.User("B")], activityInstance: 7).AsTask(),
            "is not active as activity instance 7"),
        Case(
            "role", activity => activity.Destinations(to => to.Users("A").Role("Staff").ResolvedToUsers()).PlanPerDestination().Chooses(),
            (bed, id) => Admin(bed).AddDestinationsAsync(id, "Ask", [Destination.Role("Other")]).AsTask(), "only users can be added"),
        Case(
            "pending", activity => activity.StartRule(DueTime.After(TimeSpan.FromDays(1))).Each(1).Chooses(), (bed, id) => AddAsync(bed, id, "B"),
            "has no destinations yet"),
    ];

    [TestCaseSource(nameof(Refused))]
    [Statement("4.16")]
    public async Task An_addition_without_meaning_is_refused(object plan, object add, string why)
    {
        await using var bed = await BedAsync(
            (Action<ActivityBuilder>)plan,
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("Staff"), ["D"] }, { Destination.Role("Other"), ["E"] } });
        var id = await StartAsync(bed);
        if (why.EndsWith("is over", StringComparison.Ordinal))
        {
            await bed.ActAsync("A", "Approve");
        }

        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => ((Func<WorkflowTestBed, ProcessInstanceId, Task>)add)(bed, id));

        refusal.Message.ShouldContain(why);
    }

    [Test]
    [Statement("4.16")]
    public async Task An_activity_that_is_active_twice_is_named_by_its_number()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses());
        var id = await StartAsync(bed);
        await Admin(bed).GoToAsync(id, "Ask", Expiring.Only("After"));

        (await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => AddAsync(bed, id, "B"))).Message
            .ShouldContain("is active more than once. Say with activityInstance which one: 1, 2.");
        await Admin(bed).AddDestinationsAsync(id, "Ask", [Destination.User("B")], activityInstance: 2);

        (await bed.ReadAsync(id)).Activities.Select(activity => string.Join('+', activity.Names())).ShouldBe(["A", "A+B"]);
    }

    [Test]
    [Statement("4.16")]
    [Statement("8.6")]
    public async Task Nothing_is_added_to_an_instance_that_stands_still_or_has_ended()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses());
        var id = await StartAsync(bed);
        await Admin(bed).StopAsync(id);

        (await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => AddAsync(bed, id, "B"))).Message.ShouldContain("Stopped");
        await Admin(bed).ResumeAsync(id);
        await bed.ActAsync("A", "Approve");
        (await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => AddAsync(bed, id, "B"))).Message.ShouldContain("Completed");
    }

    [Test]
    [Statement("4.16")]
    public async Task Arguments_that_say_nothing_are_refused()
    {
        await using var bed = await BedAsync(activity => activity.Each(1).Chooses());
        var id = await StartAsync(bed);

        await bed.ShouldRefuseAsync<ArgumentException>(id, () => AddAsync(bed, id));
        await bed.ShouldRefuseAsync<ArgumentException>(id, () => AddAsync(bed, id, "B", "b"));
        await bed.ShouldRefuseAsync<ArgumentException>(id, () => Admin(bed).AddDestinationsAsync(id, "Ask", [default]).AsTask());
        await bed.ShouldRefuseAsync<ArgumentException>(id, () => AddSlotsAsync(bed, id, 0));
        await bed.ShouldRefuseAsync<ArgumentException>(
            id, () => Admin(bed).AddSlotsAsync(id, "Ask", 1, [FieldValue.From("x"), FieldValue.From("y")]).AsTask());
    }

    private static async Task OverAsync(WorkflowTestBed bed, ProcessInstanceId id) => await AddAsync(bed, id, "C");

    private static Task AddToAsync(WorkflowTestBed bed, ProcessInstanceId id, string activity) =>
        Admin(bed).AddDestinationsAsync(id, activity, [Destination.User("B")]).AsTask();

    private static TestCaseData Case(
        string name, Action<ActivityBuilder> plan, Func<WorkflowTestBed, ProcessInstanceId, Task> add, string why) =>
        new TestCaseData(plan, add, why).SetArgDisplayNames(name);
}
