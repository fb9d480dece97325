using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>Stops a benchmark of decisions before it begins if its ratio would compare two different things. The engine and the bare loop leave different
/// results, or the snapshot has the wrong size.</summary>
internal static class SameDecisions
{
    public static async Task CheckAsync(DecisionProcess process)
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(process.Definition);
        var started = await engine.As(DecisionProcess.Originator).StartAsync(process.Definition.Name);
        var raw = new RawDecisions(process, takesSnapshots: false);
        var withSnapshots = new RawDecisions(process, takesSnapshots: true);
        var id = raw.Start();
        var instance = raw[id];
        withSnapshots.Start();
        RequireWeight(withSnapshots[id].Snapshot!.Length);
        await SameWaitAsync(process, engine, raw);
        Require.Same("status while it waits", started.Status, instance.Status);

        for (var number = 1; number <= process.Users.Count; number++)
        {
            var serial = new SerialNumber(started.Id, number);
            await engine.As(process.Users[number - 1]).Worklist.ExecuteAsync(serial, DecisionProcess.Action);
            raw.Execute(serial, DecisionProcess.Action);
            withSnapshots.Execute(serial, DecisionProcess.Action);
        }

        await SameWaitAsync(process, engine, raw);
        await SameEndAsync(process, engine, started.Id, instance);
        Require.Same("facts with snapshots", Facts(instance), Facts(withSnapshots[id]));
    }

    private static void RequireWeight(int bytes)
    {
        if (Math.Abs(bytes - SnapshotDocument.About) > SnapshotDocument.Tolerance)
        {
            throw new InvalidOperationException($"The snapshot has {bytes} bytes and is to have about {SnapshotDocument.About}. Give its fields other values.");
        }
    }

    /// <summary>Everybody has the same number of tasks on both sides.</summary>
    private static async Task SameWaitAsync(DecisionProcess process, WorkflowEngine engine, RawDecisions raw)
    {
        foreach (var user in process.Users)
        {
            var open = await engine.As(user).Worklist.ListAsync(new WorklistQuery());
            Require.Same($"number of tasks of {user}", open.Count, raw.OpenTasksOf(user));
        }
    }

    private static async Task SameEndAsync(DecisionProcess definition, WorkflowEngine engine, ProcessInstanceId id, RawDecision instance)
    {
        var process = await engine.AsSystem().ReadAsync(id);
        var history = await engine.AsSystem().ReadHistoryAsync(id, limit: 500);
        Require.Same("status", process.Status, instance.Status);
        Require.Same("status at the end", ProcessInstanceStatus.Completed, instance.Status);
        Require.Same("definition", process.Definition, instance.Definition);
        Require.Same("version", process.DefinitionVersion, instance.Version);
        Require.Same("originator", process.Originator, instance.Originator);
        for (var index = 0; index < Math.Min(history.Count, instance.History.Count); index++)
        {
            Require.Same($"fact {index + 1}", Of(history[index]), Of(instance.History[index]));
        }

        Require.Same("number of facts", history.Count, instance.History.Count);
        Require.Same("room for facts", RawDecisions.FactCount(definition), instance.History.Count);
        Require.Same(
            "written values",
            string.Join(", ", history.Where(fact => fact.Kind is JournalKind.FieldChanged).Select(fact => fact.Value)),
            string.Join(", ", instance.Written));
        var outcome = history.Last(fact => fact.Kind is JournalKind.FieldChanged && string.Equals(fact.Name, Outcome.Name, StringComparison.Ordinal));
        Require.Same("outcome", outcome.Value, FieldValue.From(instance.Outcome!));
    }

    private static string Facts(RawDecision instance) => string.Join('\n', instance.History.Select(Of));

    private static (JournalKind, int, int, int, string?, string?, string?, bool) Of(JournalEntry fact) =>
        (fact.Kind, fact.ActivityInstance, fact.Destination, fact.Event, fact.Name, fact.Detail, fact.User, fact.Result);

    private static (JournalKind, int, int, int, string?, string?, string?, bool) Of(RawDecisionFact fact) =>
        (fact.Kind, fact.Activity, fact.Destination, fact.Event, fact.Name, fact.Detail, fact.User, fact.Result);
}
