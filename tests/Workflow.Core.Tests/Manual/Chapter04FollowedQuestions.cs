using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Questions by name of a rule that is kept synchronized: they are asked again, with the arguments of planning.</summary>
/// <code>
/// ►──┬──► Work (for the approvers) ──►
///    └──► Other (waits, and sets the cost centre) ──►
/// </code>
[TestFixture]
public sealed class Chapter04FollowedQuestions
{
    private const string Approvers = "Approvers";

    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);
    private static readonly ProcessField<string> CostCentre = new("Cost centre", initial: "IT");

    private readonly Dictionary<string, string> _approvers = [];
    private StaticDestinations _directory = null!;
    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget()
    {
        _approvers.Clear();
        (_approvers["IT"], _approvers["HR"]) = ("A B", "X Y");
        _directory = new StaticDestinations().Answers(Approvers, Answer);
        _resolver = new ScriptedResolver(_directory);
    }

    private IReadOnlyList<Destination> Answer(NamedQuestion asked) =>
        [.. _approvers[asked.Arguments[0].Get<string>()].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Destination.User)];

    private async Task<WorkflowTestBed> BedAsync(
        Action<DestinationBuilder>? to = null, Action<ActivityBuilder>? plan = null, NoDestinations policy = NoDestinations.Error)
    {
        var bed = await WorkflowTestBed.CreateAsync(Definition(to, plan, policy), options => options.DestinationResolver = _resolver);
        await bed.BeginAsync();
        return bed;
    }

    private static ProcessDefinition Definition(
        Action<DestinationBuilder>? to, Action<ActivityBuilder>? plan = null, NoDestinations policy = NoDestinations.Error, int version = 1) =>
        ProcessDefinition.Define("Working", process =>
        {
            process.Version(version).OpenToAll().Fields(CostCentre);
            process.StartsWith(process.Activity("Work", activity =>
            {
                activity.Destinations(to ?? (all => all.Question(Approvers, CostCentre).ResolvedToUsers(keepSynchronized: true)))
                    .PlanPerDestination().WhenNobody(policy).Chooses();
                plan?.Invoke(activity);
            }));
            process.StartsWith(process.Activity("Other", activity => activity.Waits()));
        });

    private static async Task<string> DestinationsAsync(WorkflowTestBed bed)
    {
        var work = await bed.ActiveAsync(_id);
        return $"{string.Join(' ', work.Names())} {work.Letters()} / {work.SlotTotal}";
    }

    [Test]
    [Statement("4.8b")]
    [Statement("4.9")]
    public async Task It_is_asked_again_with_the_arguments_of_planning_and_the_destinations_follow([Values] bool restarts)
    {
        await using var bed = await BedAsync();
        await bed.FinishAsync(_id, "Other", finish => finish.Set(CostCentre, "HR"));
        _approvers["IT"] = "B C";
        if (restarts)
        {
            await bed.RestartAsync();
        }

        await bed.AdvanceAsync(_interval);

        (await DestinationsAsync(bed)).ShouldBe("A B C EAA / 2");
        _resolver.NamedAsked.ShouldBe([new(Approvers, FieldValue.From("IT")), new(Approvers, FieldValue.From("IT"))]);
        (await bed.HistoryAsync(_id)).Single(fact => fact.Kind is JournalKind.RolesSynchronized).Detail.ShouldBe("user C joined, user A left");
        _approvers["IT"] = "C A";
        await bed.AdvanceAsync(_interval);
        (await DestinationsAsync(bed)).ShouldBe("A B C A EEAA / 2");
    }

    [Test]
    [Statement("4.8")]
    public async Task Without_it_nobody_asks_again([Values] bool isResolved)
    {
        await using var bed = await BedAsync(to =>
        {
            to.Question(Approvers, CostCentre);
            if (isResolved)
            {
                to.ResolvedToUsers();
            }
        });
        _approvers["IT"] = "C";

        await bed.AdvanceAsync(_interval);

        (await DestinationsAsync(bed)).ShouldBe("A B AA / 2");
        _resolver.NamedAsked.ShouldHaveSingleItem();
    }

    [Test]
    [Statement("4.9")]
    public async Task Plan_just_once_and_plan_in_turn_follow_too()
    {
        await using var once = await BedAsync(plan: activity => activity.PlanJustOnce(Slots.PerDestination));
        await using var inTurn = await BedAsync(plan: activity => activity.PlanPerDestinationInTurn());
        _approvers["IT"] = "B C D";

        await once.AdvanceAsync(_interval);
        await inTurn.AdvanceAsync(_interval);

        (await DestinationsAsync(once)).ShouldBe("B+C+D A / 3");
        (await DestinationsAsync(inTurn)).ShouldBe("A B EA / 3");
        (await inTurn.ActiveAsync(_id)).Turns.ShouldNotBeNull().Remaining.Select(next => next.Name).ShouldBe(["C", "D"]);
    }

    [Test]
    [Statement("4.9")]
    public async Task A_role_in_the_answer_is_followed_with_it()
    {
        _directory.Replace(Destination.Role("R"), "r");
        _directory.Replace(Destination.Role("S"), "s");
        var role = "R";
        _directory.Answers(Approvers, _ => [Destination.Role(role), Destination.User("A")]);
        await using var bed = await BedAsync();
        (await DestinationsAsync(bed)).ShouldBe("r A AA / 2");

        role = "S";
        await bed.AdvanceAsync(_interval);
        (await DestinationsAsync(bed)).ShouldBe("r A s EAA / 2");

        _directory.Replace(Destination.Role("S"), "s", "t");
        await bed.AdvanceAsync(_interval);
        (await DestinationsAsync(bed)).ShouldBe("r A s t EAAA / 3");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.10")]
    public async Task Somebody_whom_the_set_leaves_out_does_not_join_by_a_later_answer()
    {
        await using var bed = await BedAsync(to => to.Question(Approvers, CostCentre).Except("C").ResolvedToUsers(keepSynchronized: true));
        _approvers["IT"] = "A B C D";

        await bed.AdvanceAsync(_interval);

        (await DestinationsAsync(bed)).ShouldBe("A B D AAA / 3");
    }

    /// <summary>The names that a set leaves out are fixed. The question of another set is asked again.</summary>
    [Test]
    [Statement("4.9")]
    [Statement("4.10")]
    public async Task Somebody_is_free_only_as_long_as_an_answer_of_another_set_names_them([Values] bool restarts)
    {
        _directory.Add(Destination.Role("Clerks"), "A", "C", "D");
        await using var bed = await BedAsync(to => to
            .Set("Clerks").Role("Clerks").Except("A", "C")
            .Set("Experts").Question(Approvers, CostCentre)
            .ResolvedToUsers(keepSynchronized: true));
        (await DestinationsAsync(bed)).ShouldBe("D A B AAA / 3");

        _approvers["IT"] = "B C";
        if (restarts)
        {
            await bed.RestartAsync();
        }

        await bed.AdvanceAsync(_interval);
        (await DestinationsAsync(bed)).ShouldBe("D A B C AEAA / 3");
        var refusal = await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("D", _id, "A"));
        (refusal.Statement, refusal.Message.Contains("leaves out 'A'", StringComparison.Ordinal)).ShouldBe(("4.10", true));

        _approvers["IT"] = "A";
        await bed.AdvanceAsync(_interval);
        (await DestinationsAsync(bed)).ShouldBe("D A B C A AEEEA / 2");
        (await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("D", _id, "C"))).Statement.ShouldBe("4.10");
    }

    /// <summary>Another version has the sets under other names or in another order. Those whom a set left out stay left out.</summary>
    [TestCase("renamed")]
    [TestCase("behind another set")]
    [TestCase("gone")]
    [Statement("4.10")]
    [Statement("8.8")]
    public async Task A_change_of_the_version_frees_nobody_whom_a_set_has_left_out(string set)
    {
        _directory.Add(Destination.Role("Clerks"), "A", "C", "D");
        await using var bed = await BedAsync(to => to
            .Set("Clerks").Role("Clerks").Except("A", "C")
            .Set("Experts").Question(Approvers, CostCentre)
            .ResolvedToUsers(keepSynchronized: true));
        await bed.Engine.DeployAsync(Definition(
            to => (set switch
            {
                "renamed" => to.Set("Staff").Role("Clerks").Except("A", "C"),
                "gone" => to,
                _ => to.Set("Others").Users("E").Set("Clerks").Role("Clerks").Except("A", "C"),
            }).Set("Experts").Question(Approvers, CostCentre).ResolvedToUsers(keepSynchronized: true),
            version: 2));
        await bed.MigrateAsync(_id);

        _approvers["IT"] = "B C";
        await bed.AdvanceAsync(_interval);

        (await DestinationsAsync(bed)).ShouldBe("D A B C AEAA / 3");
        (await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("D", _id, "A"))).Statement.ShouldBe("4.10");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.12")]
    public async Task When_the_answer_is_nobody_any_more_the_policy_applies([Values] NoDestinations policy)
    {
        await using var bed = await BedAsync(policy: policy);
        _approvers["IT"] = "";

        await bed.AdvanceAsync(_interval);

        switch (policy)
        {
            case NoDestinations.SkipActivity:
                (await bed.CompletedAsync(_id)).ShouldBe(["Work"]);
                break;
            case NoDestinations.WaitForRole:
                _approvers["IT"] = "Z";
                await bed.AdvanceAsync(_interval);
                (await DestinationsAsync(bed)).ShouldEndWith("Z EEA / 1");
                break;
            default:
                (await bed.ReadAsync(_id)).Error.ShouldNotBeNull().Message.ShouldContain($"the resolver answers '{Approvers}' with nobody");
                break;
        }
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.8b")]
    public async Task A_question_that_fails_then_changes_nothing_and_is_asked_at_the_next_interval([Values] bool isUnknown)
    {
        await using var bed = await BedAsync();
        _resolver.Named = (_, _) => isUnknown ? ValueTask.FromResult<IReadOnlyList<Destination>?>(null) : throw new IOException("down");
        _approvers["IT"] = "B C";

        await bed.AdvanceAsync(_interval);

        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Active);
        (await DestinationsAsync(bed)).ShouldBe("A B AA / 2");
        _resolver.Named = null;
        await bed.AdvanceAsync(_interval);
        (await DestinationsAsync(bed)).ShouldBe("A B C EAA / 2");
    }

    [Test]
    [Statement("8.8")]
    [Statement("4.9")]
    public async Task A_new_version_goes_on_with_the_question_as_it_was_asked()
    {
        static ProcessDefinition Version(int version) => ProcessDefinition.Define("Working", process =>
        {
            process.OpenToAll().Fields(CostCentre).Version(version);
            process.StartsWith(process.Activity("Work", activity => activity
                .Destinations(to => to.Question(version == 1 ? Approvers : "Others", CostCentre).ResolvedToUsers(keepSynchronized: true))
                .PlanPerDestination().Chooses()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync([Version(2), Version(1)], options => options.DestinationResolver = _resolver);
        await bed.BeginAsync();
        _approvers["IT"] = "B C";

        await bed.Admin().MigrateAsync(_id, toVersion: 2);
        await bed.AdvanceAsync(_interval);

        (await DestinationsAsync(bed)).ShouldBe("A B C EAA / 2");
    }
}
