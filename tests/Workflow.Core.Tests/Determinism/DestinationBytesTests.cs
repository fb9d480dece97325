using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Determinism;

[TestFixture]
public sealed class DestinationBytesTests
{
    private static readonly ProcessField<IReadOnlyList<string>> Team = new("Team");
    private static readonly DestinationField<bool> Good = new("Good", initial: false);

    /// <code>
    ///     ┌─► Ask (role R and the team, all at once; 2 good) ──► Tell (group G, in turn) ──►
    /// ►───┤
    ///     └─► Lost (role that nobody knows, after an item) ──►
    /// </code>
    private static readonly ProcessDefinition Asking = ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll().Fields(Team);
        var ask = process.Activity("Ask", activity => activity
            .Fields(Good).PlanPerDestination(Slots.Number(3))
            .Destinations(to => to.Set("Known").Role("R").ResolvedToUsers().Except("bob").Set("Team").Users(Team).Originator().Group("Whole"))
            .Waits().SucceedingRule(Answers.AtLeast(2).Satisfy(Good == true)));
        var tell = process.Activity("Tell", activity => activity
            .PlanPerDestinationInTurn().Destinations(to => to.Group("G").Users("ann").ResolvedToUsers()).Server("See", _ => { }).Waits());
        var wait = process.Activity("Wait", activity => activity.Waits());
        process.StartsWith(ask).StartsWith(wait);
        ask.To(tell);
        wait.To(process.Activity("Lost", activity => activity
            .PlanPerDestination().Destinations(to => to.Role("Nobody knows").ResolvedToUsers()).Waits()));
    });

    private static StaticDestinations Directory() => new()
    {
        { Destination.Role("R"), "ann", "Bob", "Åsa" },
        { Destination.Group("G"), "ann", "İvo" },
        { Destination.Group("Whole"), "Whole" },
    };

    private static async Task<WorkflowTestBed> PlayAsync(Action<WorkflowOptions>? configure = null, bool restarts = false)
    {
        var bed = await WorkflowTestBed.CreateAsync(Asking, options =>
        {
            options.DestinationResolver = Directory();
            configure?.Invoke(options);
        });
        var id = await bed.BeginAsync(start => start.Set(Team, ["ANN", "cy"]));
        (await bed.ActiveAsync(id, "Ask")).Names().ShouldBe(["ann", "Åsa", "cy", "dora", "Whole"]);
        foreach (var serial in new[] { 5, 2, 4 })
        {
            bed.Clock.Advance(TimeSpan.FromMinutes(7));
            if (restarts)
            {
                await bed.RestartAsync();
            }

            await bed.FinishAsync(new SerialNumber(id, serial), finish => finish.Set(Good, serial != 5));
        }

        await bed.FinishAsync(id, "Tell");
        (await bed.ActiveAsync(id, "Tell")).Names().ShouldBe(["ann", "İvo"]);
        await bed.FinishAsync(id, "Wait");
        await bed.ShouldHaveFailedToPlanAsync(id, "Lost");
        return bed;
    }

    private static async Task<string> PlayedAsync(Action<WorkflowOptions>? configure = null, bool restarts = false)
    {
        await using var bed = await PlayAsync(configure, restarts);
        return await bed.StoredBytesAsync(new(1));
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_plans_the_same_people_byte_for_byte([Values] bool restarts)
    {
        await using var original = await PlayAsync(restarts: restarts);

        await using var replay = await original.Recording().ReplayAsync();

        (await replay.TranscriptAsync(new(1))).ShouldBe(await original.TranscriptAsync(new(1)));
        (await replay.StoredBytesAsync(new(1))).ShouldBe(await original.StoredBytesAsync(new(1)));
    }

    [Test]
    [Statement("14.1")]
    public async Task An_instance_that_is_loaded_for_every_command_plans_the_same_bytes() =>
        (await PlayedAsync(options => options.ResidentInstances = 0)).ShouldBe(await PlayedAsync());

    [Test]
    [Statement("14.5")]
    public async Task Restarts_between_the_commands_plan_the_same_bytes() => (await PlayedAsync(restarts: true)).ShouldBe(await PlayedAsync());

    [Test]
    [Statement("14.1")]
    public async Task A_resolver_that_answers_later_gives_the_same_bytes()
    {
        var expected = await PlayedAsync();
        var directory = Directory();
        var late = new AskedResolver(async (asked, cancellation) =>
        {
            await Task.Yield();
            return await directory.ResolveAsync(asked, cancellation);
        });

        (await PlayedAsync(options => options.DestinationResolver = late)).ShouldBe(expected);
        late.Questions.Count.ShouldBe(3);
    }
}
