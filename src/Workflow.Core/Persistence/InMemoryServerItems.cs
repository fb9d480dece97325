using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Which instances have server items of a definition, and which of these have one that waits.</summary>
internal sealed class InMemoryServerItems
{
    private readonly Dictionary<string, (NumberList All, NumberList Waiting)> _byDefinition = new(StringComparer.Ordinal);

    public void Note(ProcessInstanceId processInstance, string definition, bool isWaiting)
    {
        lock (_byDefinition)
        {
            if (!_byDefinition.TryGetValue(definition, out var lists))
            {
                _byDefinition.Add(definition, lists = (new NumberList(), new NumberList()));
            }

            lists.All.Add(processInstance.Value);
            if (isWaiting)
            {
                lists.Waiting.Add(processInstance.Value);
            }
            else
            {
                lists.Waiting.Remove(processInstance.Value);
            }
        }
    }

    public void Forget(ProcessInstanceId processInstance)
    {
        lock (_byDefinition)
        {
            foreach (var (all, waiting) in _byDefinition.Values)
            {
                all.Remove(processInstance.Value);
                waiting.Remove(processInstance.Value);
            }
        }
    }

    /// <summary>The instances from a number on that can have items of a status, in the order of their numbers.</summary>
    /// <param name="first">The number.</param>
    /// <param name="status">The status; null for all.</param>
    /// <param name="definitions">Of which definitions the items are; null for all.</param>
    public IEnumerable<long> From(long first, ServerItemStatus? status, IReadOnlyList<string>? definitions) => NumberPages.Behind(first - 1, (last, limit) =>
    {
        lock (_byDefinition)
        {
            var lists = definitions is null
                ? _byDefinition.Values
                : definitions.Where(_byDefinition.ContainsKey).Select(name => _byDefinition[name]);
            return Merged.Distinct(
                lists.Select(list => (status is ServerItemStatus.Waiting ? list.Waiting : list.All).Behind(last)), isDescending: false, limit);
        }
    });
}
