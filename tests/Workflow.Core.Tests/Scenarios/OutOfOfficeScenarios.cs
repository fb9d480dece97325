using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class OutOfOfficeScenarios
{
    /// <summary>C is out of office, and has a task of each process: 1_1 of Leave and 2_1 of Expense.</summary>
    private static async Task<WorkflowTestBed> BedAsync(Action<OutOfOfficeBuilder> absence)
    {
        ProcessDefinition[] definitions =
        [
            Staff.Deciding(activity => activity.Destinations(to => to.Users("C")), "Leave"),
            Staff.Deciding(activity => activity.Destinations(to => to.Users("C")), "Expense"),
        ];
        var bed = await WorkflowTestBed.CreateAsync(definitions);
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence);
        await bed.StartAsync("Leave", "dora");
        await bed.StartAsync("Expense", "dora");
        return bed;
    }

    private static Task<WorkflowTestBed> O02Async() => BedAsync(absence => absence.ForwardTo("D", "E").Except("Expense", null, "F"));

    [Test]
    [Statement("9.4")]
    public async Task O02_all_tasks_are_shared_with_the_forward_users_and_an_exception_with_others_instead()
    {
        await using var bed = await O02Async();

        (await bed.SeesAsync("C")).ShouldBe("1_1 Available, 2_1 Available");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");
        (await bed.SeesAsync("E")).ShouldBe("1_1 Available for C");
        (await bed.SeesAsync("F")).ShouldBe("2_1 Available for C");
        (await bed.SeesAllAsync("Z")).ShouldBe("");
    }

    [Test]
    [Statement("9.4")]
    public async Task O02_the_first_who_opens_takes_the_slot([Values("D", "E", "C")] string first)
    {
        await using var bed = await O02Async();
        var item = (await bed.WorklistAsync(first))[0];

        await item.OpenAsync();

        foreach (var user in (string[])["C", "D", "E"])
        {
            var status = user == first ? "Open" : "Allocated";
            (await bed.SeesAllAsync(user)).ShouldStartWith($"1_1 {status}", Case.Sensitive, user);
        }

        (await bed.SeesAsync("C")).ShouldContain("2_1 Available");
        (await bed.SeesAsync("F")).ShouldBe("2_1 Available for C");
    }

    [Test]
    [Statement("9.4")]
    public async Task O02_a_substitute_who_releases_gives_the_slot_back_to_all()
    {
        await using var bed = await O02Async();
        var item = await (await bed.WorklistAsync("D"))[0].OpenAsync();

        await item.ReleaseAsync();

        (await bed.SeesAsync("C")).ShouldBe("1_1 Available, 2_1 Available");
        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");
        (await bed.SeesAsync("E")).ShouldBe("1_1 Available for C");
    }

    [Test]
    [Statement("9.4")]
    public async Task O02_a_substitute_acts_and_the_history_says_on_whose_behalf()
    {
        await using var bed = await O02Async();
        var (leave, expense) = (new ProcessInstanceId(1), new ProcessInstanceId(2));

        await (await bed.WorklistAsync("E"))[0].ExecuteAsync("Approve");
        await (await bed.WorklistAsync("F"))[0].ExecuteAsync("Reject");

        (await bed.AnsweredAsync(leave)).ShouldBe("E Approve for C");
        (await bed.AnsweredAsync(expense)).ShouldBe("F Reject for C");
        (await bed.CompletedAsync(leave)).ShouldBe(["Work", "Done"]);
        (await bed.CompletedAsync(expense)).ShouldBe(["Work", "Refused"]);
        (await bed.SeesAllAsync("C")).ShouldBe("");
        (await bed.SeesAllAsync("D")).ShouldBe("");
    }

    [Test]
    [Statement("9.4")]
    public async Task O02_who_shares_one_process_cannot_open_the_task_of_another()
    {
        await using var bed = await O02Async();
        var (leave, expense) = (new SerialNumber(new ProcessInstanceId(1), 1), new SerialNumber(new ProcessInstanceId(2), 1));

        foreach (var (user, serial) in new[] { ("D", expense), ("E", expense), ("F", leave), ("Z", leave) })
        {
            var refusal = await Should.ThrowAsync<NotSharedException>(() => bed.Engine.As(user).Worklist.OpenSharedAsync("C", serial).AsTask());
            refusal.User.ShouldBe(user);
            refusal.Absent.ShouldBe("C");
            await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.OpenAsync(user, serial));
        }

        (await bed.SeesAsync("C")).ShouldBe("1_1 Available, 2_1 Available");
    }

    [Test]
    [Statement("9.4")]
    public async Task O02_an_exception_may_be_for_one_activity_and_the_first_that_fits_holds()
    {
        await using var bed = await BedAsync(absence => absence
            .ForwardTo("D").Except("Expense", "Other", "F").Except("Expense", "Work", "G").Except("Expense", null, "H").Except("Leave", null));

        (await bed.SeesAsync("D")).ShouldBe("");
        (await bed.SeesAsync("F")).ShouldBe("");
        (await bed.SeesAsync("G")).ShouldBe("2_1 Available for C");
        (await bed.SeesAsync("H")).ShouldBe("");
        (await bed.SeesAsync("C")).ShouldBe("1_1 Available, 2_1 Available");
    }
}
