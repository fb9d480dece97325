using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Testing;

/// <summary>Says what was found instead of the one task that a test wanted to act on.</summary>
internal static class NoSingleTask
{
    public static async Task<NoSingleTaskException> OfAsync(WorkflowEngine engine, string user, IReadOnlyList<WorklistItem> items)
    {
        var serials = items.Select(item => item.Serial).ToList();
        if (serials.Count > 1)
        {
            return Of(NoSingleTaskReason.Several, $"'{user}' has {serials.Count.Invariant()} tasks: {string.Join(", ", serials)}. Act by serial number");
        }

        var query = new WorklistQuery { Limit = 10, Statuses = [WorklistItemStatus.Allocated, WorklistItemStatus.Sleep] };
        var hidden = await engine.As(user).Worklist.ListAsync(query).ConfigureAwait(false);
        if (hidden.FirstOrDefault(item => item.Status is WorklistItemStatus.Sleep) is { } asleep)
        {
            return Of(NoSingleTaskReason.Asleep, $"'{user}' has put task {asleep.Serial} '{asleep.Event}' to sleep. Wake it with WakeAsync, or move the clock");
        }

        var open = await engine.AsSystem().ManageWorklists().ListAsync(new WorklistQuery { Limit = 10 }).ConfigureAwait(false);
        var halted = await HaltedAsync(engine).ConfigureAwait(false);
        if (halted.Count > 0 && open.All(entry => halted.Any(process => process.Id == entry.Serial.ProcessInstance)))
        {
            var id = open.Count > 0 ? open[0].Serial.ProcessInstance : halted[0].Id;
            var error = (await engine.AsSystem().ReadAsync(id).ConfigureAwait(false)).Error;
            var why = error is null
                ? $"process instance {id} is Stopped"
                : $"process instance {id} is in Error: {error.Element}: {error.Message.TrimEnd('.')}";
            return Of(
                error is null ? NoSingleTaskReason.Stopped : NoSingleTaskReason.InError,
                $"'{user}' has no task, because nobody can act on one: {why}. TranscriptAsync says what happened");
        }

        if (open.Count == 0)
        {
            var active = await engine.AsSystem()
                .FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Active, Limit = 1 }).ConfigureAwait(false);
            var why = active.Count > 0
                ? $"process instance {active[0].Id} is Active, and {WhatWaits(await engine.AsSystem().ReadAsync(active[0].Id).ConfigureAwait(false))}"
                : "no process instance was started, or all have ended";
            return Of(NoSingleTaskReason.NoneOpen, $"'{user}' has no task, because none is open: {why}. TranscriptAsync says what happened");
        }

        var tasks = string.Join("; ", open.Select(Shown));
        return hidden.Count > 0
            ? Of(NoSingleTaskReason.SlotsTaken, $"'{user}' has no task that they can open, because others hold all slots. Open now: {tasks}")
            : Of(NoSingleTaskReason.NotTheirs, $"'{user}' has no task. Open now: {tasks}");

        NoSingleTaskException Of(NoSingleTaskReason reason, string message) => new(user, reason, serials, $"{message}.");
    }

    /// <summary>The instances in which nobody can act, those in Error first.</summary>
    private static async Task<List<ProcessRecord>> HaltedAsync(WorkflowEngine engine)
    {
        var halted = new List<ProcessRecord>();
        foreach (var status in (ProcessInstanceStatus[])[ProcessInstanceStatus.Error, ProcessInstanceStatus.Stopped])
        {
            halted.AddRange(await engine.AsSystem().FindProcessesAsync(new ProcessQuery { Status = status, Limit = 100 }).ConfigureAwait(false));
        }

        return halted;
    }

    private static string WhatWaits(ProcessInstance process) =>
        process.StartsAt is { } begin ? $"begins at {begin.Invariant()}. Move the clock with AdvanceAsync"
        : process.Activities.FirstOrDefault(activity => activity.StartsAt is not null) is { StartsAt: { } start } waiting
            ? $"its activity '{waiting.Name}' begins at {start.Invariant()}. Move the clock with AdvanceAsync"
            : "does not wait for a user";

    private static string Shown(WorklistEntry entry) =>
        $"{entry.Serial} '{entry.Event}' for {entry.Destination}{(entry.User is null ? "" : $", held by '{entry.User}'")}";
}
