using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Questions by name that are asked or followed are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class GoldenQuestionTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly ProcessField<string> _centre = new("Cost centre", initial: "IT");

    /// <summary>Other waits for the bank, which changes the arguments while the resolver is asked.</summary>
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.OpenToAll().Fields(_centre);
        process.StartsWith(process.Activity("Other", activity => activity.Waits()));
        process.StartsWith(process.Activity("Vote", activity => activity
            .Destinations(to => to.Users("ann").Question("Approvers", _centre).Users("zoe").ResolvedToUsers(keepSynchronized: true))
            .PlanPerDestination()
            .Client("Vote", task => task.Action("Yes"))));
        process.StartsWith(process.Activity("Each", activity => activity.PlanPerSlot(Slots.ForEach<string>("Lines", _centre)).Waits()));
    });

    [Test]
    [Statement("13.8")]
    [Statement("4.8b")]
    public async Task Questions_that_version_24_has_asked_are_asked_again_with_the_same_arguments()
    {
        var lines = await GoldenFile.LinesAsync("24", "asking.txt", AskingAsync);
        var resolver = Resolver("bob");
        await using var bed = await WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = resolver);
        await GoldenFile.StoreAsync(bed, lines, hasPendingCall: true);
        (await bed.TranscriptAsync(_id)).ShouldBe(GoldenFile.TranscriptIn(lines));

        await bed.RestartAsync().WaitAsync(_limit);

        resolver.NamedAsked.ShouldBe([new("Approvers", FieldValue.From("IT")), new("Lines", FieldValue.From("IT"))]);
        (await bed.ActiveAsync(_id, "Vote")).Names().ShouldBe(["ann", "bob", "zoe"]);
        (await bed.ActiveAsync(_id, "Each")).Destinations.ShouldHaveSingleItem().InstanceData.Get<string>().ShouldBe("pen");
    }

    [Test]
    [Statement("13.8")]
    [Statement("4.9")]
    public async Task A_question_that_version_24_follows_is_asked_again_with_the_same_arguments()
    {
        var lines = await GoldenFile.LinesAsync("24", "following.txt", async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = Resolver("bob"));
            await writing.BeginAsync();
            await writing.FinishAsync(_id, "Other", finish => finish.Set(_centre, "HR"));
            return await GoldenFile.StoredAsync(writing, _id);
        });
        var resolver = Resolver("cy");
        await using var bed = await WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = resolver);
        await GoldenFile.StoreAsync(bed, lines);
        (await bed.TranscriptAsync(_id)).ShouldBe(GoldenFile.TranscriptIn(lines));

        var vote = (await bed.ActiveAsync(_id, "Vote")).PlanningOrNull.ShouldNotBeNull();

        vote.Followed.ShouldNotBeNull().Select(item => item.Destination.Name).ShouldBe(["ann", "zoe"]);
        var question = vote.FollowedQuestions.ShouldHaveSingleItem();
        (question.Set, question.Before, question.IsResolved).ShouldBe((0, 1, true));
        question.Question.ShouldBe(new NamedQuestion("Approvers", FieldValue.From("IT")));
    }

    private static ScriptedResolver Resolver(string approver) => new(new StaticDestinations()
        .Answers("Approvers", _ => [Destination.User(approver)])
        .Lists<string>("Lines", _ => ["pen"]));

    private static async Task<string> AskingAsync()
    {
        var hanging = new TaskCompletionSource();
        var resolver = Resolver("bob");
        resolver.Named = async (_, cancellation) =>
        {
            await hanging.Task.WaitAsync(_limit, cancellation);
            return [];
        };
        await using var bed = await WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = resolver);
        var starting = bed.BeginAsync();
        await resolver.Reached.WaitAsync(_limit);
        await bed.Engine.AsSystem().FinishAsync(new SerialNumber(_id, 1), finish => finish.Set(_centre, "HR"));

        var stored = await GoldenFile.StoredAsync(bed, _id);

        hanging.TrySetResult();
        await starting.WaitAsync(_limit);
        return stored;
    }
}
