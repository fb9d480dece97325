using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter10Lines
{
    private static readonly ProcessField<int> Rounds = new("Rounds", initial: 0);
    private static readonly ProcessField<int> Limit = new("Limit", initial: 0);
    private static readonly ActivityField<int> Tries = new("Tries", initial: 0);
    private static readonly DestinationField<int> Score = new("Score", initial: 0);

    [Test]
    [Statement("10.1")]
    public async Task Lines_are_evaluated_in_the_order_of_definition_and_each_true_one_makes_an_activity()
    {
        // ► A ──┬─► B   ┬─► C (Rounds = 1)   ┬─► B, a second time
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Lines", process =>
        {
            process.OpenToAll().Fields(Rounds);
            var a = process.Activity("A");
            process.StartsWith(a);
            a.To("B", name: "first").To("C", when: Rounds == 1, name: "second").To("B", name: "third");
            process.Activity("B");
            process.Activity("C");
        }));

        var id = await bed.BeginAsync();

        var lines = (await bed.HistoryAsync(id)).Where(entry => entry.Kind is JournalKind.LineEvaluated).Skip(1);
        lines.Select(entry => (entry.Name, entry.Result)).ShouldBe([("first", true), ("second", false), ("third", true)]);
        (await bed.StartedAsync(id)).ShouldBe(["A", "B", "B"]);
    }

    [Test]
    [Statement("10.2")]
    public async Task A_line_without_a_rule_is_true()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Lines", process =>
        {
            process.OpenToAll();
            var a = process.Activity("A");
            process.StartsWith(a);
            a.To(process.Activity("B"));
        }));

        (await bed.CompletedAsync(await bed.BeginAsync())).ShouldBe(["A", "B"]);
    }

    [Test]
    [Statement("10.3")]
    public async Task Two_arrivals_are_two_activities([Values] bool leftFirst)
    {
        // ►─┬─► Left ──┬─► Joined (waits) ──►
        //   └─► Right ─┘
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Merge", process =>
        {
            process.OpenToAll();
            var joined = process.Activity("Joined", activity => activity.Waits());
            var left = process.Activity("Left", activity => activity.Waits());
            var right = process.Activity("Right", activity => activity.Waits());
            process.StartsWith(left).StartsWith(right);
            left.To(joined);
            right.To(joined);
        }));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, leftFirst ? "Left" : "Right");
        await bed.FinishAsync(id, leftFirst ? "Right" : "Left");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Joined", "Joined"]);
        var items = await bed.ServerItemsAsync(id);
        await bed.FinishAsync(items[1]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.FinishAsync(items[0]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.4")]
    public async Task A_preceding_rule_does_not_wait_until_it_is_true()
    {
        // ►─┬─► Barred (only after the first round) ──►
        //   └─► Open (waits, counts a round) ──►
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("If", process =>
        {
            process.OpenToAll().Fields(Rounds);
            process.StartsWith(process.Activity("Barred", activity => activity.PrecedingRule(Rounds > 0).Waits()));
            process.StartsWith(process.Activity("Open", activity => activity.Waits()));
        }));
        var id = await bed.BeginAsync();
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Open"]);

        await bed.FinishAsync(id, "Open", finish => finish.Set(Rounds, 1));

        (await bed.StartedAsync(id)).ShouldBe(["Barred", "Open"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <code>
    ///   ┌── Rounds &lt; Limit ──┐
    ///   ▼                    │
    /// ► Work (2 slots) ──────┴──►
    /// </code>
    private static ProcessDefinition Looping(bool waits) => ProcessDefinition.Define("Looping", process =>
    {
        process.OpenToAll().Fields(Rounds, Limit);
        var work = process.Activity("Work", activity =>
        {
            activity.Fields(Tries, Score).PlanPerSlot(Slots.Number(2));
            if (waits)
            {
                activity.Waits();
            }

            activity.Server("Count", context =>
            {
                context.Set(Rounds, context.Get(Rounds) + 1);
                context.Set(Tries, context.Get(Tries) + 1);
                context.Set(Score, context.Get(Score) + 1);
            });
        });
        process.StartsWith(work);
        work.To(work, when: Rounds < Limit);
    });

    [Test]
    [Statement("10.7")]
    [Statement("11.5")]
    public async Task A_loop_makes_everything_anew_except_the_fields_of_the_process()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Looping(waits: true));
        var id = await bed.BeginAsync(start => start.Set(Limit, 3));

        for (var round = 0; round < 3; round++)
        {
            var work = (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem();
            work.Id.ShouldBe(round + 1);
            work.CompletedSlots.ShouldBe(0);
            work.Fields.Get<int>("Tries").ShouldBe(0);
            work.Destinations.ShouldAllBe(destination => destination.Fields.Get<int>("Score") == 0);
            work.Destinations.Select(destination => destination.Id).ShouldBe([(2 * round) + 1, (2 * round) + 2]);
            (await bed.ReadAsync(id)).Fields.Get<int>("Rounds").ShouldBe(round);
            await bed.FinishAsync(work.Destinations[round % 2].Serial);
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.7")]
    public async Task An_endless_loop_without_a_wait_ends_in_error()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Looping(waits: false), options => options.AutomaticStepLimit = 100);

        var started = await bed.StartAsync("dora", start => start.Set(Limit, int.MaxValue));

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var process = await bed.ReadAsync(started.Id);
        process.Error.ShouldNotBeNull().Message.ShouldContain("100");
        process.Fields.Get<int>("Rounds").ShouldBeInRange(5, 100);
    }

    [Test]
    [Statement("10.7")]
    public async Task A_loop_that_waits_in_every_round_may_go_on_for_ever()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Looping(waits: true), options => options.AutomaticStepLimit = 100);
        var id = await bed.BeginAsync(start => start.Set(Limit, int.MaxValue));

        for (var round = 0; round < 150; round++)
        {
            await bed.FinishAsync((await bed.ServerItemsAsync(id))[0]);
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ReadAsync(id)).Fields.Get<int>("Rounds").ShouldBe(150);
    }

    [Test]
    [Statement("10.8")]
    public async Task The_process_completes_when_no_activity_is_left()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Looping(waits: true));
        var id = await bed.BeginAsync();
        bed.Clock.Advance(TimeSpan.FromDays(1));

        await bed.FinishAsync((await bed.ServerItemsAsync(id))[0]);

        var process = await bed.ReadAsync(id);
        (process.Status, process.EndedAt, process.Activities.Count).ShouldBe(
            (ProcessInstanceStatus.Completed, WorkflowTestBed.Beginning.AddDays(1), 0));
        (await bed.HistoryAsync(id))[^1].Kind.ShouldBe(JournalKind.ProcessCompleted);
    }

    /// <code>
    /// ►─┬─► Left (waits) ───►   at the end: again while Rounds &lt; Limit
    ///   └─► Right (waits) ──►      │
    ///       Again (counts) ◄───────┘
    /// </code>
    private static readonly ProcessDefinition Again = ProcessDefinition.Define("Again", process =>
    {
        process.OpenToAll().Fields(Rounds, Limit);
        process.StartsWith(process.Activity("Left", activity => activity.Waits()));
        process.StartsWith(process.Activity("Right", activity => activity.Waits()));
        var again = process.Activity("Again", activity => activity.Server("Count", context => context.Set(Rounds, context.Get(Rounds) + 1)));
        process.FinishRule(when: Rounds < Limit, goTo: again);
    });

    [Test]
    [Statement("10.9")]
    public async Task The_finish_rule_is_asked_when_everything_is_done_and_keeps_the_process_alive([Values(0, 1, 5)] int limit)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Again);
        var id = await bed.BeginAsync(start => start.Set(Limit, limit));

        await bed.FinishAsync(id, "Right");
        (await bed.StartedAsync(id)).ShouldNotContain("Again", "Left still waits");
        await bed.FinishAsync(id, "Left");

        (await bed.NamesAsync(id, JournalKind.Goto)).ShouldBe(Enumerable.Repeat("Again", limit));
        (await bed.CompletedAsync(id)).Count(name => name == "Again").ShouldBe(limit);
        (await bed.ReadAsync(id)).Fields.Get<int>("Rounds").ShouldBe(limit);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.9")]
    public async Task The_finish_rule_is_asked_once_each_time_everything_is_done()
    {
        var asked = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Asked", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Left", activity => activity.Waits()));
            process.StartsWith(process.Activity("Right", activity => activity.Waits()));
            process.FinishRule(when: Rule.Named("counts", _ => ++asked < 0), goTo: process.Activity("Again"));
        }));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, "Left");
        asked.ShouldBe(0);
        await bed.FinishAsync(id, "Right");

        asked.ShouldBe(1);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }
}
