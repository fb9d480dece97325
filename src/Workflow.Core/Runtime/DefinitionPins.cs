using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Canonical;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Ensures that a name and number have one content, on every host and after every restart (statements 8.7 and 13.8). The store keeps each deployed
/// definition, and later ones under the same number are compared with it.</summary>
internal sealed class DefinitionPins(IProcessStore store, Deployments deployments)
{
    private const int MostDifferences = 10;

    /// <summary>Makes definitions known to the engine, and has the store keep them.</summary>
    /// <param name="definitions">The definitions.</param>
    /// <param name="refusals">For each of them why it is refused when it is new; null for nothing.</param>
    /// <param name="becomesDefault">Whether a new one becomes the default.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The definitions that the store has kept, in the same order.</returns>
    /// <exception cref="ProcessDefinitionException">One of them holds something that is not executed, or another content is kept under its number.</exception>
    public async ValueTask<IReadOnlyList<StoredDefinition>> DeployAsync(
        IReadOnlyList<ProcessDefinition> definitions, IReadOnlyList<ProcessDefinitionException?> refusals, bool becomesDefault, CancellationToken cancellation)
    {
        foreach (var definition in definitions)
        {
            deployments.Check(definition);
        }

        var wanted = definitions.Select(definition => (Definition: definition, Stored: Of(definition))).ToList();
        await CompareAsync([.. wanted.Select(each => each.Stored)], refusals, cancellation).ConfigureAwait(false);
        var kept = new List<StoredDefinition>();
        try
        {
            foreach (var (definition, stored) in wanted)
            {
                kept.Add(await KeepAsync(definition, stored, becomesDefault, cancellation).ConfigureAwait(false));
            }
        }
        finally
        {
            deployments.MarkDefaultsOutdated();
        }

        await deployments.RefreshAsync(cancellation).ConfigureAwait(false);
        return kept;
    }

    /// <summary>Compares definitions with the kept ones and with each other, so that a definition to refuse is found before any is kept.</summary>
    private async ValueTask CompareAsync(
        IReadOnlyList<StoredDefinition> wanted, IReadOnlyList<ProcessDefinitionException?> refusals, CancellationToken cancellation)
    {
        var known = new Dictionary<DefinitionVersion, StoredDefinition>();
        foreach (var name in wanted.Select(definition => definition.Version.Name).Distinct(StringComparer.Ordinal))
        {
            foreach (var stands in await store.FindDefinitionsAsync(name, cancellation).ConfigureAwait(false))
            {
                known.Add(stands.Version, stands);
            }
        }

        foreach (var (definition, refusal) in wanted.Zip(refusals))
        {
            if (!known.TryAdd(definition.Version, definition))
            {
                RefuseOther(definition, known[definition.Version]);
            }
            else if (refusal is not null)
            {
                throw refusal;
            }
        }
    }

    /// <summary>Keeps a definition, or finds that it is kept. The engine knows it before the store makes it the default:
    /// in between, instances are started on it (statement 8.7b).</summary>
    private async ValueTask<StoredDefinition> KeepAsync(
        ProcessDefinition definition, StoredDefinition stored, bool becomesDefault, CancellationToken cancellation)
    {
        var isNew = deployments.TryAdd(definition);
        try
        {
            var stands = await store.KeepDefinitionAsync(stored, becomesDefault, cancellation).ConfigureAwait(false);
            RefuseOther(stored, stands);
            if (isNew)
            {
                deployments.Keep(definition);
            }

            return stands;
        }
        catch when (isNew)
        {
            deployments.TakeOut(definition);
            throw;
        }
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
                $"version {definition.Version.Version.Invariant()} was deployed by a newer version of the library (fingerprint {stands.Fingerprint}), so "
                    + $"this library cannot tell whether this is the same",
                "8.7",
                "Use the newer version of the library here too.");
            yield break;
        }

        yield return new DefinitionProblem(
            element,
            $"version {definition.Version.Version.Invariant()} was deployed with different content (fingerprint {stands.Fingerprint}; this one has "
                + $"{definition.Fingerprint})",
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
