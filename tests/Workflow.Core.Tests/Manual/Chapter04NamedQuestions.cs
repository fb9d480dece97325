using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Destinations that are the answer to a question by name.</summary>
[TestFixture]
public sealed class Chapter04NamedQuestions
{
    private const string Approvers = "Approvers of the cost centre";

    private static readonly ProcessInstanceId _id = new(1);
    private static readonly ProcessField<string> CostCentre = new("Cost centre", initial: "IT");
    private static readonly ProcessField<decimal> Amount = new("Amount", initial: 240m);
    private static readonly ProcessField<IReadOnlyList<string>> Tags = new("Tags");
    private static readonly ActivityField<int> Level = new("Level", initial: 3);

    private StaticDestinations _directory = null!;
    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget()
    {
        _directory = new StaticDestinations().Answers(Approvers, _ => [Destination.User("ann"), Destination.User("bob")]);
        _resolver = new ScriptedResolver(_directory);
    }

    /// <code>
    /// ►──► Ask (waits) ──► Work (for whom it is told) ──► After ──►
    /// </code>
    private Task<WorkflowTestBed> BedAsync(Action<DestinationBuilder> to, Action<ActivityBuilder>? plan = null, Action<WorkflowOptions>? configure = null) =>
        WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Working", process =>
            {
                process.OpenToAll().Fields(CostCentre, Amount, Tags);
                var work = process.Activity("Work", activity =>
                {
                    activity.Fields(Level).Destinations(to).PlanPerDestination().Chooses();
                    plan?.Invoke(activity);
                });
                var ask = process.Activity("Ask", activity => activity.Waits());
                process.StartsWith(ask);
                ask.To(work);
                work.To(process.Activity("After"));
            }),
            options =>
            {
                options.DestinationResolver = _resolver;
                configure?.Invoke(options);
            });

    private static async Task<ProcessInstanceId> WorkingAsync(WorkflowTestBed bed, string? costCentre = null)
    {
        var id = await bed.BeginAsync();
        await bed.FinishAsync(id, "Ask", finish =>
        {
            if (costCentre is not null)
            {
                finish.Set(CostCentre, costCentre);
            }
        });
        return id;
    }

    [Test]
    [Statement("4.8b")]
    public async Task The_resolver_is_asked_by_name_with_the_values_that_the_arguments_have_when_the_activity_is_planned()
    {
        await using var bed = await BedAsync(to => to.Question(Approvers, CostCentre, Amount, Tags, Level));

        var id = await WorkingAsync(bed, "Sales");

        var asked = _resolver.NamedAsked.ShouldHaveSingleItem();
        asked.Name.ShouldBe(Approvers);
        asked.Arguments.ShouldBe([FieldValue.From("Sales"), FieldValue.From(240m), FieldValue.Null, FieldValue.From(3)]);
        asked.ShouldBe(new NamedQuestion(Approvers, FieldValue.From("Sales"), FieldValue.From(240m), FieldValue.Null, FieldValue.From(3)));
        (await bed.ActiveAsync(id)).Names().ShouldBe(["ann", "bob"]);
        (await bed.SeesAsync("ann")).ShouldBe("1_2 Available");
    }

    [Test]
    [Statement("4.8b")]
    public async Task An_operand_may_be_an_argument()
    {
        await using var bed = await BedAsync(to => to.Question(Approvers, Rule.Choose(Amount >= 1000m, "director", "manager")));

        await WorkingAsync(bed);

        _resolver.NamedAsked.ShouldHaveSingleItem().Arguments.ShouldBe([FieldValue.From("manager")]);
    }

    [Test]
    [Statement("4.8b")]
    [Statement("4.1")]
    [Statement("4.11")]
    public async Task Each_answer_stands_where_its_question_does()
    {
        _directory.Answers("More", _ => [Destination.User("eve"), Destination.User("ANN")]);
        await using var inTurn = await BedAsync(
            to => to.Users("cy").Question(Approvers).Users("dan").Set("More").Question("More").Users("fay"),
            activity => activity.PlanPerDestinationInTurn());
        await using var atOnce = await BedAsync(to => to.Users("cy").Question(Approvers).Users("dan").Set("More").Question("More").Users("fay"));

        var id = await WorkingAsync(inTurn);
        await WorkingAsync(atOnce);

        (await inTurn.ActiveAsync(id)).Turns.ShouldNotBeNull().All.Select(one => one.Name).ShouldBe(["cy", "ann", "bob", "dan", "eve", "ANN", "fay"]);
        (await atOnce.ActiveAsync(id)).Names().ShouldBe(["cy", "ann", "bob", "dan", "eve", "fay"]);
    }

    [Test]
    [Statement("4.1")]
    [Statement("4.8b")]
    public async Task A_set_whose_rule_is_false_asks_nothing()
    {
        await using var bed = await BedAsync(to => to.Set("Much", Amount > 1000m).Question(Approvers).Set("Always").Users("cy"));

        var id = await WorkingAsync(bed);

        _resolver.NamedAsked.ShouldBeEmpty();
        (await bed.ActiveAsync(id)).Names().ShouldBe(["cy"]);
    }

    [Test]
    [Statement("4.8b")]
    public async Task The_same_question_with_the_same_arguments_is_asked_once()
    {
        await using var bed = await BedAsync(
            to => to.Set("A").Question(Approvers, CostCentre).Set("B").Question(Approvers, CostCentre).Set("C").Question(Approvers, Amount),
            activity => activity.PlanJustOnce(Slots.PerDestination));

        var id = await WorkingAsync(bed);

        _resolver.NamedAsked.Count.ShouldBe(2);
        (await bed.ActiveAsync(id)).Names().ShouldBe(["ann+bob"]);
    }

    [Test]
    [Statement("4.8b")]
    [Statement("4.8")]
    public async Task A_role_in_an_answer_stays_a_role_or_is_resolved_as_a_named_one_is([Values] bool isResolved)
    {
        _directory.Replace(Destination.Role("Managers"), "mia", "noa");
        _directory.Answers(Approvers, _ => [Destination.Role("Managers"), Destination.User("ann")]);
        await using var bed = await BedAsync(to =>
        {
            to.Question(Approvers);
            if (isResolved)
            {
                to.ResolvedToUsers();
            }
        });

        var id = await WorkingAsync(bed);

        (await bed.ActiveAsync(id)).Names().ShouldBe(isResolved ? ["mia", "noa", "ann"] : ["Managers", "ann"]);
        (await bed.SeesAsync("mia")).ShouldBe("1_2 Available");
        _directory.Replace(Destination.Role("Managers"), "noa");
        (await bed.SeesAsync("mia")).ShouldBe(isResolved ? "1_2 Available" : "");
    }

    /// <summary>As with a role that is to be resolved, no policy goes on without it.</summary>
    [Test]
    [Statement("4.8b")]
    [Statement("4.12")]
    public async Task A_question_that_the_resolver_does_not_know_is_an_error_under_every_policy([Values] NoDestinations policy)
    {
        await using var bed = await BedAsync(to => to.Users("cy").Question("Nobody knows", CostCentre), activity => activity.WhenNobody(policy));

        var id = await WorkingAsync(bed);

        var error = await bed.ShouldHaveFailedToPlanAsync(id);
        error.Element.ShouldBe("destination rule of 'Work'");
        error.Message.ShouldBe(
            "The resolver does not know the question 'Nobody knows'. Let it answer the question, or correct the name in the definition. "
            + "Then retry this instance.");

        _directory.Answers("Nobody knows", asked => [Destination.User($"approver of {asked.Arguments[0].Get<string>()}")]);
        await bed.Admin().RetryAsync(id);
        (await bed.ActiveAsync(id)).Names().ShouldBe(["cy", "approver of IT"]);
    }

    [Test]
    [Statement("4.8b")]
    [Statement("14.8")]
    public async Task Without_a_resolver_the_message_and_a_finding_say_that_there_is_none()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Staff.Deciding(activity => activity.Destinations(to => to.Question(Approvers))));

        bed.Deployments[0].Findings.Single(finding => finding.Id == FindingIds.NoResolver).Reason.ShouldContain($"'{Approvers}'");
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ShouldHaveFailedToPlanAsync(id)).Message.ShouldContain("WorkflowOptions.DestinationResolver is not set");
    }

    public static IEnumerable<TestCaseData> Answers =>
    [
        Case("throws", () => throw new IOException("the table is gone"), "threw: the table is gone"),
        Case("names nobody by a destination without a name", () => [default], "a destination without a name"),
        Case("names too many", () => [.. Enumerable.Range(0, 5).Select(number => Destination.User($"U{number}"))], "more than 4 destinations"),
        Case("names the host", () => [Destination.Stored(DestinationKind.User, "system")], "cannot be the name of a user"),
        Case("does not know the question", () => null, "does not know the question"),
    ];

    private static TestCaseData Case(string what, Func<IReadOnlyList<Destination>?> answer, string message) =>
        new TestCaseData(answer, message).SetArgDisplayNames(what);

    [TestCaseSource(nameof(Answers))]
    [Statement("4.8b")]
    [Statement("14.8")]
    public async Task An_answer_that_cannot_be_used_puts_the_instance_into_error_and_nobody_has_a_task(
        Func<IReadOnlyList<Destination>?> answer, string message)
    {
        _resolver.Named = (_, _) => ValueTask.FromResult(answer());
        await using var bed = await BedAsync(to => to.Users("cy").Question(Approvers), configure: options => options.SlotLimit = 4);

        var id = await WorkingAsync(bed);

        (await bed.ShouldHaveFailedToPlanAsync(id)).Message.ShouldContain(message);
        _resolver.Named = null;
        await bed.Admin().RetryAsync(id);
        (await bed.ActiveAsync(id)).Names().ShouldBe(["cy", "ann", "bob"]);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("4.8b")]
    [Statement("14.7b")]
    public async Task An_answer_that_does_not_come_puts_the_instance_into_error(CancellationToken cancellation)
    {
        _resolver.Named = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [];
        };
        await using var bed = await BedAsync(to => to.Question(Approvers), configure: options => options.ResolverTimeout = TimeSpan.FromSeconds(7));
        var id = await bed.BeginAsync();
        var finishing = bed.FinishAsync(id, "Ask");
        await _resolver.Reached.WaitAsync(cancellation);

        bed.Clock.Advance(TimeSpan.FromSeconds(7));

        await finishing.WaitAsync(cancellation);
        (await bed.ShouldHaveFailedToPlanAsync(id)).Message.ShouldContain("has not answered within 00:00:07");
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.8b")]
    public async Task An_answer_of_nobody_is_up_to_the_policy([Values] NoDestinations policy)
    {
        _directory.Answers(Approvers, asked => asked.Arguments[0].Get<string>() == "HR" ? [Destination.User("eve")] : []);
        await using var bed = await BedAsync(to => to.Question(Approvers, CostCentre), activity => activity.WhenNobody(policy));

        var id = await WorkingAsync(bed);

        switch (policy)
        {
            case NoDestinations.SkipActivity:
                (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
                break;
            case NoDestinations.WaitForRole:
                _directory.Answers(Approvers, _ => [Destination.User("eve")]);
                await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
                (await bed.ActiveAsync(id)).Names().ShouldBe(["eve"]);
                break;
            default:
                (await bed.ShouldHaveFailedToPlanAsync(id)).Message.ShouldStartWith(
                    $"The destination sets of 'Work' name nobody, and the resolver answers '{Approvers}' with nobody.");
                break;
        }
    }

    [Test]
    [Statement("4.10")]
    [Statement("4.8b")]
    public async Task A_set_leaves_out_people_of_its_answer_whom_no_other_set_names()
    {
        await using var bed = await BedAsync(to => to.Set("A").Question(Approvers).Except("ann", "bob").Set("B").Question("More").Users("cy"));
        _directory.Answers("More", _ => [Destination.User("bob")]);

        var id = await WorkingAsync(bed);

        var work = await bed.ActiveAsync(id);
        work.Names().ShouldBe(["bob", "cy"]);
        work.PlanningOrNull.ShouldNotBeNull().Exclusions.ShouldNotBeNull().Select(exclusion => exclusion.User).ShouldBe(["ann"]);
    }

    [Test]
    [Statement("13.9")]
    [Statement("4.8b")]
    public async Task A_preview_asks_the_question_and_changes_nothing()
    {
        await using var bed = await BedAsync(to => to.Question(Approvers, CostCentre));
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.GoToAsync(id, "Work");

        _resolver.NamedAsked.ShouldHaveSingleItem();
        effects.NewTasks.SelectMany(task => task.Destinations).ShouldBe([Destination.User("ann"), Destination.User("bob")]);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ask"]);
    }

    [Test]
    [Statement("14.1")]
    [Statement("4.8b")]
    public async Task A_replay_with_questions_stores_the_same_bytes()
    {
        await using var bed = await BedAsync(
            to => to.Question(Approvers, CostCentre).Question("More", Amount).ResolvedToUsers(keepSynchronized: true),
            activity => activity.PlanJustOnce(Slots.PerDestination));
        _directory.Replace(Destination.Role("Managers"), "mia");
        _directory.Answers("More", _ => [Destination.Role("Managers")]);
        var id = await WorkingAsync(bed, "Sales");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        await bed.ActAsync("mia", "Approve");

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.TranscriptAsync(id)).ShouldBe(await bed.TranscriptAsync(id));
        (await replay.ActiveAsync(id)).Names().ShouldBe(["ann+bob+mia"]);
    }

    [Test]
    [Statement("14.1")]
    [Statement("4.8b")]
    public async Task A_test_bed_answers_questions_also_after_a_restart_and_in_a_replay()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Working", process =>
        {
            process.OpenToAll().Fields(CostCentre);
            process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Question(Approvers, CostCentre)).Chooses()));
        }));
        await bed.AnswerAsync(Approvers, asked => [Destination.User($"approver of {asked.Arguments[0].Get<string>()}")]);
        await bed.BeginAsync();
        await bed.AnswerAsync(Approvers, _ => [Destination.User("eve")]);
        await bed.RestartAsync();
        var second = await bed.BeginAsync();

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.ActiveAsync(_id)).Names().ShouldBe(["approver of IT"]);
        (await replay.ActiveAsync(second)).Names().ShouldBe(["eve"]);
        await using var other = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Users("A"))), options => options.DestinationResolver = _resolver);
        await Should.ThrowAsync<WorkflowTestException>(() => other.AnswerAsync(Approvers, _ => []));
    }

    [Test]
    [Statement("4.8b")]
    [Statement("13.4")]
    public void An_argument_must_be_a_field_of_the_process_or_of_the_activity()
    {
        var problems = Problems(to => to.Question(Approvers, new ProcessField<string>("Unknown")));

        problems.ShouldHaveSingleItem().ToString().ShouldContain("Unknown");
        Problems(to => to.Question(Approvers, Acting.User)).ShouldHaveSingleItem().Statement.ShouldBe("2.1");
        Problems(to => to.Question(Approvers, new DestinationField<string>("Own"))).ShouldHaveSingleItem().Statement.ShouldBe("11.1");
    }

    [Test]
    [Statement("14.8")]
    public void A_question_that_cannot_be_asked_is_refused_where_it_is_written()
    {
        var to = new DestinationBuilder();

        Should.Throw<ArgumentException>(() => to.Question(" "));
        Should.Throw<ArgumentNullException>(() => to.Question(null!));
        Should.Throw<ArgumentNullException>(() => to.Question(Approvers, CostCentre, null!));
        Should.Throw<ArgumentException>(() => to.Question(Approvers, Status.OfActivity)).Message.ShouldContain("no data field can hold");
    }

    private static IReadOnlyList<DefinitionProblem> Problems(Action<DestinationBuilder> to) =>
        Should.Throw<ProcessDefinitionException>(() => Staff.Deciding(activity => activity.Destinations(to))).Problems;
}
