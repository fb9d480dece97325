using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Canonical;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Sees to it that a name and number stand for one content, on every host and after every restart (statements 8.7 and 13.8): what is deployed is kept in the
/// store, and what is deployed later under the same number is compared with it.</summary>
internal sealed class DefinitionPins(IProcessStore store, Deployments deployments)
{
    private const int MostDifferences = 10;

    /// <summary>Makes definitions known to the engine, after the store has kept them.</summary>
    /// <returns>What the store has kept, in the same order.</returns>
    /// <exception cref="ProcessDefinitionException">One of them holds something that is not executed, or another content is kept under its number.</exception>
    public async ValueTask<IReadOnlyList<StoredDefinition>> DeployAsync(
        IReadOnlyList<ProcessDefinition> definitions, bool becomesDefault, CancellationToken cancellation)
    {
        foreach (var definition in definitions)
        {
            deployments.Check(definition);
        }

        var kept = await KeepAsync(definitions, becomesDefault, cancellation).ConfigureAwait(false);
        deployments.MarkDefaultsOutdated();
        await deployments.RefreshAsync(cancellation).ConfigureAwait(false);
        foreach (var definition in definitions)
        {
            deployments.Add(definition);
        }

        return kept;
    }

    /// <summary>Keeps definitions, or finds that they are kept. What has to be refused is found before anything is kept.</summary>
    private async ValueTask<IReadOnlyList<StoredDefinition>> KeepAsync(
        IReadOnlyList<ProcessDefinition> definitions, bool becomesDefault, CancellationToken cancellation)
    {
        var wanted = definitions.Select(Of).ToList();
        var known = new Dictionary<DefinitionVersion, StoredDefinition>();
        foreach (var name in wanted.Select(definition => definition.Version.Name).Distinct(StringComparer.Ordinal))
        {
            foreach (var stands in await store.FindDefinitionsAsync(name, cancellation).ConfigureAwait(false))
            {
                known.Add(stands.Version, stands);
            }
        }

        foreach (var definition in wanted)
        {
            if (!known.TryAdd(definition.Version, definition))
            {
                RefuseOther(definition, known[definition.Version]);
            }
        }

        var kept = new List<StoredDefinition>();
        foreach (var definition in wanted)
        {
            var stands = await store.KeepDefinitionAsync(definition, becomesDefault, cancellation).ConfigureAwait(false);
            RefuseOther(definition, stands);
            kept.Add(stands);
        }

        return kept;
    }

    private static StoredDefinition Of(ProcessDefinition definition)
    {
        var text = DefinitionText.Of(definition);
        return new StoredDefinition(new DefinitionVersion(definition.Name, definition.Version), DefinitionFingerprint.Of(text), text);
    }

    private static void RefuseOther(StoredDefinition definition, StoredDefinition stands)
    {
        if (!string.Equals(definition.Fingerprint, stands.Fingerprint, StringComparison.Ordinal))
        {
            throw new ProcessDefinitionException(definition.Version.Name, "deployed", [.. Problems(definition, stands)]);
        }
    }

    private static IEnumerable<DefinitionProblem> Problems(StoredDefinition definition, StoredDefinition stands)
    {
        var element = $"process '{definition.Version.Name}'";
        if (!DefinitionFingerprint.IsKnownForm(stands.Fingerprint))
        {
            yield return new DefinitionProblem(
                element,
                $"version {definition.Version.Version.Invariant()} was deployed by a newer version of the library (fingerprint {stands.Fingerprint}), so it is not known whether this is the same",
                "8.7",
                "Use the newer version of the library here too.");
            yield break;
        }

        yield return new DefinitionProblem(
            element,
            $"version {definition.Version.Version.Invariant()} was deployed with another content (fingerprint {stands.Fingerprint}, and this has {definition.Fingerprint})",
            "13.8",
            "Versions do not change: give this one another number with Version(...).");
        var differences = TextDifferences.Between(stands.Text, definition.Text);
        foreach (var difference in differences.Take(MostDifferences))
        {
            yield return new DefinitionProblem(
                difference.Element, $"was {difference.Was}, is now {difference.IsNow}", "8.7", "Take the change back, or give the definition another number.");
        }

        if (differences.Count > MostDifferences)
        {
            yield return new DefinitionProblem(
                element, $"there are {(differences.Count - MostDifferences).Invariant()} more differences", "8.7", "Compare the canonical texts of both.");
        }
    }
}
