using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>View Participate: only the instances in which a user takes or took part.</summary>
[TestFixture]
public sealed class Chapter09TakingPart
{
    private readonly StaticDestinations _directory = new() { { Destination.Role("R"), "B", "T" }, { Destination.Group("G"), "gus" } };

    [SetUp]
    public void Forget() => _directory.Replace(Destination.Role("R"), "B", "T");

    /// <code>
    ///     ┌─► One [A] ──►
    /// ►───┼─► Any [role R; anyone who has the serial number] ──► After [C] ──►
    ///     └─► Wait (for the bank) ──►
    /// </code>
    private static readonly ProcessDefinition Parts = ProcessDefinition.Define("Parts", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.ViewParticipate).Admin("boss"));
        var any = process.Activity("Any", activity => activity
            .Destinations(to => to.Role("R")).Client("Decide", task => task.Action("Approve").AllowAnyUser()).OutcomesFromActions());
        process.StartsWith(process.Activity("One", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects())).StartsWith(any);
        process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        any.To(process.Activity("After", activity => activity.Destinations(to => to.Users("C")).ApprovesOrRejects()));
    });

    private async Task<WorkflowTestBed> BedAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(Parts, options => options.DestinationResolver = _directory.Manages("mia", "A"));
        await bed.StartAsync("dora");
        await bed.StartAsync("otto");
        return bed;
    }

    private static readonly ProcessInstanceId _mine = new(1);
    private static readonly ProcessInstanceId _other = new(2);

    private static async Task ShouldSeeAsync(WorkflowTestBed bed, string user, bool sees = true)
    {
        var connection = bed.Engine.As(user);
        if (sees)
        {
            (await connection.ReadAsync(_mine)).Originator.ShouldBe("dora");
            (await connection.ReadHistoryAsync(_mine)).ShouldNotBeEmpty();
            return;
        }

        foreach (var operation in (Func<Task>[])[() => connection.ReadAsync(_mine).AsTask(), () => connection.ReadHistoryAsync(_mine).AsTask()])
        {
            (await Should.ThrowAsync<WorkflowAccessDeniedException>(operation)).MissingRight.ShouldBe(ProcessRight.View);
        }
    }

    [Statement("9.1")]
    [TestCase("dora", true, TestName = "The_originator_takes_part")]
    [TestCase("DORA", true, TestName = "The_originator_takes_part_however_their_name_is_written")]
    [TestCase("A", true, TestName = "A_destination_takes_part")]
    [TestCase("B", true, TestName = "A_member_of_a_role_that_is_a_destination_takes_part")]
    [TestCase("C", false, TestName = "A_destination_of_an_activity_that_was_not_reached_takes_no_part")]
    [TestCase("gus", false, TestName = "A_member_of_another_group_takes_no_part")]
    [TestCase("otto", false, TestName = "The_originator_of_another_instance_takes_no_part")]
    [TestCase("Z", false, TestName = "Somebody_who_could_act_but_has_not_takes_no_part")]
    [TestCase("mia", false, TestName = "A_manager_who_has_not_acted_takes_no_part")]
    public async Task A_user_who_takes_part(string user, bool sees)
    {
        await using var bed = await BedAsync();

        await ShouldSeeAsync(bed, user, sees);
    }

    [Test]
    [Statement("9.1")]
    public async Task Taking_part_in_one_instance_is_no_part_in_another()
    {
        await using var bed = await BedAsync();
        await bed.ActAsync("B", _mine.Task(2), "Approve");

        await ShouldSeeAsync(bed, "C");

        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("C").ReadAsync(_other).AsTask())).MissingRight.ShouldBe(ProcessRight.View);
        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("otto").ReadAsync(_mine).AsTask()))
            .MissingRight.ShouldBe(ProcessRight.View);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_who_was_a_destination_took_part_also_when_their_task_was_given_away([Values] bool byAdministrator)
    {
        await using var bed = await BedAsync();
        if (byAdministrator)
        {
            await bed.Engine.As("boss").ManageWorklists().RedirectAsync(_mine.Task(1), Destination.User("A"), "Z");
        }
        else
        {
            await (await bed.OpenAsync("A", _mine.Task(1))).RedirectAsync("Z");
        }

        await ShouldSeeAsync(bed, "A");
        await ShouldSeeAsync(bed, "Z");
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_who_has_acted_took_part_after_their_activity_has_ended_and_after_they_left_the_role()
    {
        await using var bed = await BedAsync();
        await bed.ActAsync("A", _mine.Task(1), "Reject");
        await bed.ActAsync("B", _mine.Task(2), "Approve");

        _directory.Replace(Destination.Role("R"), "T");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));

        await ShouldSeeAsync(bed, "A");
        await ShouldSeeAsync(bed, "B");
        await ShouldSeeAsync(bed, "T");
    }

    [Test]
    [Statement("9.1")]
    public async Task Anybody_who_acted_by_the_serial_number_took_part()
    {
        await using var bed = await BedAsync();

        await bed.ActAsync("Z", _mine.Task(2), "Approve");

        await ShouldSeeAsync(bed, "Z");
        await ShouldSeeAsync(bed, "Y", sees: false);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_delegate_takes_part_and_took_part_when_they_have_acted([Values] bool acts)
    {
        await using var bed = await BedAsync();
        var item = await bed.Engine.As("A").Worklist.OpenAsync(_mine.Task(1), allocate: false);
        await item.DelegateAsync(Destination.User("D"));
        await ShouldSeeAsync(bed, "D");

        if (acts)
        {
            await bed.ActAsync("D", _mine.Task(1), "Approve");
        }

        await ShouldSeeAsync(bed, "D");
    }

    [Test]
    [Statement("9.1")]
    public async Task A_substitute_who_has_acted_took_part()
    {
        await using var bed = await BedAsync();
        await bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("D"));
        var item = await bed.Engine.As("D").Worklist.OpenSharedAsync("A", _mine.Task(1));

        await item.ExecuteAsync("Approve");
        await bed.Engine.As("A").OutOfOffice.ReturnAsync();

        await ShouldSeeAsync(bed, "D");
        await ShouldSeeAsync(bed, "A");
    }

    [Test]
    [Statement("9.1")]
    public async Task A_manager_who_has_acted_for_a_managed_user_took_part()
    {
        await using var bed = await BedAsync();
        var item = await bed.Engine.As("mia").Worklist.OpenManagedAsync("A", _mine.Task(1));

        await item.ExecuteAsync("Approve");

        await ShouldSeeAsync(bed, "mia");
        await ShouldSeeAsync(bed, "A");
    }

    [Test]
    [Statement("9.1")]
    public async Task Taking_part_without_the_right_to_see_it_shows_nothing_and_the_right_without_taking_part_neither()
    {
        var definition = ProcessDefinition.Define("Strict", process =>
        {
            process.Rights(rights => rights.Start("dora").ViewParticipate("viewer").ViewParticipate(Destination.Role("R")).View("seer"));
            process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A", "B")).ApprovesOrRejects()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _directory);
        await bed.StartAsync("dora");

        await ShouldSeeAsync(bed, "B");
        await ShouldSeeAsync(bed, "seer");
        await ShouldSeeAsync(bed, "A", sees: false);
        await ShouldSeeAsync(bed, "dora", sees: false);
        await ShouldSeeAsync(bed, "viewer", sees: false);
        await ShouldSeeAsync(bed, "T", sees: false);
    }
}
