using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter13Calls
{
    [Test]
    [Statement("13.2")]
    public async Task Code_that_has_not_returned_in_time_has_failed()
    {
        var gate = new Gate();
        var definition = ProcessDefinition.Define("Slow", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity
                .Server("Pass", async (context, _) => await gate.PassAsync(context.Serial, CancellationToken.None))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.ServerEventTimeout = TimeSpan.FromMinutes(2));
        var start = bed.StartAsync("dora");
        await gate.Reached;

        bed.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(1));
        start.IsCompleted.ShouldBeFalse();
        bed.Clock.Advance(TimeSpan.FromTicks(1));

        var started = await start;
        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = (await bed.ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.Element.ShouldBe("server event 'Pass' of 'Work'");
        error.Message.ShouldContain("00:02:00");
        gate.Open();
    }

    [Test]
    [Statement("8.2")]
    public async Task A_failed_step_and_those_behind_it_are_kept_and_finished_steps_stay_finished()
    {
        var log = new List<string>();
        var definition = ProcessDefinition.Define("Failing", process =>
        {
            process.OpenToAll();
            var first = process.Activity("First", activity => activity.Logs("Done", log));
            process.StartsWith(first);
            first.To(process.Activity("Left"), when: Rule.Named("fails", _ => throw new InvalidOperationException("No answer.")));
            first.To(process.Activity("Right", activity => activity.Logs("Never", log)));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var id = await bed.BeginAsync();
        await bed.RestartAsync();

        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        process.Error!.Element.ShouldBe("line rule of 'First to Left'");
        process.Suspended.Select(step => $"{step.Verb} {step.Element}").ShouldBe(["FollowLine First to Left", "FollowLine First to Right", "ForgetActivity "]);
        process.Activities.ShouldHaveSingleItem().Status.ShouldBe(ActivityInstanceStatus.Completed);
        log.ShouldBe(["First/Done 1_1"]);
    }
}
