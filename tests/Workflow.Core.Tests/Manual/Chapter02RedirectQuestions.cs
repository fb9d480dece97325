using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Actions of the kind Redirect that ask the resolver by name to whom they give the task.</summary>
[TestFixture]
public sealed class Chapter02RedirectQuestions
{
    private const string Specialist = "Specialist";

    private static readonly ProcessField<string> Topic = new("Topic", initial: "law");
    private static readonly ProcessField<string> Note = new("Note");

    private StaticDestinations _directory = null!;
    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget()
    {
        _directory = new StaticDestinations().Answers(Specialist, asked => [Destination.User($"specialist of {asked.Arguments[0].Get<string>()}")]);
        _resolver = new ScriptedResolver(_directory);
    }

    private Task<WorkflowTestBed> BedAsync(Action<ReceiverBuilder> to, Action<ActivityBuilder>? plan = null) => WorkflowTestBed.CreateAsync(
        Worklists.Asking(
            activity =>
            {
                activity.Once(people: 2, slots: 1);
                plan?.Invoke(activity);
                activity.Chooses(more: task => task.Redirect("Ask", to, action => action.Sets(Note, "asked"))).OutcomesFromActions();
            },
            Topic, Note),
        options =>
        {
            options.DestinationResolver = _resolver;
            options.SilencedFindings = FindingIds.All;
        });

    private static async Task<string[]> ReceiversAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.ActiveAsync(id, "Ask")).Destinations.ShouldHaveSingleItem().Destinations.Select(one => one.Name)];

    [Test]
    [Statement("2.1")]
    [Statement("2.11b")]
    [Statement("4.8b")]
    public async Task The_answer_gets_the_task_and_the_arguments_see_the_changes_of_the_user_who_acts_and_when()
    {
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic, Acting.User, Acting.Now));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", id.Task(1), "Ask", answer => answer.Set(Topic, "tax"));

        var asked = _resolver.NamedAsked.ShouldHaveSingleItem();
        asked.ShouldBe(new NamedQuestion(Specialist, FieldValue.From("tax"), FieldValue.From("A"), FieldValue.From(WorkflowTestBed.Beginning)));
        (await ReceiversAsync(bed, id)).ShouldBe(["specialist of tax", "B"]);
        (await bed.ReadAsync(id)).Fields.Get<string>("Note").ShouldBe("asked");
    }

    /// <summary>The instant of an action moves while its question is asked, and is asked for once all the same.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("4.8b")]
    public async Task A_question_that_lasts_is_asked_once_with_the_arguments_that_it_had()
    {
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic, Acting.Now));
        var id = await bed.BeginAsync();
        _resolver.Named = (_, _) =>
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(1));
            return ValueTask.FromResult<IReadOnlyList<Destination>?>([Destination.User("D")]);
        };

        await bed.ActAsync("A", id.Task(1), "Ask");

        _resolver.NamedAsked.ShouldHaveSingleItem();
        (await ReceiversAsync(bed, id)).ShouldBe(["D", "B"]);
    }

    /// <summary>An answer to other values would give the task to the wrong people.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("2.11b")]
    [Statement("4.8b")]
    public async Task A_question_whose_arguments_change_while_it_is_asked_is_asked_again()
    {
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic, Acting.Now));
        var id = await bed.BeginAsync();
        _resolver.Named = async (asked, cancellation) =>
        {
            if (_resolver.NamedAsked.Count == 1)
            {
                var other = bed.Engine.As("B").Worklist;
                await other.ExecuteAsync(id.Task(1), "Save", answer => answer.Set(Topic, "tax"), cancellation);
                await other.ReleaseAsync(id.Task(1), cancellation);
            }

            bed.Clock.Advance(TimeSpan.FromSeconds(1));
            return [Destination.User($"specialist of {asked.Arguments[0].Get<string>()}")];
        };

        await bed.ActAsync("A", id.Task(1), "Ask");

        _resolver.NamedAsked.Select(asked => asked.Arguments[0].Get<string>()).ShouldBe(["law", "tax"]);
        _resolver.NamedAsked.ShouldAllBe(asked => asked.Arguments[1] == FieldValue.From(WorkflowTestBed.Beginning));
        (await ReceiversAsync(bed, id)).ShouldBe(["specialist of tax", "B"]);
    }

    [Test]
    [Statement("2.1")]
    public async Task Several_questions_and_other_receivers_add_up()
    {
        _directory.Answers("More", _ => [Destination.User("E"), Destination.User("d")]);
        await using var bed = await BedAsync(to => to.Users("D").Question("More").Question(Specialist, Topic));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", id.Task(1), "Ask");

        (await ReceiversAsync(bed, id)).ShouldBe(["D", "E", "specialist of law", "B"], ignoreOrder: true);
        _resolver.NamedAsked.Select(asked => asked.Name).ShouldBe(["More", Specialist]);
    }

    public static IEnumerable<TestCaseData> Unusable =>
    [
        Case("nobody", [], "the resolver answers the question 'Specialist' with nobody"),
        Case("a role", [Destination.User("D"), Destination.Role("R")], "with the role R"),
    ];

    private static TestCaseData Case(string what, Destination[] answer, string message) => new TestCaseData(answer, message).SetArgDisplayNames(what);

    [TestCaseSource(nameof(Unusable))]
    [Statement("2.1")]
    [Statement("14.8")]
    public async Task An_answer_that_no_task_can_go_to_makes_the_action_refused_and_nothing_is_done(Destination[] answer, string message)
    {
        _resolver.Named = (_, _) => ValueTask.FromResult<IReadOnlyList<Destination>?>(answer);
        await using var bed = await BedAsync(to => to.Users("E").Question(Specialist, Topic));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(
            id, () => bed.ActAsync("A", id.Task(1), "Ask", values => values.Set(Topic, "tax")));

        refusal.Statement.ShouldBe("2.1");
        refusal.Message.ShouldContain("'Ask'");
        refusal.Message.ShouldContain(message);
        (await ReceiversAsync(bed, id)).ShouldBe(["A", "B"]);
    }

    [Test]
    [Statement("4.8b")]
    [Statement("14.8")]
    public async Task A_question_that_the_resolver_does_not_know_or_answer_is_told_and_nothing_is_done([Values] bool isUnknown)
    {
        _resolver.Named = (_, _) => isUnknown ? ValueTask.FromResult<IReadOnlyList<Destination>?>(null) : throw new IOException("the table is gone");
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<DestinationResolverException>(id, () => bed.ActAsync("A", id.Task(1), "Ask"));

        refusal.Message.ShouldContain(isUnknown ? "does not know the question 'Specialist'" : "the table is gone");
        (await ReceiversAsync(bed, id)).ShouldBe(["A", "B"]);
    }

    [Test]
    [Statement("4.10")]
    [Statement("1.11")]
    public async Task Somebody_who_is_left_out_or_has_the_task_does_not_get_it_by_an_answer([Values("C", "B")] string user)
    {
        _directory.Answers(Specialist, _ => [Destination.User(user)]);
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic), activity => activity.Destinations(to => to.Users("A", "B").Except("C")));
        var id = await bed.BeginAsync();

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, () => bed.ActAsync("A", id.Task(1), "Ask"));

        (await ReceiversAsync(bed, id)).ShouldBe(["A", "B"]);
    }

    [Test]
    [Statement("2.9")]
    public async Task Nobody_is_asked_for_a_user_who_has_no_standing()
    {
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic));
        var id = await bed.BeginAsync();

        await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.ActAsync("X", id.Task(1), "Ask"));

        _resolver.NamedAsked.ShouldBeEmpty();
    }

    [Test]
    [Statement("2.9")]
    public async Task Nobody_is_asked_for_a_user_to_whom_the_action_is_denied()
    {
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic));
        var id = await bed.BeginAsync();
        await bed.Engine.AsSystem().ManageWorklists().SetActionRightAsync(id.Task(1), "Ask", Destination.User("A"), isAllowed: false);

        await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("A", id.Task(1), "Ask"));

        _resolver.NamedAsked.ShouldBeEmpty();
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_of_a_redirect_with_a_question_stores_the_same_bytes()
    {
        await using var bed = await BedAsync(to => to.Question(Specialist, Topic));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", id.Task(1), "Ask");

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.TranscriptAsync(id)).ShouldBe(await bed.TranscriptAsync(id));
    }
}
