using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>Stops a benchmark before it begins if the engine and the bare loop leave different results. The ratio would then compare two different
/// things.</summary>
internal static class SameFacts
{
    public static async Task CheckAsync(ProcessDefinition definition)
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(definition);
        var started = await engine.As(TenSteps.Originator).StartAsync(TenSteps.Name);
        var process = await engine.AsSystem().ReadAsync(started.Id);
        var history = await engine.AsSystem().ReadHistoryAsync(started.Id, limit: SpeedOfLight.FactCount + 1);

        var raw = new SpeedOfLight();
        var (id, status) = await raw.StartAsync();
        var instance = raw[id];

        Require.Same("status", started.Status, status);
        Require.Same("definition", process.Definition, instance.Definition);
        Require.Same("version", process.DefinitionVersion, instance.Version);
        Require.Same("originator", process.Originator, instance.Originator);
        Require.Same("value of the field", process.Fields[TenSteps.Step.Name], instance.Fields[0]);
        Require.Same("number of facts", history.Count, instance.History.Count);
        Require.Same("room for facts", SpeedOfLight.FactCount, instance.History.Count);
        for (var index = 0; index < history.Count; index++)
        {
            Require.Same($"fact {index + 1}", Of(history[index]), Of(instance.History[index]));
        }

        Require.Same(
            "written values",
            string.Join(", ", history.Where(fact => fact.Kind is JournalKind.FieldChanged).Select(fact => fact.Value)),
            string.Join(", ", instance.Written));
    }

    private static (JournalKind, int, int, int, string?, bool) Of(in JournalEntry fact) =>
        (fact.Kind, fact.ActivityInstance, fact.Destination, fact.Event, fact.Name, fact.Result);

    private static (JournalKind, int, int, int, string?, bool) Of(in RawFact fact) =>
        (fact.Kind, fact.Activity, fact.Destination, fact.Event, fact.Name, fact.Result);
}
