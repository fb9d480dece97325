using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Instances that go on by themselves for very long, and what a rule sees when a policy ends an activity.</summary>
[TestFixture]
internal sealed class RunawayTests
{
    private static readonly ProcessField<int> _rounds = new("Rounds", initial: 0);
    private static readonly DestinationField<int> _mark = new("Mark", initial: 0);

    /// <summary>Every round is finished from outside, although each time before the code has said that it waits.</summary>
    [Test]
    [Statement("7.1")]
    [Statement("10.7")]
    public async Task An_outside_system_that_always_answers_early_does_not_run_into_the_step_limit()
    {
        const int Rounds = 40;
        WorkflowEngine engine = null!;
        await using var own = engine = WorkflowEngine.Create(options => options.AutomaticStepLimit = 5);
        await engine.DeployAsync(ProcessDefinition.Define("Rounds", process =>
        {
            process.Fields(_rounds);
            var ask = process.Activity("Ask", activity => activity.Server("Order", async (context, _) =>
            {
                context.WaitUntilFinished();
                context.Set(_rounds, context.Get(_rounds) + 1);
                (await FromOutsideAsync(engine, context.Serial)).ShouldBe(FinishReceipt.Stored);
            }));
            process.StartsWith(ask);
            ask.To(ask, when: _rounds < Rounds);
        }));

        var started = await engine.AsSystem().StartAsync("Rounds");

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await engine.AsSystem().ReadAsync(started.Id)).Fields.Get<int>("Rounds").ShouldBe(Rounds);
    }

    [Test]
    [Statement("10.7")]
    [Statement("8.1")]
    public async Task A_loop_that_comes_to_twenty_thousand_operations_in_one_command_is_told_to_have_an_exit([Values(10_000, int.MaxValue)] int stepLimit)
    {
        await using var engine = WorkflowEngine.Create(options => options.AutomaticStepLimit = stepLimit);
        await engine.DeployAsync(ProcessDefinition.Define("Circle", process =>
        {
            var round = process.Activity("Round");
            process.StartsWith(round);
            round.To(round);
        }));

        var started = await engine.AsSystem().StartAsync("Circle");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = (await engine.AsSystem().ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.Message.ShouldContain("which is the limit");
        error.Message.ShouldContain("20000 operations");
        error.Message.ShouldContain("Give the loop an exit");
        error.Message.ShouldNotContain("fewer lines");
        error.Element.ShouldBe("process 'Circle'");
    }

    [Test]
    [Statement("10.7")]
    public async Task Too_much_at_once_without_a_loop_is_told_to_be_divided()
    {
        await using var engine = WorkflowEngine.Create(options => options.DestinationLimit = 100_000);
        await engine.DeployAsync(ProcessDefinition.Define("Wide", process =>
        {
            for (var number = 0; number < 21; number++)
            {
                process.StartsWith(process.Activity($"Branch {number.Invariant()}", activity => activity.PlanPerSlot(Slots.Number(1_000))));
            }
        }));

        var started = await engine.AsSystem().StartAsync("Wide");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = (await engine.AsSystem().ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.Message.ShouldContain("20000 operations");
        error.Message.ShouldContain("Divide the work");
        error.Message.ShouldNotContain("loop");
    }

    /// <summary>Activities that earlier commits have entered do not count as a loop of the command that does too much at once.</summary>
    [Test]
    [Statement("10.7")]
    public async Task Too_much_at_once_behind_a_loop_that_has_ended_is_told_to_be_divided_too()
    {
        await using var engine = WorkflowEngine.Create(options => options.DestinationLimit = 100_000);
        await engine.DeployAsync(ProcessDefinition.Define("Wide", process =>
        {
            process.Fields(_rounds);
            var next = process.Activity("Next", activity => activity.Server("Count", context => context.Set(_rounds, context.Get(_rounds) + 1)));
            process.StartsWith(next);
            next.To(next, when: _rounds < 40);
            for (var number = 0; number < 21; number++)
            {
                next.To(process.Activity($"Branch {number.Invariant()}", activity => activity.PlanPerSlot(Slots.Number(1_000))), when: _rounds >= 40);
            }
        }));

        var started = await engine.AsSystem().StartAsync("Wide");

        var error = (await engine.AsSystem().ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.Message.ShouldContain("Divide the work");
        error.Message.ShouldNotContain("loop");
    }

    /// <summary>It comes to far more operations than one commit may carry, so it has to commit in between.</summary>
    [Test]
    [Statement("10.7")]
    [Statement("14.4")]
    public async Task A_long_pure_chain_completes_when_the_step_limit_is_raised([Values(3_000, 6_000)] int activities)
    {
        var store = new WatchedStore();
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.AutomaticStepLimit = 100_000;
        });
        await engine.DeployAsync(ProcessDefinition.Define("Chain", process =>
        {
            process.Fields(_rounds);
            var next = process.Activity("Next", activity => activity.PureServer("Count", context => context.Set(_rounds, context.Get(_rounds) + 1)));
            process.StartsWith(next);
            next.To(next, when: _rounds < activities);
        }));

        var started = await engine.AsSystem().StartAsync("Chain");

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await engine.AsSystem().ReadAsync(started.Id)).Fields.Get<int>("Rounds").ShouldBe(activities);
        store.Count.ShouldBeInRange(2, activities / 100);
    }

    /// <summary>The second destination is asked last, its rule is false, and it has not completed.</summary>
    [Test]
    [Statement("0.3")]
    [Statement("11.7")]
    public async Task After_a_false_event_rule_and_the_policy_Complete_a_line_reads_the_first_destination()
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(ProcessDefinition.Define("Unresolved", process =>
        {
            var ask = process.Activity("Ask", activity => activity
                .Fields(_mark)
                .PlanPerSlot(Slots.Number(2))
                .Server("Mark", context => context.Set(_mark, context.Serial.Destination), succeedingRule: _mark == 77)
                .WhenUnresolved(WhenUnresolved.Complete));
            process.StartsWith(ask);
            for (var mark = 0; mark <= 2; mark++)
            {
                ask.To(process.Activity(mark.ToString(CultureInfo.InvariantCulture)), when: _mark == mark);
            }
        }));

        var id = (await engine.AsSystem().StartAsync("Unresolved")).Id;

        (await engine.AsSystem().ReadHistoryAsync(id, limit: 500)).Where(entry => entry.Kind is JournalKind.ActivityStarted).Select(entry => entry.Name)
            .ShouldBe(["Ask", "1"]);
    }

    /// <summary>A line in front of which the instance stands in Error still knows, after a reload, which destination ended the activity.</summary>
    [Test]
    [Statement("8.2")]
    [Statement("11.7")]
    public async Task Which_destination_ended_an_activity_survives_a_reload([Range(1, 3)] int last)
    {
        var drive = new Drive(ProcessDefinition.Define("Ending", process =>
        {
            var ask = process.Activity("Ask", activity => activity
                .Fields(_mark)
                .PlanPerSlot(Slots.Number(3))
                .Server("Order", static _ => { }));
            process.StartsWith(ask);
            ask.To(process.Activity("Next"), when: _mark == last & Rule.Named("Fails", static _ => throw new InvalidOperationException("no")));
        })).Start().Wait().Wait().Wait();
        drive.Finish(last, new FieldChange("Mark", FieldValue.From(last)));
        drive.Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Error);
        await drive.CommitAsync();

        await drive.ReloadAsync();

        drive["Ask"].CompletedBy.ShouldNotBeNull().Id.ShouldBe(last);
        drive["Ask"].CompletedBy.ShouldBeSameAs(drive["Ask"].Destinations[last - 1]);
    }

    /// <summary>As an outside system would: not from within the flow of the code.</summary>
    private static async Task<FinishReceipt> FromOutsideAsync(WorkflowEngine engine, SerialNumber serial)
    {
        Task<FinishReceipt> finishing;
        using (ExecutionContext.SuppressFlow())
        {
            finishing = Task.Run(async () => await engine.AsSystem().FinishAsync(serial));
        }

        return await finishing;
    }
}
