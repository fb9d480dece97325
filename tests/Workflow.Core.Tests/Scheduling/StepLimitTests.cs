using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Scheduling;

[TestFixture]
internal sealed class StepLimitTests
{
    /// <code>
    /// ►── Wait (waits) ──► Chain ──►
    /// </code>
    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Steps", process =>
    {
        var wait = process.Activity("Wait", activity => activity.Server("Ask", static _ => { }));
        wait.To(process.Activity("Chain"));
        process.StartsWith(wait);
    });

    [Test]
    [Statement("10.7")]
    public void A_run_of_exactly_as_many_steps_as_the_limit_is_allowed()
    {
        var steps = Completed(10_000).Process.AutomaticSteps;

        Completed(steps).Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.7")]
    public void One_step_more_than_the_limit_is_an_error_that_keeps_the_step()
    {
        var steps = Completed(10_000).Process.AutomaticSteps;

        var stopped = Completed(steps - 1).Process;

        stopped.StoredStatus.ShouldBe(ProcessInstanceStatus.Error);
        stopped.AutomaticSteps.ShouldBe(steps - 1);
        stopped.Suspended[0].ShouldBe(new SuspendedStep("EnterActivity", 1, 0, "Wait to Chain"));
        var error = stopped.Error.ShouldNotBeNull();
        error.Element.ShouldBe("process 'Steps'");
        error.Message.ShouldContain($"{steps - 1} activities");
        error.Message.ShouldContain("which is the limit");
        error.ExceptionType.ShouldBe("");
    }

    /// <summary>Wherever the limit stops the instance, what was planned is kept and all of it is stored.</summary>
    [Test]
    [Statement("8.2")]
    [Statement("10.7")]
    public async Task At_every_limit_the_whole_instance_is_stored()
    {
        var operations = new Drive(Trouble.Definition).Start().Episode.Operations;
        for (var limit = 1; limit < operations; limit++)
        {
            var drive = new Drive(Trouble.Definition, operationLimit: limit).Start();
            drive.Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Error);
            drive.Process.Suspended.ShouldNotBeEmpty();
            await drive.CommitAsync();
            (await drive.StoredAsync()).ShouldHavePartsOf(Drive.PartsOf(drive.Process, drive.Definition));
        }
    }

    [Test]
    [Statement("10.7")]
    public void A_finish_begins_the_count_anew()
    {
        var drive = new Drive(_definition).Start().Wait();
        var started = drive.Process.AutomaticSteps;

        drive.Finish(1);

        drive.Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Completed);
        drive.Process.AutomaticSteps.ShouldBe(Completed(10_000).Process.AutomaticSteps - started);
    }

    [Test]
    [Statement("10.7")]
    public async Task The_count_survives_a_reload()
    {
        var drive = new Drive(_definition).Start();
        var steps = drive.Process.AutomaticSteps;
        await drive.CommitAsync();

        await drive.ReloadAsync();

        drive.Process.AutomaticSteps.ShouldBe(steps);
    }

    private static Drive Completed(int limit) => new Drive(_definition, stepLimit: limit).Start().Return();
}
