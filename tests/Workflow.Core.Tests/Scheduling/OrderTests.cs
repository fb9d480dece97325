using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Steps are taken in the order in which they were planned, so that all parallel branches advance together.</summary>
[TestFixture]
internal sealed class OrderTests
{
    [Test]
    [Statement("10.1")]
    [Statement("3.12")]
    public async Task A_start_goes_breadth_first()
    {
        var drive = new Drive(Trouble.Definition).Start();

        (await FactsAsync(drive)).ShouldBe(
        [
            "ProcessStarted Trouble",
            "LineEvaluated Start to Gather", "LineEvaluated Start to Beside",
            "ActivityStarted Gather", "ActivityStarted Beside",
            "DestinationCreated Gather", "DestinationCreated Gather", "DestinationCreated Gather", "DestinationCreated Beside",
            "EventStarted Ask", "EventStarted Ask", "EventStarted Ask", "EventStarted Watch",
        ]);
    }

    [Test]
    [Statement("2.11")]
    [Statement("3.1")]
    public async Task A_completion_expires_the_others_before_the_lines_are_asked_and_the_lines_before_a_target_is_entered()
    {
        var drive = new Drive(Trouble.Definition).Start();
        while (drive["Gather"].CompletedSlots == 0)
        {
            drive.Return(context => SetDone(drive, context));
        }

        await drive.CommitAsync();
        while (drive.Process.ActivityList.Any(activity => activity.Name == "Gather"))
        {
            drive.Return(context => SetDone(drive, context));
        }

        (await FactsAsync(drive)).SkipWhile(fact => fact != "DestinationCompleted Gather").ShouldBe(
        [
            "DestinationCompleted Gather",
            "EventExpired Note", "DestinationExpired Gather",
            "ActivityCompleted Gather",
            "LineEvaluated Gather to After", "LineEvaluated Gather to Never",
            "ActivityStarted After", "DestinationCreated After", "EventStarted Work",
        ]);
    }

    [Test]
    [Statement("3.12")]
    public void Code_is_called_in_the_order_in_which_the_events_were_planned()
    {
        var drive = new Drive(Trouble.Definition).Start();
        var called = new List<int>();
        while (drive.Process.NextEventCall() is { } next && next.Activity.Name != "After")
        {
            called.Add(next.Event!.Id);
            drive.Return();
        }

        called.ShouldBe(called.Order());
        called.Count.ShouldBe(7);
    }

    [Test]
    [Statement("3.12")]
    public async Task A_reload_does_not_change_the_order_of_calls([Range(1, 6)] int after)
    {
        var resident = new Drive(Trouble.Definition).Start();
        var reloaded = new Drive(Trouble.Definition).Start();
        for (var count = 0; count < after; count++)
        {
            resident.Return();
            reloaded.Return();
        }

        await reloaded.CommitAsync();
        await reloaded.ReloadAsync();

        reloaded.Process.NextEventCall().ShouldNotBeNull().Event!.Id.ShouldBe(resident.Process.NextEventCall().ShouldNotBeNull().Event!.Id);
    }

    [Test]
    [Statement("3.12")]
    public void Code_that_was_planned_for_an_expired_destination_is_never_called()
    {
        var drive = new Drive(Trouble.Definition).Start();
        while (drive.Process.NextEventCall() is { } next && drive.Process.StoredStatus is ProcessInstanceStatus.Active)
        {
            next.Status.ShouldBe(DestinationStatus.Active);
            next.Activity.Status.ShouldBe(ActivityInstanceStatus.Active);
            drive.Return(context => SetDone(drive, context));
        }

        drive.Process.StoredStatus.ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static void SetDone(Drive drive, Contexts.ServerEventContext context)
    {
        if (drive.Process.FindDestination(context.Serial.Destination)!.Activity.Name == "Gather")
        {
            context.Set(Trouble.Done, true);
        }
    }

    private static async Task<IEnumerable<string>> FactsAsync(Drive drive)
    {
        var known = drive.Process.JournalCount;
        await drive.CommitAsync();
        return (await drive.Store.ReadJournalAsync(drive.Process.Id, known, 100, default))
            .SelectMany(piece => JournalReader.Read(piece.Content.Span, drive.Process.Id, piece.FirstNumber))
            .Where(entry => entry.Kind is not JournalKind.FieldChanged)
            .Select(entry => $"{entry.Kind} {entry.Name}");
    }
}
