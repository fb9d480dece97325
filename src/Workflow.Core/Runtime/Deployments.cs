using System.Collections.Concurrent;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The definitions that an engine knows, by name and version. New instances start on the default version, whose rights hold for all (statements 8.7b
/// and 9.1).</summary>
internal sealed class Deployments
{
    /// <summary>Of each name the version that was deployed here last.</summary>
    private readonly ConcurrentDictionary<string, ProcessDefinition> _latest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, int Version), ProcessDefinition> _all = new();

    /// <summary>A task that is expected to take longer is as late as one that is expected to take a thousand years.</summary>
    private static readonly TimeSpan _longestExpected = TimeSpan.FromDays(365_250);

    private readonly int _slotLimit;
    private readonly DefaultVersions _defaults;

    public Deployments(int slotLimit, DefaultVersions defaults)
    {
        _slotLimit = slotLimit;
        _defaults = defaults;
    }

    /// <summary>All that are deployed.</summary>
    public IReadOnlyCollection<DefinitionVersion> Versions => [.. _all.Keys.Select(key => new DefinitionVersion(key.Name, key.Version))];

    /// <summary>The names of all definitions that are deployed here, in order.</summary>
    public IReadOnlyList<string> Names => [.. _latest.Keys.Order(StringComparer.Ordinal)];

    /// <summary>How long tasks are expected to take, in all versions that are deployed here.</summary>
    public IReadOnlyList<ExpectedDuration> ExpectedDurations =>
    [
        .. _all.Values.SelectMany(definition => definition.ActivityArray
            .Where(activity => activity.ExpectedDuration is not null)
            .Select(activity => new ExpectedDuration(
                new DefinitionVersion(definition.Name, definition.Version), activity.Name,
                activity.ExpectedDuration < _longestExpected ? activity.ExpectedDuration.Value : _longestExpected))),
    ];

    /// <exception cref="ProcessDefinitionException">The definition holds something that is not executed.</exception>
    public void Check(ProcessDefinition definition)
    {
        var problems = NotExecuted(definition);
        if (problems.Count > 0)
        {
            throw new ProcessDefinitionException(definition.Name, "deployed", problems);
        }
    }

    /// <summary>Makes a definition known, before the store keeps it: from then on it may be the default. Of two that are equal the first stays, and its code is
    /// called.</summary>
    /// <returns>Whether it was not known; then say with <see cref="Keep"/> or <see cref="TakeOut"/> what became of it.</returns>
    public bool TryAdd(ProcessDefinition definition) => _all.TryAdd((definition.Name, definition.Version), definition);

    /// <summary>The store has kept a definition that was added.</summary>
    public void Keep(ProcessDefinition definition) => _latest[definition.Name] = definition;

    /// <summary>The store has not kept a definition that was added.</summary>
    public void TakeOut(ProcessDefinition definition) => _all.TryRemove((definition.Name, definition.Version), out _);

    /// <summary>Sees to it that the default versions are those of the store, or were lately.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellation) => _defaults.RefreshAsync(cancellation);

    /// <summary>This engine has changed which versions are the default.</summary>
    public void MarkDefaultsOutdated() => _defaults.MarkOutdated();

    /// <summary>The version that new instances start on. Ask <see cref="RefreshAsync"/> before.</summary>
    /// <exception cref="ProcessDefinitionNotFoundException">It is not deployed here, or there is none.</exception>
    public ProcessDefinition GetDefault(string name)
    {
        if (_defaults.Find(name) is { } version)
        {
            return _all.TryGetValue((name, version), out var definition) ? definition : throw ProcessDefinitionNotFoundException.OfDefault(name, version);
        }

        throw _latest.ContainsKey(name) ? ProcessDefinitionNotFoundException.WithoutDefault(name) : ProcessDefinitionNotFoundException.Unknown(name, Names);
    }

    /// <exception cref="ProcessDefinitionNotFoundException">It is not deployed.</exception>
    public ProcessDefinition Get(string name, int version) =>
        _all.TryGetValue((name, version), out var definition) ? definition : throw new ProcessDefinitionNotFoundException(name, version);

    /// <summary>A version; null when it is not deployed here.</summary>
    public ProcessDefinition? FindOrNull(string name, int version) => _all.GetValueOrDefault((name, version));

    /// <summary>Whether a version is the default. Ask <see cref="RefreshAsync"/> before.</summary>
    public bool IsDefault(DefinitionVersion version) => _defaults.Find(version.Name) == version.Version;

    /// <summary>The default version; where it is not deployed, the one that was deployed here last; null when none is.</summary>
    public ProcessDefinition? Find(string name) =>
        _defaults.Find(name) is { } version && _all.TryGetValue((name, version), out var definition) ? definition : _latest.GetValueOrDefault(name);

    /// <summary>The rights to the instances of a process; null when no version of it is deployed.</summary>
    public ProcessRights? RightsOf(string name) => Find(name)?.Rights;

    /// <summary>The first of the definitions deployed here, by name and version, that names a role or group of a name. Null when none does.</summary>
    public ProcessDefinition? FindThatNamesRole(string name) => _all.Values
        .OrderBy(definition => definition.Name, StringComparer.Ordinal)
        .ThenBy(definition => definition.Version)
        .FirstOrDefault(definition => definition.NamesRole(name));

    /// <summary>Nothing is silently left out. An element that is not executed yet is refused (statement 14.9).</summary>
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
        }

        return problems;
    }
}
