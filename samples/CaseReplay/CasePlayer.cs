using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Cases;

/// <summary>Takes the steps of cases as the users and systems of the log did, and compares what is open after each of them.</summary>
public sealed class CasePlayer(WorkflowEngine engine, CaseClock clock, Auditor auditor)
{
    /// <summary>Takes the next step of a case; the first one starts it.</summary>
    public async Task StepAsync(CaseRun run)
    {
        var step = run.Recorded.Steps[run.Position];
        clock.Set(step.At);
        try
        {
            if (run.Instance is null)
            {
                var started = await engine.As(step.User).StartAsync(run.Log.Definition.Name, start => start.Folio(run.Recorded.Id));
                run.Begin(started.Id);
                await CompareAsync(run, "the start");
            }

            if (run.Difference is null)
            {
                await TakeAsync(run, step);
            }
        }
        catch (WorkflowException exception) when (exception is not (ProcessStoreException or CommitOutcomeUnknownException))
        {
            await DifferAsync(run, $"step {run.Position + 1}, {step.Activity} {step.Action} by {step.User}: {exception.Message}");
        }
    }

    /// <summary>Finds out from the store how far a case has come, and does the same on paper.</summary>
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

        if (run.Paper is not null)
        {
            await CompareAsync(run, "what the store holds");
        }
    }

    /// <summary>Compares how a case ended, and every step that its history tells.</summary>
    public async Task AuditAsync(CaseRun run)
    {
        var instance = run.Instance!.Value;
        var history = await auditor.HistoryAsync(instance);
        var status = (await engine.As(People.Auditor).ReadAsync(instance)).Status;
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

    private async Task TakeAsync(CaseRun run, RecordedStep step)
    {
        var instance = run.Instance!.Value;
        var isForASystem = run.Log.Paper.Find(step.Activity) is { IsForASystem: true };
        if (!(isForASystem ? await FinishAsync(instance, step) : await ActAsync(instance, step)))
        {
            await DifferAsync(run, $"step {run.Position + 1}: {step.Activity} does not wait for {step.User}");
            return;
        }

        var paper = run.Paper!;
        run.Take(step);
        await CompareAsync(run, paper, $"step {run.Position}, {step.Activity} {step.Action} by {step.User}");
    }

    /// <summary>A user finds the task on his worklist, opens it, and acts on it.</summary>
    /// <returns>Whether it was there.</returns>
    private async ValueTask<bool> ActAsync(ProcessInstanceId instance, RecordedStep step)
    {
        var items = await engine.As(step.User).Worklist.ListAsync(new() { ProcessInstance = instance, Activity = step.Activity, Limit = 1 });
        if (items.Count == 0)
        {
            return false;
        }

        var item = await items[0].OpenAsync();
        await item.ExecuteAsync(step.Action, answer =>
        {
            foreach (var (name, _, value) in step.Fields)
            {
                answer.Set(name, value);
            }
        });
        return true;
    }

    /// <summary>An outside system finishes its item by the serial number, and leaves its reply in a field that the lines ask.</summary>
    /// <returns>Whether the item was there.</returns>
    private async ValueTask<bool> FinishAsync(ProcessInstanceId instance, RecordedStep step)
    {
        var system = engine.As(step.User);
        var items = await system.FindServerItemsAsync(new() { ProcessInstance = instance, Activity = step.Activity, Limit = 1 });
        if (items.Count == 0)
        {
            return false;
        }

        await system.FinishAsync(items[0].Serial, result => result.Set(ExpenseDeclaration.Reply, step.Action));
        return true;
    }

    private Task CompareAsync(CaseRun run, string after) => CompareAsync(run, run.Paper!, after);

    private async Task CompareAsync(CaseRun run, PaperRun paper, string after)
    {
        var open = await auditor.OpenActivitiesAsync(run.Instance!.Value);
        if (!open.SequenceEqual(paper.Open))
        {
            await DifferAsync(run, $"after {after} open is {Names(open)} and must be {Names(paper.Open)}");
        }
    }

    private async Task DifferAsync(CaseRun run, string what) =>
        run.Difference = new Difference(run.Recorded.Id, what, run.Instance is { } instance ? await auditor.TranscriptAsync(instance) : "");

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);
}
