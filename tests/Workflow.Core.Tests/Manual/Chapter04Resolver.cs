using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04Resolver
{
    private static readonly ProcessField<string> Named = new("Named");
    private static readonly Rule Never = Rule.Named("never", _ => false);

    private static string[] Members(Destination role) => [$"{role.Name}1", $"{role.Name}2"];

    /// <code>
    ///     ┌─► Work (for whom it is told) ──► After ──►
    /// ►───┤
    ///     └─► Other (waits) ──►
    /// </code>
    private static ProcessDefinition Working(Action<ActivityBuilder> plan) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll().Fields(Named);
        var work = process.Activity("Work", activity => plan(activity.Waits()));
        process.StartsWith(work).StartsWith(process.Activity("Other", activity => activity.Waits()));
        work.To(process.Activity("After"));
    });

    private static Action<WorkflowOptions> With(AskedResolver resolver) => options => options.DestinationResolver = resolver;

    [Test]
    [Statement("4.8")]
    public async Task The_resolver_is_asked_once_for_all_roles_and_groups_of_an_activity_each_once()
    {
        var resolver = new AskedResolver(Members);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Working(activity => activity.PlanPerDestination().Destinations(to => to
                .Set("One").Role("R").Group("G").ResolvedToUsers()
                .Set("Two").Role("r").Role("S").Role(Named).ResolvedToUsers()
                .Set("Not now", when: Never).Role("Never").ResolvedToUsers())),
            With(resolver));

        var work = await bed.ActiveAsync(await bed.BeginAsync(start => start.Set(Named, "T")));

        resolver.Questions.ShouldHaveSingleItem().ShouldBe(
            [Destination.Role("R"), Destination.Group("G"), Destination.Role("S"), Destination.Role("T")], ignoreOrder: true);
        work.Names().ShouldBe(["R1", "R2", "G1", "G2", "S1", "S2", "T1", "T2"]);
    }

    [Test]
    [Statement("4.8")]
    public async Task The_resolver_is_not_asked_when_nobody_is_to_be_resolved([Range(0, 4)] int why)
    {
        Action<ActivityBuilder>[] reasons =
        [
            activity => activity.PlanPerDestination().Destinations(to => to.Users("ann").ResolvedToUsers()),
            activity => activity.PlanPerDestination().Destinations(to => to.Role("R").Group("G")),
            activity => activity.PlanPerDestination().Destinations(to => to.Set("A").Users("ann").Set("R", when: Never).Role("R").ResolvedToUsers()),
            activity => activity.PlanPerSlot(Slots.Number(2)).Destinations(to => to.Role("R").ResolvedToUsers()),
            activity => activity.PlanPerDestination().Destinations(to => to.Users("ann").Role(Named).ResolvedToUsers()),
        ];
        var resolver = new AskedResolver(_ => throw new InvalidOperationException("asked"));
        await using var bed = await WorkflowTestBed.CreateAsync(Working(reasons[why]), With(resolver));

        (await bed.ActiveAsync(await bed.BeginAsync())).Destinations.ShouldNotBeEmpty();

        resolver.Questions.ShouldBeEmpty();
    }

    [Test]
    [Statement("0.4")]
    public async Task The_resolver_is_not_asked_when_the_preceding_rule_is_false()
    {
        var resolver = new AskedResolver(Members);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Working(activity => activity.PlanPerDestination().PrecedingRule(Never).Destinations(to => to.Role("R").ResolvedToUsers())), With(resolver));

        var id = await bed.BeginAsync();

        (await bed.ExpiredAsync(id)).ShouldBe(["Work"]);
        resolver.Questions.ShouldBeEmpty();
    }

    [Test]
    [Statement("4.8")]
    public async Task Each_arrival_asks_anew_and_plans_with_the_answer_of_its_time()
    {
        string[] members = ["ann"];
        var resolver = new AskedResolver(_ => members);
        var definition = ProcessDefinition.Define("Rounds", process =>
        {
            process.OpenToAll();
            var work = process.Activity("Work", activity => activity
                .PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers()).Waits());
            process.StartsWith(work);
            work.To(work);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, With(resolver));
        var id = await bed.BeginAsync();
        (await bed.ActiveAsync(id)).Names().ShouldBe(["ann"]);

        members = ["bob", "cy"];
        await bed.FinishAsync(new SerialNumber(id, 1));

        var work = await bed.ActiveAsync(id);
        work.Names().ShouldBe(["bob", "cy"]);
        work.Ids().ShouldBe([2, 3]);
        resolver.Questions.Count.ShouldBe(2);
    }

    [Test]
    [Statement("4.8")]
    public async Task Activities_that_are_reached_together_are_asked_for_separately_and_both_planned()
    {
        var resolver = new AskedResolver(Members);
        var definition = ProcessDefinition.Define("Both", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("R", activity => activity.PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers()).Waits()));
            process.StartsWith(process.Activity("S", activity => activity.PlanPerDestination().Destinations(to => to.Role("S").ResolvedToUsers()).Waits()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, With(resolver));

        var id = await bed.BeginAsync();

        (await bed.ActiveAsync(id, "R")).Names().ShouldBe(["R1", "R2"]);
        (await bed.ActiveAsync(id, "S")).Names().ShouldBe(["S1", "S2"]);
        resolver.Questions.Select(question => question.ShouldHaveSingleItem()).ShouldBe([Destination.Role("R"), Destination.Role("S")]);
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(4);
    }

    [Test]
    [Statement("14.4")]
    public async Task A_restart_while_the_resolver_is_asked_asks_again_with_the_same_result([Values] bool heedsCancellation, [Values] bool inTurn)
    {
        var calls = 0;
        var hanging = new TaskCompletionSource();
        var resolver = new AskedResolver(async (asked, cancellation) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await hanging.Task.WaitAsync(heedsCancellation ? cancellation : CancellationToken.None);
            }

            return AskedResolver.Answers(asked, Members);
        });
        var definition = Working(activity => (inTurn ? activity.PlanPerDestinationInTurn() : activity.PlanPerDestination())
            .Destinations(to => to.Users("ann").Role("R").ResolvedToUsers()).SucceedingRule(Answers.AllGiven));
        await using var bed = await WorkflowTestBed.CreateAsync(definition, With(resolver));
        var starting = bed.BeginAsync();
        await resolver.Reached;

        await bed.RestartAsync();
        hanging.TrySetResult();
        await ((Task)starting.ContinueWith(_ => { }, TaskScheduler.Default)).ConfigureAwait(false);

        resolver.Questions.Count.ShouldBe(2);
        resolver.Questions[1].ShouldBe(resolver.Questions[0]);
        var id = new ProcessInstanceId(1);
        var work = await bed.ActiveAsync(id);
        work.SlotTotal.ShouldBe(3);
        work.Names().ShouldBe(inTurn ? ["ann"] : ["ann", "R1", "R2"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ActiveAsync(id, "Other")).Destinations.ShouldHaveSingleItem();
    }

    [Test]
    [Statement("4.8")]
    public async Task Roles_that_nobody_asked_for_are_no_matter()
    {
        var resolver = new AskedResolver((asked, _) => ValueTask.FromResult(AskedResolver.Answers([.. asked, Destination.Role("Extra")], Members)));
        await using var bed = await WorkflowTestBed.CreateAsync(
            Working(activity => activity.PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers())), With(resolver));

        (await bed.ActiveAsync(await bed.BeginAsync())).Names().ShouldBe(["R1", "R2"]);
    }
}
