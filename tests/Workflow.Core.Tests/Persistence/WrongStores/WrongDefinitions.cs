using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class TrimsDefinitions(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
        base.KeepDefinitionAsync(definition with { Text = definition.Text.TrimEnd() }, becomesDefault, cancellation);
}

internal sealed class KeepsTheLatestDefinition(IProcessStore asked) : WrongStore(asked)
{
    private readonly Dictionary<DefinitionVersion, StoredDefinition> _latest = [];

    public override async ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        await base.KeepDefinitionAsync(definition, becomesDefault, cancellation);
        return _latest[definition.Version] = definition with { IsRemoved = false };
    }

    public override async ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
        [.. (await base.FindDefinitionsAsync(name, cancellation)).Select(found => _latest[found.Version])];
}

internal sealed class IgnoresTheCaseOfDefinitions(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
        await base.FindDefinitionsAsync(name, cancellation) is { Count: > 0 } found ? found : await base.FindDefinitionsAsync("Expense", cancellation);
}

internal sealed class SortsVersionsAsText(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
        [.. (await base.FindDefinitionsAsync(name, cancellation)).OrderBy(found => $"{found.Version.Version}", StringComparer.Ordinal)];
}

internal sealed class TellsEachOfItsOwn(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        await base.KeepDefinitionAsync(definition, becomesDefault, cancellation);
        return definition;
    }
}

internal sealed class MakesKnownVersionsTheDefault(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        var stands = await base.KeepDefinitionAsync(definition, becomesDefault, cancellation);
        if (becomesDefault)
        {
            await SetDefaultVersionAsync(definition.Version, cancellation);
        }

        return stands;
    }
}

internal sealed class MakesEveryNewVersionTheDefault(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
        base.KeepDefinitionAsync(definition, becomesDefault: true, cancellation);
}

internal sealed class MakesUnknownVersionsTheDefault(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        await base.KeepDefinitionAsync(new StoredDefinition(version, "", ""), becomesDefault: false, cancellation);
        return await base.SetDefaultVersionAsync(version, cancellation);
    }
}

internal sealed class NeverChangesTheDefault(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation) =>
        (await base.FindDefinitionsAsync(version.Name, cancellation)).Any(found => found.Version == version);
}

internal sealed class SortsDefaultsByCulture(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation) =>
        [.. (await base.FindDefaultVersionsAsync(cancellation)).OrderBy(version => version.Name, StringComparer.InvariantCulture)];
}

internal sealed class RemovesVersionsInError(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var isFailed = commit.Record is { Status: ProcessInstanceStatus.Error };
        await base.CommitAsync(isFailed ? commit with { Record = commit.Record! with { Status = ProcessInstanceStatus.Completed } } : commit, cancellation);
    }
}

internal sealed class CountsInstancesOfEveryVersion(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation) =>
        (await FindProcessesAsync(new ProcessQuery { Definition = version.Name, Status = ProcessInstanceStatus.Active }, cancellation)).Count > 0
            ? DefinitionRemoval.IsInUse
            : await base.RemoveDefinitionAsync(version, cancellation);
}

internal sealed class CountsOnlyWhatWasKept(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation)
    {
        var found = new List<VersionInUse>();
        foreach (var version in await base.CountVersionsInUseAsync(cancellation))
        {
            if ((await FindDefinitionsAsync(version.Version.Name, cancellation)).Any(kept => kept.Version == version.Version))
            {
                found.Add(version);
            }
        }

        return found;
    }
}

internal sealed class CountsWhatHasEnded(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation) =>
    [
        .. (await FindProcessesAsync(new(), cancellation))
            .GroupBy(record => (record.Definition, record.DefinitionVersion))
            .OrderBy(group => group.Key.Definition, StringComparer.Ordinal).ThenBy(group => group.Key.DefinitionVersion)
            .Select(group => new VersionInUse(new DefinitionVersion(group.Key.Definition, group.Key.DefinitionVersion), group.Count())),
    ];
}

internal sealed class RemovesTheDefault(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation) =>
        await base.RemoveDefinitionAsync(version, cancellation) is var removal and not DefinitionRemoval.IsDefault ? removal : DefinitionRemoval.Removed;
}

internal sealed class FreesTheNumber(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
        await base.KeepDefinitionAsync(definition, becomesDefault, cancellation) is var stands && stands.IsRemoved ? definition : stands;
}

internal sealed class BringsBackAsTheDefault(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        var before = await base.FindDefinitionsAsync(definition.Version.Name, cancellation);
        var stands = await base.KeepDefinitionAsync(definition, becomesDefault, cancellation);
        if (becomesDefault && !stands.IsRemoved && before.Any(found => found.Version == definition.Version && found.IsRemoved))
        {
            await SetDefaultVersionAsync(definition.Version, cancellation);
        }

        return stands;
    }
}
