using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The engine decides whom a destination rule leaves out together with whom it comes to, before it asks the resolver. Meanwhile the state is free, so
/// a finish may change what the rule reads.</summary>
[TestFixture]
public sealed class Chapter04ExclusionWhileAsked
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);
    private static readonly ProcessField<string> _left = new("Left", initial: "ann");

    /// <code>
    ///     ┌─► Other (waits for the bank) ──►
    /// ►───┤
    ///     └─► First (for eve) ──► Vote (for role R, without whom Left names) ──►
    /// </code>
    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll().Fields(_left);
        process.StartsWith(process.Activity("Other", activity => activity.Waits()));
        var first = process.Activity("First", activity => activity.Destinations(to => to.Users("eve")).Client("Begin", task => task.Action("Done")));
        process.StartsWith(first);
        first.To(process.Activity("Vote", activity => activity
            .Destinations(to => to.Set("Voters", when: _left == "ann").Role("R").Except(_left).ResolvedToUsers())
            .PlanPerDestination()
            .Client("Vote", task => task.Action("Yes"))));
    });

    [Test]
    [CancelAfter(60_000)]
    [Statement("4.8")]
    [Statement("4.10")]
    public async Task A_change_while_the_resolver_is_asked_binds_nobody_and_frees_nobody([Values("bob", "")] string changed, [Values] bool restarts)
    {
        var hanging = new TaskCompletionSource();
        var calls = 0;
        var resolver = new AskedResolver(async (asked, cancellation) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await hanging.Task.WaitAsync(_limit, cancellation);
            }

            return AskedResolver.Answers(asked, _ => ["ann", "bob", "cy"]);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(_definition, options => options.DestinationResolver = resolver);
        var id = await bed.BeginAsync();
        var first = bed.ActAsync("eve", "Done");
        await resolver.Reached.WaitAsync(_limit);

        var receipt = await bed.FinishAsync(id, "Other", finish => finish.Set(_left, changed)).WaitAsync(_limit);
        receipt.ShouldBe(FinishReceipt.Applied, "the state is free while the resolver is asked");
        if (restarts)
        {
            await bed.RestartAsync().WaitAsync(_limit);
        }

        hanging.TrySetResult();
        await ((Task)first).WaitAsync(_limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        resolver.Questions.Count.ShouldBe(restarts ? 2 : 1);
        (await bed.ReadAsync(id)).Fields.Get(_left).ShouldBe(changed);
        var vote = await bed.ActiveAsync(id, "Vote");
        vote.Names().ShouldBe(["bob", "cy"]);
        vote.PlanningOrNull.ShouldNotBeNull().Exclusions.ShouldNotBeNull().ShouldHaveSingleItem().User.ShouldBe("ann");
        await bed.RedirectAsync("cy", id, "dan");
        (await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("bob", id, "ann"))).Message.ShouldContain("leaves out 'ann'");
    }
}
