using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles that are kept synchronized in the plans per destination.</summary>
[TestFixture]
public sealed class Chapter04SynchronizedPlans
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly StaticDestinations _directory = [];

    /// <summary>How often the counting rule was asked.</summary>
    private int _asked;

    [SetUp]
    public void Forget() => _asked = 0;

    private async Task<WorkflowTestBed> BedAsync(string members, Func<ActivityBuilder, ActivityBuilder> plan)
    {
        Members(members);
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => plan(activity.Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)))),
            options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        return bed;
    }

    /// <summary>A process of one activity without outcomes, whose succeeding rule counts how often it is asked.</summary>
    private async Task<WorkflowTestBed> CountingAsync(string members, bool answer, Func<ActivityBuilder, ActivityBuilder> plan)
    {
        Members(members);
        var definition = ProcessDefinition.Define("Counting", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => plan(activity.Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)))
                .Client("Decide", task => task.Action("Approve"))
                .SucceedingRule(Rule.Named("counts", _ =>
                {
                    _asked++;
                    return answer;
                }))));
        });
        var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        return bed;
    }

    private void Members(string members) => _directory.Replace(Destination.Role("R"), members.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task SynchronizeAsync(WorkflowTestBed bed, string members)
    {
        Members(members);
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
    }

    private static ActivityBuilder AtOnce(ActivityBuilder activity) => activity.PlanPerDestination();

    /// <summary>The destinations of Work that are active, by number and name, and the slots over all.</summary>
    private static async Task<string> ActiveAsync(WorkflowTestBed bed)
    {
        var work = await bed.ActiveAsync(_id);
        var active = work.Destinations.Where(one => one.Status is DestinationStatus.Active).Select(one => $"{one.Id}:{one.Destinations[0].Name}");
        return $"{string.Join(' ', active)} / {work.SlotTotal}";
    }

    [Test]
    [Statement("4.9")]
    public async Task At_once_a_joiner_gets_a_destination_of_their_own_and_that_of_a_leaver_expires()
    {
        await using var bed = await BedAsync("A B", AtOnce);

        await SynchronizeAsync(bed, "A D");

        (await ActiveAsync(bed)).ShouldBe("1:A 3:D / 2");
        (await bed.SeesAsync("D")).ShouldBe("1_3 Available");
        (await bed.SeesAllAsync("B")).ShouldBe("");
        await bed.ShouldNotFindAsync("B", _id.Task(2), WorklistItemEnd.Expired);
        var expiry = (await bed.HistoryAsync(_id)).Where(entry => entry.Kind is JournalKind.DestinationExpired).ShouldHaveSingleItem();
        expiry.Destination.ShouldBe(2);
        expiry.Detail.ShouldNotBeNullOrEmpty();
        (await bed.DestinationsOfAsync(_id, JournalKind.DestinationCreated)).ShouldBe([1, 2, 3]);
    }

    [Test]
    [Statement("4.9")]
    public async Task The_answers_of_the_remaining_users_decide_at_once()
    {
        await using var bed = await BedAsync("A B C", AtOnce);
        await bed.ActAsync("A", "Approve");
        await SynchronizeAsync(bed, "A C D");

        await bed.ActAsync("C", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await bed.ActAsync("D", "Approve");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("A Approve, C Approve, D Approve");
    }

    [Test]
    [Statement("4.9")]
    public async Task At_once_a_leaver_who_has_answered_keeps_their_slot_and_their_destination()
    {
        await using var bed = await BedAsync("A B C", AtOnce);
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, "B C");

        (await bed.DestinationsOfAsync(_id, JournalKind.DestinationExpired)).ShouldBeEmpty();
        await bed.ActAsync("B", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await bed.ActAsync("C", "Approve");
        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
    }

    [Test]
    [Statement("4.9")]
    public async Task At_once_the_open_item_of_a_leaver_expires()
    {
        await using var bed = await BedAsync("A B", AtOnce);
        var item = await bed.OpenAsync("B", _id.Task(2));

        await SynchronizeAsync(bed, "A");

        (await Should.ThrowAsync<WorklistItemNotFoundException>(() => item.ExecuteAsync("Approve").AsTask())).Reason.ShouldBe(WorklistItemEnd.Expired);
        (await ActiveAsync(bed)).ShouldBe("1:A / 1");
        (await bed.AnsweredAsync(_id)).ShouldBe("");
    }

    [Test]
    [Statement("4.9")]
    public async Task At_once_a_fixed_number_of_slots_stays()
    {
        await using var bed = await BedAsync("A B C", activity => activity.PlanPerDestination(Slots.Number(2)));

        await SynchronizeAsync(bed, "A B C D");
        (await ActiveAsync(bed)).ShouldBe("1:A 2:B 3:C 4:D / 2");
        await SynchronizeAsync(bed, "D");

        (await ActiveAsync(bed)).ShouldBe("4:D / 2");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.5")]
    public async Task At_once_the_events_run_for_a_joiner_as_for_the_others()
    {
        var log = new List<string>();
        Members("A");
        var definition = ProcessDefinition.Define("Mailing", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.PlanPerDestination()
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
                .Logs("Mail", log).ApprovesOrRejects().Logs("Thanks", log)));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");

        await SynchronizeAsync(bed, "A D");
        await bed.ActAsync("D", "Approve");

        log.ShouldBe(["Work/Mail 1_1", "Work/Mail 1_2", "Work/Thanks 1_2"]);
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }

    [Statement("4.9")]
    [TestCase("A B C", "A B", 0, TestName = "At_once_the_rule_is_not_asked_after_a_shrink_without_an_answer")]
    [TestCase("A B C", "A B C D", 0, TestName = "At_once_the_rule_is_not_asked_after_a_growth")]
    [TestCase("A B C", "A B D", 0, TestName = "At_once_the_rule_is_not_asked_when_one_leaves_and_another_joins_without_an_answer")]
    public async Task At_once_without_an_answer(string before, string after, int asked)
    {
        await using var bed = await CountingAsync(before, answer: true, AtOnce);

        await SynchronizeAsync(bed, after);

        _asked.ShouldBe(asked);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
    }

    [Statement("4.9")]
    [TestCase("A B C D", "A B", 1, TestName = "At_once_the_rule_is_asked_once_after_a_shrink_with_an_answer_however_many_leave")]
    [TestCase("A B C D", "A B C D E", 0, TestName = "At_once_the_rule_is_not_asked_after_a_growth_with_an_answer")]
    [TestCase("A B C D", "A B C D", 0, TestName = "At_once_the_rule_is_not_asked_when_nothing_has_changed")]
    public async Task At_once_with_an_answer(string before, string after, int asked)
    {
        await using var bed = await CountingAsync(before, answer: false, AtOnce);
        await bed.ActAsync("A", "Approve");
        _asked.ShouldBe(1);

        await SynchronizeAsync(bed, after);

        _asked.ShouldBe(1 + asked);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
    }

    [Test]
    [Statement("4.9")]
    public async Task At_once_the_activity_completes_when_all_who_are_left_have_answered()
    {
        await using var bed = await BedAsync("A B C", AtOnce);
        await bed.ActAsync("A", "Approve");

        await SynchronizeAsync(bed, "A");

        (await bed.OutcomeAsync(_id)).ShouldBe("Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.9")]
    [Statement("0.3")]
    public async Task At_once_when_all_who_are_left_have_answered_and_the_rule_is_false_the_activity_completes_without_an_outcome()
    {
        await using var bed = await CountingAsync("A B", answer: false, AtOnce);
        await bed.ActAsync("A", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);

        await SynchronizeAsync(bed, "A");

        _asked.ShouldBe(2);
        (await bed.CompletedAsync(_id)).ShouldBe(["Work"]);
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Statement("4.9")]
    [TestCase("A B C D", "A B", 2, TestName = "Just_once_the_rule_of_the_task_is_asked_once_after_a_shrink_with_an_answer")]
    [TestCase("A B C D", "A B C D E", 1, TestName = "Just_once_the_rule_of_the_task_is_not_asked_after_a_growth")]
    [TestCase("A B C D", "A B C D", 1, TestName = "Just_once_the_rule_of_the_task_is_not_asked_when_nothing_has_changed")]
    public async Task Just_once(string before, string after, int asked)
    {
        Members(before);
        var definition = ProcessDefinition.Define("Counting", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.PlanJustOnce(Slots.PerDestination)
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
                .Client("Decide", task => task.Action("Approve").SucceedingRule(Rule.Named("counts", _ =>
                {
                    _asked++;
                    return false;
                })))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");
        await bed.ActAsync("A", "Approve");
        _asked.ShouldBe(1);

        await SynchronizeAsync(bed, after);

        _asked.ShouldBe(asked);
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
    }
}
