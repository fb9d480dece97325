using Cases.Data;
using Cases.Paper;
using Cases.Processes;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Cases.Playing;

/// <summary>Takes the steps of cases as the users and systems of the log did, and compares what is open after each of them.</summary>
public sealed class CasePlayer(WorkflowEngine engine, CaseClock clock, Auditor auditor, BackgroundWork work, IReplayObserver observer)
{
    /// <summary>Takes the next step of a case; the first one starts it. An escalation has fired by itself, which is looked for.</summary>
    public async Task StepAsync(CaseRun run)
    {
        var step = run.Recorded.Steps[run.Position];
        clock.Set(step.At);
        if (step.IsEscalation)
        {
            await SeeFiredAsync(run, step);
            return;
        }

        if (run.Instance is null && !await StartAsync(run, step))
        {
            return;
        }

        // A step that an earlier run sent off before it was killed may be stored only now.
        if (await ProblemOfAsync(run, step) is { } problem && !await IsStoredAsync(run, step))
        {
            await DifferAsync(run, $"step {run.Position + 1}, {step.Activity} {step.Action} by {step.User}: {problem}");
            return;
        }

        await TakeAsync(run, step, $"{step.Activity} {step.Action} by {step.User}");
    }

    /// <summary>Finds out from the history how far an earlier run has come with a case, and does the same on paper.</summary>
    public async Task CatchUpAsync(CaseRun run, ProcessInstanceId instance)
    {
        run.Begin(instance);
        foreach (var done in Auditor.Steps(await auditor.HistoryAsync(instance)))
        {
            if (run.Paper is null || !done.Is(run.Recorded.Steps[run.Position]))
            {
                await DifferAsync(run, $"step {run.Position + 1} in the store is {done}, which is not what the log says");
                return;
            }

            run.Take(run.Recorded.Steps[run.Position]);
        }

        if (run.Paper is { } paper)
        {
            await CompareAsync(run, paper, "what the store holds");
        }
    }

    /// <summary>Compares how a case ended, and every step that its history tells.</summary>
    public async Task AuditAsync(CaseRun run)
    {
        var instance = run.Instance!.Value;
        var history = await auditor.HistoryAsync(instance);
        var status = await auditor.StatusAsync(instance);
        var end = status is ProcessInstanceStatus.Active ? $"Active:{string.Join('|', await auditor.OpenActivitiesAsync(instance))}" : status.ToString();
        var expired = Auditor.ExpiredArrivals(history).Order(StringComparer.Ordinal).ToList();
        var steps = Auditor.Steps(history).ToList();
        if (end != run.Recorded.End)
        {
            await DifferAsync(run, $"it ends as {end} and must end as {run.Recorded.End}");
        }
        else if (!expired.SequenceEqual(run.Recorded.Expired))
        {
            await DifferAsync(run, $"expired are {Names(expired)} and must be {Names(run.Recorded.Expired)}");
        }
        else if (steps.Count != run.Recorded.Steps.Count || steps.Zip(run.Recorded.Steps).Any(pair => !pair.First.Is(pair.Second)))
        {
            await DifferAsync(run, "its history tells other steps than the log");
        }
    }

    /// <summary>The engine did something else than it must: the case is not gone on with.</summary>
    public async Task DifferAsync(CaseRun run, string what)
    {
        run.Difference = new Difference(run.Recorded.Id, what, run.Instance is { } instance ? await auditor.TranscriptAsync(instance) : "");
        observer.Differ(run.Difference);
    }

    /// <summary>Starts a case, under a key: started again because nobody knows whether it was started, it is not started twice.</summary>
    /// <returns>Whether all is as it must.</returns>
    private async Task<bool> StartAsync(CaseRun run, RecordedStep step)
    {
        var definition = run.Log.Definition.Name;
        try
        {
            var connection = engine.As(step.User).Once($"start {definition} {run.Recorded.Id}");
            var started = await connection.StartAsync(definition, start => run.Log.Begin(start.Folio(run.Recorded.Id), run.Recorded));
            run.Begin(started.Id);
            await CompareAsync(run, run.Paper!, "the start");
        }
        catch (WorkflowException exception) when (IsAboutTheCase(exception))
        {
            await DifferAsync(run, $"the start by {step.User}: {exception.Message}");
        }

        return run.Difference is null;
    }

    /// <summary>Takes a step, under a key as well. A loop may have come back to the activity, and must not take the same step once more.</summary>
    /// <returns>Why it could not be taken; null when it was.</returns>
    private async ValueTask<string?> ProblemOfAsync(CaseRun run, RecordedStep step)
    {
        var instance = run.Instance!.Value;
        var key = $"step {run.Position + 1} {run.Log.Definition.Name} {run.Recorded.Id}";
        var isForASystem = run.Log.Paper.Find(step.Activity) is { IsForASystem: true };
        try
        {
            return await (isForASystem ? FinishAsync(instance, step, key) : ActAsync(instance, step, key)) ? null : $"nothing waits for {step.User} there";
        }
        catch (WorkflowException exception) when (IsAboutTheCase(exception))
        {
            return exception.Message;
        }
    }

    /// <summary>A user finds the task on their worklist, opens it, and acts on it.</summary>
    /// <returns>Whether it was there.</returns>
    private async ValueTask<bool> ActAsync(ProcessInstanceId instance, RecordedStep step, string key)
    {
        var user = engine.As(step.User);
        var items = await user.Worklist.ListAsync(new() { ProcessInstance = instance, Activity = step.Activity, Limit = 1 });
        if (items.Count == 0)
        {
            return false;
        }

        var item = await items[0].OpenAsync();
        try
        {
            await user.Once(key).Worklist.ExecuteAsync(item.Serial, step.Action, answer => SetAll(step.Fields, answer.Set));
        }
        catch (IdempotencyKeyException)
        {
            // The step was taken on an earlier task: this one is for the next user.
            await item.ReleaseAsync();
            throw;
        }

        return true;
    }

    private static void SetAll<T>(IReadOnlyList<RecordedField> fields, Func<string, FieldValue, T> set)
    {
        foreach (var (name, _, value) in fields)
        {
            set(name, value);
        }
    }

    /// <summary>An outside system finishes its item by the serial number, and leaves its reply in a field that the lines ask.</summary>
    /// <returns>Whether the item was there.</returns>
    private async ValueTask<bool> FinishAsync(ProcessInstanceId instance, RecordedStep step, string key)
    {
        var system = engine.As(step.User);
        var items = await system.FindServerItemsAsync(new() { ProcessInstance = instance, Activity = step.Activity, Limit = 1 });
        if (items.Count == 0)
        {
            return false;
        }

        await system.Once(key).FinishAsync(items[0].Serial, result => SetAll(step.Fields, result.Set(OutsideSystem.Reply, step.Action).Set));
        return true;
    }

    /// <summary>Looks for an escalation in the history, where it must be next.</summary>
    private async Task SeeFiredAsync(CaseRun run, RecordedStep step)
    {
        var steps = Auditor.Steps(await auditor.HistoryAsync(run.Instance!.Value)).ToList();
        if (steps.Count == run.Position + 1 && steps[^1].Is(step))
        {
            await TakeAsync(run, step, step.Activity);
            return;
        }

        var instead = steps.Count > run.Position ? $"the history has {steps[run.Position]}" : "it has not fired";
        await DifferAsync(run, $"step {run.Position + 1}, {step.Activity} at {step.At.UtcDateTime:u}: {instead}");
    }

    /// <summary>A step is in the store. It is taken on paper too, and what is open then is compared.</summary>
    private async Task TakeAsync(CaseRun run, RecordedStep step, string what)
    {
        var paper = run.Paper!;
        run.Take(step);
        await CompareAsync(run, paper, $"step {run.Position}, {what}");
    }

    /// <summary>Whether the history tells the step that is due as the last that somebody took. The steps that follow from it may have been left to be
    /// done.</summary>
    private async ValueTask<bool> IsStoredAsync(CaseRun run, RecordedStep step)
    {
        var steps = Auditor.Steps(await auditor.HistoryAsync(run.Instance!.Value)).ToList();
        if (steps.Count <= run.Position || !steps[run.Position].Is(step) || !steps.Skip(run.Position + 1).All(next => next.IsEscalation))
        {
            return false;
        }

        await work.WaitUntilAtRestAsync(new() { Definition = run.Log.Definition.Name, Folio = run.Recorded.Id });
        return true;
    }

    private async Task CompareAsync(CaseRun run, PaperRun paper, string after)
    {
        var open = await auditor.OpenActivitiesAsync(run.Instance!.Value);
        if (!open.SequenceEqual(paper.Open))
        {
            await DifferAsync(run, $"after {after} open is {Names(open)} and must be {Names(paper.Open)}");
        }
    }

    /// <summary>A refusal says something of the case; a store that breaks down says nothing of it.</summary>
    private static bool IsAboutTheCase(WorkflowException exception) =>
        exception is not (ProcessStoreException or CommitOutcomeUnknownException or CommandPartlyStoredException);

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);
}
