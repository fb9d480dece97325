using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations whose action is code.</summary>
[TestFixture]
public sealed class Chapter06EscalationCode
{
    private static readonly ProcessField<int> Reminders = new("Reminders", initial: 0);
    private static readonly ActivityField<string> Note = new("Note");

    private static ProcessDefinition Asking(Action<ActivityBuilder> more, int people = 1) =>
        Worklists.Asking(activity => more(activity.Once(people, people).Chooses().Fields(Note)), Reminders);

    [Test]
    [Statement("6.7")]
    public async Task Code_reads_what_it_is_called_for()
    {
        var seen = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Levels", process =>
        {
            process.Managed().Escalation("Of the process", after: TimeSpan.FromHours(1), then => then.Run("Look", Look));
            process.StartsWith(process.Activity("Ask", activity => activity
                .Once(3, 2)
                .Escalation("Of the activity", after: TimeSpan.FromHours(2), then => then.Run("Look", Look))
                .Chooses(more: task => task.Escalation("Of the event", after: TimeSpan.FromHours(3), then => then.Run("Look", Look), repeat: 1))));
        }));
        var id = await bed.BeginAsync(start => start.Folio("Rent"));
        await bed.AdvanceAsync(TimeSpan.FromHours(4));
        await bed.ActAsync("B", "Approve");
        await bed.AdvanceAsync(TimeSpan.FromHours(4));

        seen.ShouldBe(
        [
            "Of the process 09:00 1/1 - - - for ", "Of the activity 10:00 1/1 Ask - - for A B C", "Of the event 11:00 1/1 Ask Decision 1_1 for A B C",
            "Of the event 14:00 2/1 Ask Decision 1_1 for A C",
        ]);

        void Look(EscalationContext context)
        {
            (context.ProcessInstance, context.Definition, context.Folio, context.Originator, context.Attempt)
                .ShouldBe((new ProcessInstanceId(1), "Levels", "Rent", "dora", 1));
            var people = string.Join(' ', context.Destinations.Select(one => one.Name));
            seen.Add(
                $"{context.Escalation} {context.DueAt.UtcDateTime:HH:mm} {context.Number}/{context.StandsFor} "
                + $"{context.Activity ?? "-"} {context.Event ?? "-"} {context.Serial?.ToString() ?? "-"} for {people}");
        }
    }

    [Test]
    [Statement("6.7")]
    [Statement("14.4")]
    public async Task Each_firing_has_an_idempotency_key_of_its_own()
    {
        var keys = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity
            .Escalation("One", after: TimeSpan.FromHours(1), then => then.Run("Keep", context => keys.Add(context.IdempotencyKey)), repeat: 2)
            .Escalation("Two", after: TimeSpan.FromHours(1), then => then.Run("Keep", context => keys.Add(context.IdempotencyKey)), repeat: 2)));
        await bed.BeginAsync();
        await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        keys.Count.ShouldBe(12);
        keys.Distinct().Count().ShouldBe(12);
        keys.ShouldAllBe(key => !string.IsNullOrWhiteSpace(key));
    }

    [Test]
    [Statement("6.7")]
    public async Task Code_writes_fields_of_the_process_and_of_its_activity()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Remind",
            after: TimeSpan.FromHours(1),
            then => then.Run("Count", async (context, cancellation) =>
            {
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                context.TryGet(Note, out var note);
                context.Set(Reminders, context.Get(Reminders) + 1);
                context.Set(Note, $"{note}{context.Number} ");
            }),
            repeat: 2)));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        var process = await bed.ReadAsync(id);
        process.Fields.Get<int>("Reminders").ShouldBe(3);
        process.Activities.ShouldHaveSingleItem().Fields.Get<string>("Note").ShouldBe("1 2 3 ");
        process.Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("6.7")]
    [Statement("6.8")]
    public async Task Code_can_expire_the_activity_and_its_lines_are_asked([Values] bool isOfEvent)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity =>
        {
            activity.Each(3).Chooses(more: task =>
            {
                if (isOfEvent)
                {
                    task.Escalation("Give up", after: TimeSpan.FromHours(1), then => then.Run("Decide", context => context.ExpireActivity()));
                }
            }).OutcomesFromActions().OutcomeAtFirst("Reject");
            if (!isOfEvent)
            {
                activity.Escalation("Give up", after: TimeSpan.FromHours(1), then => then.Run("Decide", context => context.ExpireActivity()));
            }
        }));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        (await bed.ExpiredAsync(id)).ShouldBe(["Decide"]);
        (await bed.FiringsAsync(id)).ShouldBe(["Give up 01-05 09:00"], "the timers of the other events went with their activity");
        (await bed.PathAsync(id)).ShouldBe("Refused");
    }

    [Test]
    [Statement("6.11")]
    public async Task Code_that_throws_puts_the_instance_into_error_and_writes_nothing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Remind",
            after: TimeSpan.FromDays(7),
            then => then.Run("Send", context =>
            {
                context.Set(Reminders, 9);
                context.ExpireActivity();
                throw new InvalidOperationException("No mail today.");
            }),
            repeat: 2)));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(90));

        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Fields.Get<int>("Reminders").ShouldBe(0);
        var error = failed.Error.ShouldNotBeNull();
        error.Element.ShouldContain("'Remind'");
        error.Element.ShouldContain("'Ask'");
        error.Message.ShouldContain("No mail today.");
        error.At.ShouldBe(Firings.At("2026-01-12T08:00Z"));
        (await bed.CountAsync(id, JournalKind.EscalationFailed)).ShouldBe(1, "it is not called again");
        (await bed.SeesAllAsync("A")).ShouldBe("");
        (await bed.ManagedAsync(id)).ShouldBe(["A - Available"]);
    }

    [Test]
    [Statement("6.11")]
    [Statement("11.6")]
    public async Task Code_that_writes_a_field_which_is_not_declared_fails()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Remind", after: TimeSpan.FromHours(1), then => then.Run("Write", context => context.Set(new ProcessField<int>("Nowhere"), 1)))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Message.ShouldContain("Nowhere");
    }

    [Test]
    [Statement("6.7c")]
    [Statement("10.10c")]
    public async Task Code_asks_for_at_most_one_goto()
    {
        Exception? refusal = null;
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Leave",
            after: TimeSpan.FromHours(1),
            then => then.Run("Leave", context =>
            {
                context.GoTo("After");
                refusal = Should.Throw<InvalidOperationException>(() => context.GoTo("Ask"));
            }))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        refusal.ShouldNotBeNull();
        (await bed.NamesAsync(id, JournalKind.Goto)).ShouldBe(["After"]);
        (await bed.PathAsync(id)).ShouldBe("After");
    }

    [Test]
    [Statement("13.4")]
    [Statement("6.11")]
    public async Task A_goto_of_code_to_an_activity_that_is_not_there_fails_and_nothing_expires()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Escalation(
            "Leave", after: TimeSpan.FromHours(1), then => then.Run("Leave", context => context.GoTo("Aftr")))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Error.ShouldNotBeNull().Message.ShouldContain("Aftr");
        failed.Activities.ShouldHaveSingleItem().Status.ShouldBe(ActivityInstanceStatus.Active);
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_fires_the_same_escalations()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity
            .Escalation("Remind", after: TimeSpan.FromDays(1), then => then.Run("Count", context => context.Set(Reminders, context.Number)), repeat: 3)
            .Escalation("Hand over", after: TimeSpan.FromDays(2), then => then.RedirectTo("D"))
            .Escalation("Give up", after: TimeSpan.FromDays(3), then => then.ExpireActivity())));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(9));
        (await bed.FiringsAsync(id)).Length.ShouldBeGreaterThan(3);

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.TranscriptAsync(id)).ShouldBe(await bed.TranscriptAsync(id));
        (await replay.StoredBytesAsync(id)).ShouldBe(await bed.StoredBytesAsync(id));
    }
}
