using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Instances in Error, and events that wait for their next attempt, go on in another version.</summary>
[TestFixture]
public sealed class Chapter08MigrationErrors
{
    private static readonly ProcessField<string> Text = new("Text");

    /// <summary>No destination has begun an event, since the text of the first task cannot be shown.</summary>
    [TestCase(null, false)]
    [TestCase("Paid", true)]
    [Statement("8.8b")]
    [Statement("7.3b")]
    public async Task A_finish_that_is_kept_has_an_answer_that_its_event_takes_in_the_new_version(string? answer, bool isMoved)
    {
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bed = await Migrations.BedAsync(
            Paying(answer is null ? null : ["Paid"], async (_, _) =>
            {
                reached.SetResult();
                await door.Task;
                throw new InvalidOperationException("broken");
            }),
            Paying(["Paid", "Rejected"], (_, _) => ValueTask.CompletedTask));
        var starting = bed.Engine.As("dora").StartAsync("Order").AsTask();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var id = new ProcessInstanceId(1);
        var bank = bed.Engine.As("bank");
        (await (answer is null ? bank.FinishAsync(id.Task(1)) : bank.FinishAsync(id.Task(1), answer))).ShouldBe(FinishReceipt.Stored);
        door.SetResult();
        await starting.WaitAsync(TimeSpan.FromMinutes(1));

        if (!isMoved)
        {
            var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.MigrateAsync(id));
            (refusal.Statement, refusal.Message.Contains("Name one of 'Paid', 'Rejected'", StringComparison.Ordinal)).ShouldBe(("8.8b", true));
            return;
        }

        await bed.MigrateAsync(id);
        await bed.Admin().RetryAsync(id);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);

        static Action<ProcessBuilder> Paying(string[]? answers, Func<Contexts.ServerEventContext, CancellationToken, ValueTask> code) => process =>
        {
            process.Rights(rights => rights.ServerEvent("bank"));
            Migrations.Asking(activity => activity.Waits("Order", code, answers))(process);
        };
    }

    [Test]
    [Statement("8.2")]
    [Statement("8.8b")]
    public async Task A_task_that_could_not_begin_begins_in_the_version_that_mends_it(
        [Values] bool inOneCommand, [Values] bool perDestination, [Values] bool fromStore)
    {
        await using var bed = await Migrations.BedAsync(
            process => Asking(process, activity => Plan(activity, perDestination).Client(
                "Read", task => task.Action("Done").Url($"https://example.com/{Text}"))),
            process => Asking(process, activity => Plan(activity, perDestination).Client("Read", task => task.Action("Done"))));
        var id = (await bed.StartAsync("dora", start => start.Set(Text, new string('x', 100_000)))).Id;
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        await RestartAsync(bed, fromStore);

        if (inOneCommand)
        {
            await bed.Admin().RetryAsync(id, onVersion: 2);
        }
        else
        {
            await bed.MigrateAsync(id);
            await RestartAsync(bed, fromStore);
            await bed.Admin().RetryAsync(id);
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.ActAsync("ann", "Done");
        if (perDestination)
        {
            await bed.ActAsync("bob", "Done");
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.8b")]
    [Statement("13.2")]
    public async Task An_event_that_waits_for_its_next_attempt_keeps_its_instant_and_runs_the_code_of_the_new_version(
        [Values] bool renamed, [Values] bool fromStore)
    {
        var ran = new List<string>();
        await using var bed = await Migrations.BedAsync(
            process => Asking(process, activity => activity.Server(
                "Pay", _ => throw new IOException("no answer"), define: server => server.Retry(attempts: 3, wait: TimeSpan.FromHours(1)))),
            process => Asking(process, activity => activity.Server(renamed ? "Pay back" : "Pay", _ => ran.Add("new code"))));
        var id = (await bed.StartAsync("dora", start => start.Set(Text, ""))).Id;
        await RestartAsync(bed, fromStore);

        await bed.MigrateAsync(id, renamed ? Renames.None.Event("Ask", "Pay", "Pay back") : null);

        await RestartAsync(bed, fromStore);
        (await bed.ReadAsync(id)).Activities[0].Destinations[0].RetriesAt.ShouldBe(WorkflowTestBed.Beginning.AddHours(1));
        (await bed.AdvanceAsync(TimeSpan.FromHours(1))).ShouldBe(1);
        ran.ShouldBe(["new code"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.2c")]
    [Statement("8.8")]
    public async Task An_error_that_was_read_before_its_element_was_renamed_is_retried()
    {
        var fails = true;
        await using var bed = await Migrations.BedAsync(
            process => Asking(process, activity => activity.Server("Pay", _ => throw new IOException("no answer"))),
            process => Asking(process, activity => activity.Server("Pay back", _ =>
            {
                if (fails)
                {
                    throw new IOException("no answer");
                }
            })));
        var id = (await bed.StartAsync("dora", start => start.Set(Text, ""))).Id;
        var error = (await bed.ReadAsync(id)).Error;
        await bed.MigrateAsync(id, Renames.None.Event("Ask", "Pay", "Pay back"));
        (await bed.ReadAsync(id)).Error!.Element.ShouldBe("server event 'Pay back' of 'Ask'");

        await bed.Admin().RetryAsync(id, error);
        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id, error).AsTask());
        fails = false;
        await bed.Admin().RetryAsync(id, (await bed.ReadAsync(id)).Error);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static ActivityBuilder Plan(ActivityBuilder activity, bool perDestination)
    {
        activity.Destinations(to => to.Users("ann", "bob"));
        return perDestination ? activity.PlanPerDestination().SucceedingRule(Answers.AllGiven) : activity;
    }

    private static void Asking(ProcessBuilder process, Action<ActivityBuilder> ask)
    {
        process.Fields(Text);
        process.StartsWith(process.Activity("Ask", ask));
    }

    private static async Task RestartAsync(WorkflowTestBed bed, bool fromStore)
    {
        if (fromStore)
        {
            await bed.RestartAsync();
        }
    }
}
