using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>Lists, counts, and the fields of an action, as a screen asks for them. The rules of stores are in the contract.</summary>
[TestFixture]
[Statement("13.10")]
public sealed class ScreenTests
{
    private static readonly ProcessField<string> _reason = new("Reason", "none");
    private static readonly ProcessField<decimal> _amount = new("Amount", 5m);

    private static ProcessDefinition Leave(string name = "Leave", TimeSpan? expected = null, int version = 1) => ProcessDefinition.Define(name, process =>
    {
        process.Version(version).Managed().Fields(_reason, _amount).Rights(rights => rights.ViewParticipate("dora").View("viewer"));
        process.StartsWith(process.Activity("Decide", activity =>
        {
            activity.Destinations(to => to.Users("ann", "bob")).PlanJustOnce(Slots.Number(2));
            activity.Client("Decide it", task => task.Action("Grant").Action("Refuse", action => action.Asks(_reason, _amount).Sets(_amount, 0m)));
            if (expected is { } duration)
            {
                activity.ExpectedDuration(duration);
            }
        }));
    });

    private static async Task<WorkflowTestBed> BeginAsync(params ProcessDefinition[] definitions) => await WorkflowTestBed.CreateAsync(definitions, _ => { });

    [Test]
    public async Task Instances_are_found_by_the_beginning_of_their_folio_in_both_orders_and_pages()
    {
        await using var bed = await BeginAsync(Leave());
        foreach (var folio in (string[])["2027/1", "2026/1", "2027/2", "2027/3"])
        {
            await bed.Engine.As("dora").StartAsync("Leave", start => start.Folio(folio));
        }

        var newest = new ProcessQuery { FolioStart = "2027/", NewestFirst = true, Limit = 2 };
        var first = await bed.Engine.As("boss").FindProcessesAsync(newest);

        first.Select(found => found.Folio).ShouldBe(["2027/3", "2027/2"]);
        (await bed.Engine.As("boss").FindProcessesAsync(newest with { After = first[^1].Id })).Select(found => found.Folio).ShouldBe(["2027/1"]);
        (await bed.Engine.As("dora").FindProcessesAsync(new() { FolioStart = "2027/" })).Select(found => found.Folio)
            .ShouldBe(["2027/1", "2027/2", "2027/3"]);
        await Should.ThrowAsync<ArgumentException>(async () => await bed.Engine.As("boss").FindProcessesAsync(new() { FolioStart = "\uD83D" }));
    }

    /// <summary>The flag and the order rest on one duration, so red comes before yellow, and yellow before green.</summary>
    [Test]
    [Statement("1.16")]
    public async Task Tasks_come_by_lateness_and_each_version_has_its_own_duration()
    {
        await using var bed = await BeginAsync(
            Leave("Slow", TimeSpan.FromDays(9)), Leave("None"), Leave("Fast", TimeSpan.FromHours(1)), Leave("Fast", TimeSpan.FromDays(30), version: 2),
            Leave("Never", TimeSpan.MaxValue));
        await bed.Engine.As("boss").ManageDefinitions().SetDefaultAsync("Fast", 1);
        foreach (var (definition, days) in new[] { ("None", 0), ("Never", 0), ("Slow", 0), ("Fast", 8) })
        {
            if (days > 0)
            {
                await bed.AdvanceAsync(TimeSpan.FromDays(days));
            }

            await bed.Engine.As("dora").StartAsync(definition);
        }

        await bed.Engine.As("boss").ManageDefinitions().SetDefaultAsync("Fast", 2);
        await bed.Engine.As("dora").StartAsync("Fast");
        await bed.AdvanceAsync(TimeSpan.FromHours(30));
        var query = new WorklistQuery { Order = WorklistOrder.Lateness };

        var mine = await bed.Engine.As("ann").Worklist.ListAsync(query);

        mine.Select(task => $"{task.Definition} {task.ProcessInstance} {task.Flag}").ShouldBe(
            ["Fast 4 Red", "Slow 3 Yellow", "Fast 5 Green", "Never 2 Green", "None 1 Green"]);
        (await bed.Engine.As("boss").ManageWorklists().ListAsync(query)).Select(entry => entry.Serial).Distinct()
            .ShouldBe(mine.Select(task => task.Serial));
        (await bed.Engine.As("ann").Worklist.ListAsync(query with { After = mine[1].Serial, Limit = 2 })).Select(task => task.Serial)
            .ShouldBe(mine.Skip(2).Take(2).Select(task => task.Serial));
    }

    [Test]
    [Statement("12.6")]
    public async Task The_history_is_read_from_its_end_backwards()
    {
        await using var bed = await BeginAsync(Leave());
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", id.Task(1), "Grant");
        var forward = await bed.Engine.As("boss").ReadHistoryAsync(id);
        forward.Count.ShouldBeGreaterThan(5);

        for (var size = 1; size <= forward.Count + 1; size++)
        {
            var back = new List<JournalEntry>();
            IReadOnlyList<JournalEntry> page;
            do
            {
                page = await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, back.Count == 0 ? null : back[^1].Number, size);
                back.AddRange(page);
            }
            while (page.Count == size && back.Count < 100);

            back.ShouldBe(forward.Reverse(), $"pages of {size.Invariant()}");
        }

        (await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, before: 1_000, limit: 1)).ShouldBe([forward[^1]]);
        (await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, before: 1)).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, before: 0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, limit: 501));
        await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await bed.Engine.As("zoe").ReadHistoryBackwardsAsync(id));
    }

    /// <summary>An entry that comes while somebody pages moves none of the others.</summary>
    [Test]
    [Statement("12.6")]
    public async Task A_page_of_the_history_is_not_moved_by_entries_that_come()
    {
        await using var bed = await BeginAsync(Leave());
        var id = (await bed.StartAsync("dora")).Id;
        var first = await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, limit: 2);
        await bed.Engine.As("ann").Worklist.OpenAsync(id.Task(1));

        var second = await bed.Engine.As("boss").ReadHistoryBackwardsAsync(id, first[^1].Number, limit: 1);

        second.Single().Number.ShouldBe(first[^1].Number - 1);
    }

    [Test]
    public async Task Definitions_are_told_with_counts_to_those_who_may_see_their_instances()
    {
        await using var bed = await BeginAsync(Leave(), Leave("Travel"), ProcessDefinition.Define("Secret", process =>
        {
            process.Rights(rights => rights.Start("boss"));
            process.StartsWith(process.Activity("Only"));
        }));
        var stopped = (await bed.Engine.As("dora").StartAsync("Leave")).Id;
        await bed.Engine.As("dora").StartAsync("Leave");
        await bed.Engine.As("dora").StartAsync("Leave");
        await bed.Engine.As("boss").ManageProcesses().StopAsync(stopped);

        var seen = await bed.Engine.As("viewer").FindDefinitionsAsync();
        var started = await bed.Engine.As("dora").FindDefinitionsAsync();

        var (leave, travel) = (seen[0], seen[1]);
        seen.Select(definition => (definition.Name, definition.Version, definition.MayStart)).ShouldBe([("Leave", 1, false), ("Travel", 1, false)]);
        leave.Instances.ShouldBe(new ProcessCounts(new(0, false), new(2, false), new(0, false), new(1, false)));
        travel.Instances.ShouldBe(new ProcessCounts(default, default, default, default));
        started.ShouldBe([new DefinitionSummary("Leave", 1, true, null), new DefinitionSummary("Travel", 1, true, null)]);
        (await bed.Engine.As("zoe").FindDefinitionsAsync()).ShouldBeEmpty();
        (await bed.Engine.As("boss").FindDefinitionsAsync()).Select(definition => definition.Name).ShouldBe(["Leave", "Secret", "Travel"]);
        var cut = (await bed.Engine.As("viewer").FindDefinitionsAsync(atMost: 2)).ToDictionary(definition => definition.Name);
        cut["Leave"].Instances!.Active.ToString().ShouldBe("2 or more");
        cut["Leave"].Instances!.Stopped.ToString().ShouldBe("1");
        cut["Travel"].Instances!.Active.ToString().ShouldBe("0 or more");
    }

    [Test]
    [Statement("9.1")]
    public async Task Instances_that_the_user_may_not_see_neither_cut_their_counts_off_nor_show_in_them()
    {
        await using var bed = await BeginAsync(Leave(), ProcessDefinition.Define("Secret", process =>
        {
            process.Rights(rights => rights.Start("boss"));
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        }));
        await bed.Engine.As("dora").StartAsync("Leave");
        for (var number = 0; number < 3; number++)
        {
            await bed.Engine.As("boss").StartAsync("Secret");
        }

        for (var atMost = 2; atMost < 6; atMost++)
        {
            var leave = (await bed.Engine.As("viewer").FindDefinitionsAsync(atMost)).ShouldHaveSingleItem();
            leave.Instances!.Active.ShouldBe(new BoundedCount(1, OrMore: false));
        }
    }

    [Test]
    [Statement("9.1")]
    public async Task Instances_are_counted_as_far_as_the_user_may_see_them()
    {
        await using var bed = await BeginAsync(Leave(), Leave("Travel"));
        for (var number = 0; number < 3; number++)
        {
            await bed.Engine.As("dora").StartAsync("Leave");
            await bed.Engine.As("boss").StartAsync("Travel");
        }

        (await CountAsync("boss")).ShouldBe(new BoundedCount(6, OrMore: false));
        (await CountAsync("dora")).ShouldBe(new BoundedCount(3, OrMore: false));
        (await CountAsync("zoe")).ShouldBe(new BoundedCount(0, OrMore: false));
        (await bed.Engine.AsSystem().CountProcessesAsync(new() { Definition = "Travel", Limit = 1 })).Count.ShouldBe(3);
        (await bed.Engine.As("boss").CountProcessesAsync(atMost: 4)).ToString().ShouldBe("4 or more");
        (await bed.Engine.As("dora").CountProcessesAsync(atMost: 2)).ShouldBe(new BoundedCount(2, OrMore: true));
        new BoundedCount(10_000, OrMore: true).ToString().ShouldBe("10,000 or more");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("boss").CountProcessesAsync(atMost: 0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("boss").FindDefinitionsAsync(atMost: 100_001));

        ValueTask<BoundedCount> CountAsync(string user) => bed.Engine.As(user).CountProcessesAsync();
    }

    /// <summary>As many as the list has: not those of halted instances, and not those of which the user has done their part.</summary>
    [Test]
    [Statement("1.5")]
    public async Task A_users_tasks_are_counted_by_activity_with_those_that_are_late()
    {
        await using var bed = await BeginAsync(Leave("Leave", TimeSpan.FromDays(1)), Leave("Travel"));
        foreach (var definition in (string[])["Leave", "Travel", "Leave", "Leave"])
        {
            await bed.Engine.As("dora").StartAsync(definition);
        }

        await bed.AdvanceAsync(TimeSpan.FromDays(2));
        await bed.Engine.As("dora").StartAsync("Leave");
        await bed.Engine.As("boss").ManageProcesses().StopAsync(new ProcessInstanceId(4));
        await bed.ActAsync("ann", new ProcessInstanceId(3).Task(1), "Grant");

        (await CountAsync("ann")).ShouldBe("3: Leave Decide 2 (1 late), Travel Decide 1 (0 late)");
        (await CountAsync("bob")).ShouldBe("4: Leave Decide 3 (2 late), Travel Decide 1 (0 late)");
        (await CountAsync("ann", new() { Definition = "Travel" })).ShouldBe("1: Travel Decide 1 (0 late)");
        (await CountAsync("zoe")).ShouldBe("0: ");
        (await bed.Engine.As("ann").Worklist.CountAsync(atMost: 2)).Total.ToString().ShouldBe("2 or more");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("ann").Worklist.CountAsync(atMost: 1_001));

        async Task<string> CountAsync(string user, WorklistQuery? query = null)
        {
            var counts = await bed.Engine.As(user).Worklist.CountAsync(query);
            counts.Total.Count.ShouldBe((await bed.Engine.As(user).Worklist.ListAsync(query)).Count);
            var activities = counts.ByActivity.Select(each => $"{each.Definition} {each.Activity} {each.Tasks.Invariant()} ({each.Late.Invariant()} late)");
            return $"{counts.Total}: {string.Join(", ", activities)}";
        }
    }

    [Test]
    [Statement("9.4")]
    public async Task A_task_that_somebody_shares_counts_once()
    {
        await using var bed = await BeginAsync(Leave());
        await bed.StartAsync("dora");
        await bed.Engine.As("bob").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("ann"));

        (await bed.Engine.As("ann").Worklist.ListAsync()).Count.ShouldBe(2);
        (await bed.Engine.As("ann").Worklist.CountAsync()).Total.Count.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    public async Task The_tasks_of_everybody_are_counted_for_administrators()
    {
        var secret = ProcessDefinition.Define("Secret", process =>
        {
            process.Rights(rights => rights.Start("dora"));
            process.StartsWith(process.Activity("Tell", activity => activity
                .Destinations(to => to.Users("abe", "cid")).Client("Tell it", task => task.Action("Yes"))));
        });
        await using var bed = await BeginAsync(Leave(), secret, Worklists.Asking(activity => activity
            .Destinations(to => to.Role("Staff")).Client("Ask it", task => task.Action("Yes"))));
        foreach (var definition in (string[])["Leave", "Leave", "Secret", "Asking"])
        {
            await bed.Engine.As("dora").StartAsync(definition);
        }

        (await CountAsync("boss")).ShouldBe("User ann 2, User bob 2, Role Staff 1");
        (await CountAsync("zoe")).ShouldBe("");
        Words(await bed.Engine.AsSystem().ManageWorklists().CountAsync()).ShouldBe("User abe 1, User ann 2, User bob 2, User cid 1, Role Staff 1");
        var first = await bed.Engine.As("boss").ManageWorklists().CountAsync(limit: 1, atMost: 2);
        Words(first).ShouldBe("User ann 2 or more");
        Words(await bed.Engine.As("boss").ManageWorklists().CountAsync(first[^1].Who, limit: 2)).ShouldBe("User bob 2, Role Staff 1");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("boss").ManageWorklists().CountAsync(limit: 501));

        async Task<string> CountAsync(string user) => Words(await bed.Engine.As(user).ManageWorklists().CountAsync());

        static string Words(IReadOnlyList<PersonTaskCount> counts) =>
            string.Join(", ", counts.Select(count => $"{count.Who.Kind} {count.Who.Name} {count.Tasks}"));
    }

    [Test]
    [Statement("2.1")]
    public async Task An_action_tells_the_fields_that_it_asks_for_and_what_they_hold()
    {
        await using var bed = await BeginAsync(Leave());
        await bed.Engine.As("dora").StartAsync("Leave", start => start.Set(_reason, "holidays"));
        var task = (await bed.Engine.As("ann").Worklist.ListAsync()).Single();

        var (grant, refuse) = (task.Actions[0], task.Actions[1]);

        grant.Fields.ShouldBeEmpty();
        refuse.Fields.ShouldBe(
        [
            new ActionField("Reason", FieldScope.Process, FieldShape.Of<string>(), FieldValue.From("holidays")),
            new ActionField("Amount", FieldScope.Process, FieldShape.Of<decimal>(), FieldValue.From(5m)),
        ]);
        (refuse == task.Actions[1]).ShouldBeTrue();
        grant.ShouldNotBe(refuse);
        await task.ExecuteAsync("Refuse", answer => answer.Set("Reason", FieldValue.From("too late")));
        (await bed.ReadAsync(task.ProcessInstance)).Fields.Get<string>("Reason").ShouldBe("too late");
    }

    [Test]
    [Statement("2.1")]
    public void A_field_that_is_not_there_or_is_asked_for_twice_is_refused()
    {
        var missing = new ProcessField<int>("Missing", 0);

        Problems(action => action.Asks(missing)).ShouldContain("declares no such process field");
        Problems(action => action.Asks(_reason).Asks(_reason)).ShouldContain("it asks for 'Reason' twice");

        static string Problems(Action<Definitions.Building.ActionBuilder> asks) => Should.Throw<ProcessDefinitionException>(() =>
            ProcessDefinition.Define("Leave", process => process.Fields(_reason).StartsWith(process.Activity("Decide", activity => activity
                .Destinations(to => to.Users("ann")).Client("Decide it", task => task.Action("Refuse", asks)))))).Message;
    }
}
