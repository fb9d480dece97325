using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Code asks who moved its instance last.</summary>
[TestFixture]
public sealed class Chapter12LastAct
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly List<string> _told = [];

    [SetUp]
    public void Clear() => _told.Clear();

    private static string Words(LastAct act) =>
        $"{act.User}{(act.OnBehalfOf is { } other ? $" for {other}" : "")} {act.Kind} at {act.At:HH:mm}";

    private async ValueTask TellAsync(CodeContext context, CancellationToken cancellation) =>
        _told.Add(Words((await context.FindLastActAsync(cancellation)).ShouldNotBeNull()));

    private ActivityBuilder Asks(ActivityBuilder activity) => activity.PureServer("Pure", TellAsync).Server("Plain", TellAsync);

    /// <code>
    /// ► Begin ──► Approve ──► Book ──► Pay (the bank finishes it) ──► Thank ──►
    /// </code>
    private ProcessDefinition Trip() => Orders.Define(process =>
    {
        var begin = process.Activity("Begin", activity => Asks(activity));
        var approve = process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Approve", task => task.Action("Yes")));
        var book = process.Activity("Book", activity => Asks(activity));
        var pay = process.Activity("Pay", activity => activity.Waits("Pay", define: wait => wait
            .Escalation("Late", _minute, then => then.Run("Tell", TellAsync))));
        var thank = process.Activity("Thank", activity => Asks(activity));
        process.StartsWith(begin);
        begin.To(approve);
        approve.To(book);
        book.To(pay);
        pay.To(thank);
    });

    [Test]
    [Statement("12.7")]
    public async Task Code_is_told_who_moved_the_instance_last_and_not_who_looked_at_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Trip());

        var id = (await bed.StartAsync("dora")).Id;
        _told.ShouldBe(["dora ProcessStarted at 08:00", "dora ProcessStarted at 08:00"]);
        await bed.AdvanceAsync(_minute);
        await (await bed.Engine.As("ann").Worklist.SingleAsync(id)).OpenAsync();
        await (await bed.Engine.As("ann").Worklist.SingleAsync(id)).ReleaseAsync();
        await bed.ActAsync("ann", "Yes");
        _told.Skip(2).ShouldBe(["ann SlotCompleted at 08:01", "ann SlotCompleted at 08:01"]);
        await bed.AdvanceAsync(_minute);
        _told.Skip(4).ShouldBe(["ann SlotCompleted at 08:01"]);
        await bed.FinishAsync("bank", (await bed.ServerItemsAsync(id)).Single());

        _told.Skip(5).ShouldBe(["bank ServerItemFinished at 08:02", "bank ServerItemFinished at 08:02"]);
    }

    [Test]
    [Statement("12.7")]
    [Statement("1.12")]
    public async Task An_act_on_behalf_of_another_names_both()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Trip());
        var id = (await bed.StartAsync("dora")).Id;
        await (await bed.Engine.As("ann").Worklist.SingleAsync(id)).DelegateAsync(Destination.User("cy"));

        await bed.ActAsync("cy", "Yes");

        _told[^1].ShouldBe("cy for ann SlotCompleted at 08:00");
    }

    [Test]
    [Statement("12.7")]
    public async Task A_repeated_call_is_told_the_same_from_the_history([Values] bool fromStore)
    {
        var fails = true;
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var approve = process.Activity("Approve", activity => activity
                .Destinations(to => to.Users("ann"))
                .Client("Approve", task => task.Action("Yes")));
            var book = process.Activity("Book", activity => activity.Server("Book", async (context, cancellation) =>
            {
                await TellAsync(context, cancellation);
                _ = fails ? throw new IOException("no answer") : 0;
            }));
            process.StartsWith(approve);
            approve.To(book);
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Yes");
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        fails = false;
        await bed.Admin().RetryAsync(id);

        _told.ShouldBe(["ann SlotCompleted at 08:00", "ann SlotCompleted at 08:00"]);
    }

    /// <summary>The history is read in pages, from its end.</summary>
    [Test]
    [Statement("12.7")]
    public async Task However_much_has_happened_since_the_last_act_is_found([Values(1, 60, 100)] int rounds)
    {
        var round = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var circle = process.Activity("Circle", activity => activity.Server("Plain", async (context, cancellation) =>
            {
                await context.FindLastActAsync(cancellation);
                if (++round < rounds)
                {
                    context.GoTo("Circle");
                }
            }));
            process.StartsWith(circle);
            circle.To(process.Activity("Ask", activity => Asks(activity)));
        }));

        await bed.StartAsync("dora");

        _told.Distinct().ShouldBe(["dora ProcessStarted at 08:00"]);
    }

    /// <summary>To ask costs the same in an instance that has been at work by itself for years.</summary>
    [Test]
    [Statement("12.7")]
    [Statement("14.6")]
    public async Task An_act_before_the_last_thousand_facts_is_not_looked_for()
    {
        const int Rounds = 400;
        var round = 0;
        LastAct? first = null;
        LastAct? last = null;
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
            process.StartsWith(process.Activity("Circle", activity => activity.Server("Plain", async (context, cancellation) =>
            {
                round++;
                last = await context.FindLastActAsync(cancellation);
                first ??= last;
                if (round < Rounds)
                {
                    context.GoTo("Circle");
                }
            })))));

        await bed.StartAsync("dora");

        round.ShouldBe(Rounds);
        first!.User.ShouldBe("dora");
        last.ShouldBeNull();
    }

    [Test]
    [Statement("12.7")]
    public async Task Code_that_has_returned_is_told_nothing()
    {
        CodeContext? kept = null;
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
            process.StartsWith(process.Activity("Keep", activity => activity.Server("Keep", context => kept = context)))));
        await bed.StartAsync("dora");

        await Should.ThrowAsync<InvalidOperationException>(async () => await kept!.FindLastActAsync());
    }
}
