using System.Collections.Concurrent;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The definitions that an engine knows, by name and version. The one deployed last is the one that new instances start on, and whose rights hold for
/// all (statements 8.7 and 9.1).</summary>
internal sealed class Deployments
{
    private readonly ConcurrentDictionary<string, ProcessDefinition> _latest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, int Version), ProcessDefinition> _all = new();

    private readonly int _slotLimit;

    public Deployments(int slotLimit) => _slotLimit = slotLimit;

    /// <exception cref="ProcessDefinitionException">The definition holds something that is not executed, or another one of its name and version is
    /// deployed.</exception>
    public void Deploy(ProcessDefinition definition)
    {
        var problems = NotExecuted(definition);
        if (problems.Count > 0)
        {
            throw new ProcessDefinitionException(definition.Name, "deployed", problems);
        }

        if (_all.TryAdd((definition.Name, definition.Version), definition))
        {
            _latest[definition.Name] = definition;
        }
        else if (!ReferenceEquals(_all[(definition.Name, definition.Version)], definition))
        {
            throw new ProcessDefinitionException(definition.Name, "deployed", [new DefinitionProblem(
                $"process '{definition.Name}'",
                $"another definition is deployed as version {definition.Version.Invariant()} already",
                "13.8",
                "Versions do not change: give this one another number with Version(...).")]);
        }
    }

    /// <exception cref="ProcessDefinitionNotFoundException">It is not deployed.</exception>
    public ProcessDefinition GetLatest(string name) =>
        _latest.TryGetValue(name, out var definition) ? definition : throw new ProcessDefinitionNotFoundException(name, version: null);

    /// <exception cref="ProcessDefinitionNotFoundException">It is not deployed.</exception>
    public ProcessDefinition Get(string name, int version) =>
        _all.TryGetValue((name, version), out var definition) ? definition : throw new ProcessDefinitionNotFoundException(name, version);

    /// <summary>All that are deployed.</summary>
    public IReadOnlyCollection<DefinitionVersion> Versions => [.. _all.Keys.Select(key => new DefinitionVersion(key.Name, key.Version))];

    /// <summary>The version that new instances start on; null when it is not deployed.</summary>
    public ProcessDefinition? Find(string name) => _latest.GetValueOrDefault(name);

    /// <summary>The rights to the instances of a process; null when no version of it is deployed.</summary>
    public ProcessRights? RightsOf(string name) => _latest.GetValueOrDefault(name)?.Rights;

    /// <summary>Nothing is silently left out: what is not executed yet is refused (statement 14.9).</summary>
    private List<DefinitionProblem> NotExecuted(ProcessDefinition definition)
    {
        var problems = new List<DefinitionProblem>();
        foreach (var activity in definition.Activities)
        {
            if (activity.DestinationRule.Slots is SlotAllocation.Fixed { Count: var count } && count > _slotLimit)
            {
                problems.Add(new DefinitionProblem(
                    $"destination rule of activity '{activity.Name}'",
                    $"it plans {count.Invariant()} slots and this engine allows {_slotLimit.Invariant()}",
                    "4.4",
                    "Divide the work into several activities, or raise WorkflowOptions.SlotLimit."));
            }

            foreach (var item in activity.Events)
            {
                if (item is IpcEventDefinition)
                {
                    problems.Add(new DefinitionProblem(
                        $"event '{item.Name}' of activity '{activity.Name}'",
                        "this version of the library does not execute an IPC event",
                        "14.9",
                        "Use a server event that starts the process, or a later version of the library."));
                }
            }
        }

        return problems;
    }
}
