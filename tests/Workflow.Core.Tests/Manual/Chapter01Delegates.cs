using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Where delegates are shown, and that they do not count.</summary>
[TestFixture]
public sealed class Chapter01Delegates
{
    private static readonly ProcessInstanceId _id = new(1);

    private static async Task<WorkflowTestBed> BedAsync(Func<ActivityBuilder, ActivityBuilder>? plan = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => (plan?.Invoke(activity) ?? activity.Once(2, 2)).Chooses()),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Group("G"), "X", "Y" } });
        await bed.BeginAsync();
        return bed;
    }

    private static async Task<string> ShownAsync(WorkflowTestBed bed) =>
        string.Join(", ", (await bed.ReadAsync(_id)).Activities[0].Destinations.SelectMany(destination => destination.Destinations));

    private static async Task<string> ListedAsync(WorkflowTestBed bed) => string.Join(", ", (await bed.Boss().ListAsync()).Select(entry =>
        $"{entry.Destination.Name}{(entry.ActingFor is null ? "" : $" for {entry.ActingFor}")}{(entry.User is null ? "" : $" by {entry.User}")} "
            + $"{entry.Status}"));

    [Test]
    [Statement("1.12")]
    public async Task Delegates_stand_in_the_collection_of_destinations_marked_for_whom_they_act()
    {
        await using var bed = await BedAsync();
        await bed.DelegateAsync("A", _id, "D");
        await (await bed.ItemAsync("A", _id)).DelegateAsync(Destination.Group("G"), ["Approve"]);

        (await ShownAsync(bed)).ShouldBe("user A, user B, user D for A, group G for A");
        var entries = (await bed.ReadAsync(_id)).Activities[0].Destinations[0].Destinations;
        (entries[0].ActingFor, entries[0].Actions, entries[2].Actions).ShouldBe((null, null, null));
        (entries[3].Kind, entries[3].Name, entries[3].ActingFor).ShouldBe((DestinationKind.Group, "G", "A"));
        entries[3].Actions.ShouldBe(["Approve"]);

        await (await bed.ItemAsync("A", _id)).UndelegateAsync(Destination.User("D"));
        (await ShownAsync(bed)).ShouldBe("user A, user B, group G for A");
        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        (await bed.PathAsync(_id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("1.12")]
    [Statement("1.5")]
    public async Task The_administrators_list_shows_them_with_where_the_task_stands_for_them()
    {
        await using var bed = await BedAsync();
        await bed.DelegateAsync("A", _id, "D");
        await bed.DelegateAsync("A", _id, "E");
        (await ListedAsync(bed)).ShouldBe("A Available, B Available, D for A Available, E for A Available");

        await bed.OpenAsync("D", _id.Task(1));
        (await ListedAsync(bed)).ShouldBe("A by D Open, B Available, D for A by D Open, E for A Allocated");
        await bed.SleepAsync("D", _id, 60);
        (await ListedAsync(bed)).ShouldBe("A by D Sleep, B Available, D for A by D Sleep, E for A Allocated");

        await bed.ActAsync("D", _id.Task(1), "Approve");
        (await ListedAsync(bed)).ShouldBe("B Available", "what is done is shown no more");
    }

    [Test]
    [Statement("1.12")]
    public async Task The_delegator_reads_to_whom_a_task_is_delegated()
    {
        await using var bed = await BedAsync();
        (await bed.ItemAsync("A", _id)).Delegations.ShouldBeEmpty();
        await bed.DelegateAsync("A", _id, "D", "Reject");
        await bed.DelegateAsync("B", _id, "E");

        (await bed.ItemAsync("A", _id)).Delegations.ShouldHaveSingleItem().ToString().ShouldBe("user D for A");
        (await bed.ItemAsync("A", _id)).Delegations[0].Actions.ShouldBe(["Reject"]);
        (await bed.ItemAsync("B", _id)).Delegations.Select(entry => entry.Name).ShouldBe(["E"]);
        (await bed.ItemAsync("D", _id)).Delegations.Select(entry => entry.Name).ShouldBe(["D"], "what a delegate acts by");
    }

    [Test]
    [Statement("1.12")]
    [Statement("0.1")]
    public async Task They_are_counted_neither_by_All_nor_by_slots_nor_as_the_user()
    {
        await using var bed = await BedAsync(activity => activity
            .Destinations(to => to.Users("A", "B")).PlanJustOnce(Slots.PerDestination).Outcome("All", Answers.All == "Approve"));
        await bed.DelegateAsync("A", _id, "D");
        await bed.DelegateAsync("A", _id, "E");
        (await bed.ItemAsync("B", _id)).SlotTotal.ShouldBe(2);

        await bed.ActAsync("D", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Ask"]);
        await bed.ActAsync("B", "Approve");

        (await bed.OutcomesAsync(_id)).ShouldBe(["All"]);
    }

    [Test]
    [Statement("1.12")]
    [Statement("13.8")]
    public async Task They_are_there_after_a_restart_and_a_redirect_takes_them_away()
    {
        await using var bed = await BedAsync();
        await bed.DelegateAsync("A", _id, "D");
        await bed.RestartAsync();
        (await ShownAsync(bed)).ShouldBe("user A, user B, user D for A");

        await bed.RedirectAsync("A", _id, "C");

        (await ShownAsync(bed)).ShouldBe("user C, user B");
    }
}
