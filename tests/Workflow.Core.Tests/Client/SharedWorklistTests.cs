using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>A worklist with tasks of one's own, of roles, and of users who are out of office.</summary>
[TestFixture]
public sealed class SharedWorklistTests
{
    private static readonly SerialNumber _task = new ProcessInstanceId(1).Task(1);

    /// <summary>Own is for A, Theirs for C, and Roles for the role R, to which A belongs. C is out of office and shares Theirs and Roles with A.</summary>
    private static async Task<WorkflowTestBed> BedAsync(int rounds, Action<OutOfOfficeBuilder>? absence = null)
    {
        ProcessDefinition[] definitions =
        [
            Staff.Deciding(activity => activity.Priority(Priority.Low).Destinations(to => to.Users("A")), "Own"),
            Staff.Deciding(activity => activity.Priority(Priority.High).Destinations(to => to.Users("C")), "Theirs"),
            Staff.Deciding(activity => activity.Destinations(to => to.Role("R")), "Roles"),
        ];
        var bed = await WorkflowTestBed.CreateAsync(
            definitions, options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "A", "B" } });
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence ?? (all => all.ForwardTo("A")));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var definition in (string[])["Theirs", "Own", "Roles"])
            {
                await bed.StartAsync(definition, "dora", start => start.Folio(round % 2 == 0 ? "even" : "odd"));
                await bed.AdvanceAsync(TimeSpan.FromMinutes(1));
            }
        }

        return bed;
    }

    /// <summary>One user that the directory does not know must not take away the tasks of all who stand in for them. Nor must the tasks be lost that name the
    /// user directly.</summary>
    [Test]
    [Statement("9.4")]
    [Statement("14.7b")]
    public async Task A_failing_answer_for_one_user_leaves_out_what_comes_to_them_by_a_role_and_nothing_else()
    {
        var resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A", "D" } });
        await using var bed = await WorkflowTestBed.CreateAsync(
            [
                Staff.Deciding(activity => activity.Destinations(to => to.Users("A")), "Own"),
                Staff.Deciding(activity => activity.Destinations(to => to.Users("C")), "Theirs"),
                Staff.Deciding(activity => activity.Destinations(to => to.Users("D")), "Others"),
                Staff.Deciding(activity => activity.Destinations(to => to.Role("R")), "Roles"),
            ],
            options => options.DestinationResolver = resolver);
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("A"));
        await bed.Engine.As("D").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("A"));
        foreach (var definition in (string[])["Own", "Theirs", "Others", "Roles"])
        {
            await bed.StartAsync(definition, "dora");
        }

        resolver.Memberships = (user, token) => user == "C" ? throw new IOException("no such user") : resolver.Directory.FindMembershipsAsync(user, token);

        (await bed.SeesAsync("A")).ShouldBe("1_1 Available, 2_1 Available for C, 3_1 Available for D, 4_1 Available, 4_1 Available for D");
        resolver.Memberships = (user, token) => user == "A" ? throw new IOException("no such user") : resolver.Directory.FindMembershipsAsync(user, token);
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available, 2_1 Available for C, 3_1 Available for D, 4_1 Available for D");
    }

    /// <summary>The request is the same, whatever standing the engine has found for it.</summary>
    [Test]
    [Statement("9.4")]
    [Statement("13.7")]
    public async Task A_substitute_who_repeats_an_action_under_its_key_is_answered_as_before()
    {
        await using var bed = await BedAsync(rounds: 1);
        var worklist = bed.Engine.As("A").Once("key").Worklist;

        for (var time = 0; time < 2; time++)
        {
            await worklist.ExecuteAsync(_task, "Approve");
        }

        (await bed.AnsweredAsync(_task.ProcessInstance)).ShouldBe("A Approve for C");
    }

    private static IEnumerable<int> Expected(WorklistOrder order)
    {
        var all = Enumerable.Range(1, 12).ToArray();
        return order switch
        {
            WorklistOrder.Newest => all.Reverse(),
            WorklistOrder.Priority => all.OrderBy(number => (number % 3) switch { 1 => 0, 0 => 1, _ => 2 }),
            WorklistOrder.Folio => all.OrderBy(number => (number - 1) / 3 % 2),
            WorklistOrder.Activity => all.OrderBy(number => (number % 3) switch { 2 => 0, 0 => 1, _ => 2 }),
            _ => all,
        };
    }

    [Test]
    [Statement("13.10")]
    [Statement("9.4")]
    public async Task Ones_own_tasks_those_of_roles_and_those_of_absent_users_stand_in_one_order_page_by_page(
        [Values] WorklistOrder order, [Values(1, 2, 5, 12)] int size)
    {
        await using var bed = await BedAsync(rounds: 4);
        var found = new List<WorklistItem>();
        IReadOnlyList<WorklistItem> page;
        do
        {
            page = await bed.Engine.As("A").Worklist.ListAsync(
                new WorklistQuery { Order = order, Limit = size, After = found.Count == 0 ? null : found[^1].Serial });
            found.AddRange(page);
        }
        while (page.Count == size);

        found.Select(item => (int)item.ProcessInstance.Value).ShouldBe(Expected(order));
        found.ShouldAllBe(item => item.ActingFor == (item.Definition == "Theirs" ? "C" : null));
    }

    [Test]
    [Statement("13.10")]
    [Statement("9.4")]
    public async Task Tasks_that_an_exception_keeps_from_a_user_take_no_place_on_their_page()
    {
        await using var bed = await BedAsync(rounds: 0, absence => absence.ForwardTo("D").Except("Theirs", null, "E"));
        for (var number = 1; number <= 40; number++)
        {
            await bed.StartAsync("Theirs", "dora");
        }

        (await bed.Engine.As("D").Worklist.ListAsync(new WorklistQuery { Limit = 1 })).ShouldBeEmpty();
        (await bed.Engine.As("E").Worklist.ListAsync(new WorklistQuery { Limit = 7 })).Count.ShouldBe(7);
    }

    [Test]
    [Statement("9.4")]
    public async Task An_absent_users_redirected_tasks_are_shared_no_more()
    {
        await using var bed = await BedAsync(rounds: 1);
        await (await bed.OpenAsync("C", _task)).RedirectAsync("E");

        (await bed.SeesAsync("A")).ShouldBe("2_1 Available, 3_1 Available");
        (await bed.SeesAsync("E")).ShouldBe("1_1 Available");
        await Should.ThrowAsync<WorkflowException>(() => bed.OpenAsync("A", _task));
        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("A", _task, "Approve"));
    }

    [Test]
    [Statement("9.4")]
    [Statement("1.9")]
    public async Task An_administrator_gives_the_slot_of_a_substitute_back_when_who_was_absent_has_returned()
    {
        await using var bed = await BedAsync(rounds: 1);
        await bed.Engine.As("A").Worklist.OpenSharedAsync("C", _task);
        await bed.Engine.As("C").OutOfOffice.ReturnAsync();
        (await bed.SeesAsync("C")).ShouldBe("");

        await bed.Engine.As("boss").ManageWorklists().ReleaseAsync(_task, "A");

        (await bed.SeesAsync("C")).ShouldBe("1_1 Available");
        await bed.ActAsync("C", "Approve");
        (await bed.AnsweredAsync(_task.ProcessInstance)).ShouldBe("C Approve");
    }

    [Test]
    [Statement("9.4")]
    [Statement("1.10")]
    public async Task A_substitute_puts_the_item_to_sleep_and_it_wakes()
    {
        await using var bed = await BedAsync(rounds: 1);
        var item = await bed.Engine.As("A").Worklist.OpenSharedAsync("C", _task);

        await item.SleepAsync(TimeSpan.FromMinutes(5));
        (await bed.SeesAsync("A")).ShouldBe("2_1 Available, 3_1 Available");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(5));

        (await bed.SeesAsync("A")).ShouldBe("1_1 Open for C, 2_1 Available, 3_1 Available");
    }

    [Test]
    [Statement("9.4")]
    [Statement("14.3")]
    public async Task One_of_many_substitutes_who_open_at_once_gets_the_slot()
    {
        string[] substitutes = [.. Enumerable.Range(1, 20).Select(number => $"S{number}")];
        await using var bed = await BedAsync(rounds: 1, absence => absence.ForwardTo(substitutes));

        var opened = await Task.WhenAll(substitutes.Append("C").Select(user => Task.Run(async () =>
        {
            try
            {
                var worklist = bed.Engine.As(user).Worklist;
                await (user == "C" ? worklist.OpenAsync(_task) : worklist.OpenSharedAsync("C", _task));
                return true;
            }
            catch (WorklistItemNotFoundException)
            {
                return false;
            }
        })));

        opened.Count(one => one).ShouldBe(1);
        (await bed.ActiveAsync(_task.ProcessInstance)).Destinations[0].Slots.ShouldHaveSingleItem().Party.ShouldBe("C");
    }

    /// <summary>The resolver is never asked while an instance is being decided on.</summary>
    [Test]
    [Statement("4.8")]
    [Statement("14.3")]
    public async Task Somebody_whose_roles_are_slow_to_find_holds_nobody_else_up()
    {
        var gate = new TaskCompletionSource();
        var resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A", "B" } });
        resolver.Memberships = async (user, cancellation) =>
        {
            if (user == "B")
            {
                await gate.Task.WaitAsync(cancellation);
            }

            return [Destination.Role("R")];
        };
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Role("R"))), options => options.DestinationResolver = resolver);
        await bed.StartAsync("dora");

        var waiting = bed.Engine.As("B").Worklist.ExecuteAsync(_task, "Reject").AsTask();
        await resolver.Reached.WaitAsync(TimeSpan.FromMinutes(1));
        await bed.ActAsync("A", _task, "Approve").WaitAsync(TimeSpan.FromSeconds(20));
        waiting.IsCompleted.ShouldBeFalse();
        gate.SetResult();

        (await Should.ThrowAsync<WorklistItemNotFoundException>(waiting)).Reason.ShouldBe(WorklistItemEnd.Completed);
        (await bed.AnsweredAsync(_task.ProcessInstance)).ShouldBe("A Approve");
    }
}
