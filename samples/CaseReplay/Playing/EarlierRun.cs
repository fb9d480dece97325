using Cases.Data;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Cases.Playing;

/// <summary>The data that an earlier run has left in the store, as the engine tells it.</summary>
public sealed class EarlierRun
{
    private readonly string _store;
    private readonly IReadOnlyList<ProcessRecord> _instances;

    private EarlierRun(string store, IReadOnlyList<ProcessRecord> instances)
    {
        _store = store;
        _instances = instances;
    }

    /// <summary>Looks what the store holds. The engine knows no process yet, so it has not begun to take anything up.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="store">How the store is called.</param>
    public static async Task<EarlierRun> FindAsync(WorkflowEngine engine, string store) =>
        new(store, await new Auditor(engine.AsSystem()).FindAsync(new()).ToListAsync());

    /// <exception cref="BadInputException">The store holds something that is not to be gone on with.</exception>
    public void RefuseWhatIsNotOurs(IReadOnlyList<CaseLog> logs, bool isResumed)
    {
        if (_instances.Count > 0 && !isResumed)
        {
            throw new BadInputException(
                $"The store {_store} holds {_instances.Count} process instances already. Give --resume to go on with them, or another store.");
        }

        var ours = logs.SelectMany(log => log.Cases.Select(recorded => (log.Definition.Name, recorded.Id))).ToHashSet();
        if (_instances.FirstOrDefault(instance => !ours.Contains((instance.Definition, instance.Folio))) is { } stranger)
        {
            throw new BadInputException(
                $"The store {_store} holds the process instance {stranger.Id}, '{stranger.Folio}' of '{stranger.Definition}', "
                    + "which is none of the cases here: it is of another replay. Give another store, or the folder and the number of cases of that replay.");
        }
    }

    /// <summary>Goes on from the last instant at which something is known to have happened. An instance that a call was cut off in goes on where it
    /// was.</summary>
    public async Task SetAsync(CaseClock clock, Auditor auditor)
    {
        foreach (var instance in _instances)
        {
            clock.AdvanceTo(instance.EndedAt ?? instance.StartedAt);
            if (instance.Status is ProcessInstanceStatus.Running)
            {
                clock.AdvanceTo((await auditor.HistoryAsync(instance.Id))[^1].Time);
            }
        }
    }

    /// <summary>Finds out how far each case has come, as soon as what was left in the middle of a call has been taken up.</summary>
    public async Task CatchUpAsync(Auditor auditor, BackgroundWork work, CasePlayer player, IReadOnlyList<CaseRun> runs)
    {
        await work.WaitUntilAtRestAsync(new());
        var byFolio = runs.ToDictionary(run => (run.Log.Definition.Name, run.Recorded.Id));
        await foreach (var instance in auditor.FindAsync(new()))
        {
            var run = byFolio[(instance.Definition, instance.Folio)];
            if (run.Instance is { } first)
            {
                await player.DifferAsync(run, $"it was started twice, as process instances {first} and {instance.Id}");
            }
            else if (instance.Status is ProcessInstanceStatus.Completed && run.Recorded.End == RecordedCase.Completed)
            {
                // Whether all steps have led there is found out by the audit, which reads every history.
                run.BeDone(instance.Id);
            }
            else
            {
                await player.CatchUpAsync(run, instance.Id);
            }
        }
    }
}
