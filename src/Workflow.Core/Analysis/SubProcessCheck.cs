using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds starts of other processes that must fail, or never end: the other process is unknown, its fields do not fit the mapping, or processes start
/// each other for ever (statements 7.8, 7.12 and 7.13).</summary>
/// <param name="find">Finds the version that would start; null when none is deployed here. The first argument is the name, the second the version, null for the
/// default.</param>
internal sealed class SubProcessCheck(Func<string, int?, ProcessDefinition?> find) : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var activity in definition.ActivityArray)
        {
            foreach (var start in activity.EventArray.OfType<IpcEventDefinition>())
            {
                var path = $"activity '{activity.Name}' / event '{start.Name}'";
                if (find(start.ChildProcess, start.ChildVersion) is not { } child)
                {
                    yield return new Finding(
                        FindingIds.SubProcessNotDeployed, FindingSeverity.Information, path,
                        $"it starts '{start.ChildProcess}', {(start.ChildVersion is { } version ? $"version {version.Invariant()} of " : "")}"
                            + "which is not deployed on this host",
                        "Deploy it before an instance comes to the event. Otherwise the event fails, and a retry starts it.");
                    continue;
                }

                foreach (var problem in Misfits(start, child))
                {
                    yield return new Finding(
                        FindingIds.SubProcessMapping, FindingSeverity.Warning, path, problem,
                        "Use the fields of the other definition in the mapping. As it is, the event fails whenever an instance comes to it.");
                }
            }
        }

        if (FindCycle(definition) is { Count: > 0 } cycle)
        {
            var chain = string.Join(" starts ", cycle.Append(definition.Name).Select(name => $"'{name}'"));
            yield return new Finding(
                FindingIds.SubProcessCycle, FindingSeverity.Warning, "process",
                $"it starts itself again without end: {chain}, and no rule, task or start rule comes before",
                "Put a rule in front of one of the starts, or something that waits. As it is, the start at the limit of depth fails.");
        }
    }

    private static IEnumerable<string> Misfits(IpcEventDefinition start, ProcessDefinition child)
    {
        var mapped = start.Sent.Select(sent => (sent.Field, sent.Shape)).Concat(start.Received.Select(received => (received.Field, received.Shape)));
        foreach (var (field, shape) in mapped.Distinct())
        {
            var ordinal = child.ProcessFields.OrdinalOf(field);
            if (ordinal < 0)
            {
                yield return $"it maps the field '{field}', and '{child.Name}' has no process field of this name";
            }
            else if (child.ProcessFields.Shapes[ordinal] != shape)
            {
                yield return $"it maps the field '{field}' as {shape}, and that of '{child.Name}' holds {child.ProcessFields.Shapes[ordinal]}";
            }
        }
    }

    /// <summary>The processes that start each other, from this one until it is started again; empty when it is not.</summary>
    private List<string> FindCycle(ProcessDefinition definition)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        return Search(definition) ? path : [];

        bool Search(ProcessDefinition at)
        {
            path.Add(at.Name);
            foreach (var start in CertainStarts(at))
            {
                if (string.Equals(start.ChildProcess, definition.Name, StringComparison.Ordinal))
                {
                    return true;
                }

                if (seen.Add(start.ChildProcess) && find(start.ChildProcess, start.ChildVersion) is { } child && Search(child))
                {
                    return true;
                }
            }

            path.RemoveAt(path.Count - 1);
            return false;
        }
    }

    /// <summary>The starts to which every instance comes, without a rule that could keep it from them and without waiting for anybody.</summary>
    private static IEnumerable<IpcEventDefinition> CertainStarts(ProcessDefinition definition)
    {
        if (definition.StartRule is not null)
        {
            yield break;
        }

        var entered = new HashSet<int>();
        var open = new Queue<LineDefinition>(definition.StartLines);
        while (open.TryDequeue(out var line))
        {
            var activity = definition.ActivityArray[line.Target];
            if (line.Rule is not null || activity is not { PrecedingRule: null, StartRule: null, Join: null } || !entered.Add(activity.Ordinal))
            {
                continue;
            }

            var isPassed = true;
            foreach (var item in activity.EventArray)
            {
                if (item is IpcEventDefinition start)
                {
                    yield return start;
                }

                // The code of a server event may wait or fail, and a sub-process may take its time.
                isPassed &= item is ServerEventDefinition { IsPure: true } or IpcEventDefinition { WaitsForChild: false };
                if (!isPassed)
                {
                    break;
                }
            }

            if (isPassed)
            {
                foreach (var next in activity.OutgoingLines)
                {
                    open.Enqueue(next);
                }
            }
        }
    }
}
