using System.Collections.Concurrent;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class ForgetsTheJournal(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(commit with { Journal = null }, cancellation);
}

internal sealed class IgnoresTheVersion(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        await base.CommitAsync(commit with { ExpectedVersion = (await StoredAsync(commit.ProcessInstance)).Version }, cancellation);
}

internal sealed class OverwritesWithNewInstances(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => await base.CommitAsync(
        commit.ExpectedVersion == 0 ? commit with { ExpectedVersion = (await StoredAsync(commit.ProcessInstance)).Version } : commit, cancellation);
}

internal sealed class MakesMissingInstances(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => await base.CommitAsync(
        (await StoredAsync(commit.ProcessInstance)).Version == 0 ? commit with { ExpectedVersion = 0 } : commit, cancellation);
}

internal sealed class ComparesTheVersionTooEarly(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if ((await StoredAsync(commit.ProcessInstance)).Version != commit.ExpectedVersion)
        {
            throw new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 0);
        }

        await Task.Delay(1, cancellation);
        await base.CommitAsync(commit with { ExpectedVersion = (await StoredAsync(commit.ProcessInstance)).Version }, cancellation);
    }
}

internal sealed class StoresPartsOfARefusedCommit(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        try
        {
            await base.CommitAsync(commit, cancellation);
        }
        catch (ConcurrencyException)
        {
            var stored = await StoredAsync(commit.ProcessInstance);
            await base.CommitAsync(Commits.New(commit.ProcessInstance, stored.Version, commit.Parts), cancellation);
            throw;
        }
    }
}

internal sealed class StoresTheJournalOfARefusedCommit(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<ProcessInstanceId, ConcurrentQueue<StoredJournal>> _pieces = new();

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        if (commit.Journal is { } journal)
        {
            _pieces.GetOrAdd(commit.ProcessInstance, _ => new()).Enqueue(journal with { Content = journal.Content.ToArray() });
        }

        return base.CommitAsync(commit, cancellation);
    }

    public override ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<StoredJournal>>(_pieces.TryGetValue(processInstance, out var pieces) ? [.. pieces] : []);
}

internal sealed class KeepsReferences(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<(ProcessInstanceId, PartKey), ReadOnlyMemory<byte>> _contents = new();

    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        await base.CommitAsync(commit, cancellation);
        foreach (var part in commit.Parts)
        {
            _contents[(commit.ProcessInstance, part.Key)] = part.Content;
        }
    }

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, cancellation) is { } stored
            ? stored with { Parts = [.. stored.Parts.Select(part => part with { Content = _contents[(processInstance, part.Key)] })] }
            : null;
}

internal sealed class EndsActivitiesAfterStoringParts(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { Parts = [.. commit.Parts.Where(part => !commit.EndedActivities.Contains(part.Key.ActivityInstance))] }, cancellation);
}

internal sealed class LeavesTheDetailsOfEndedActivities(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var stored = await StoredAsync(commit.ProcessInstance);
        var left = stored.Parts.Where(part => part.Key.Kind is not DetailKind.None && commit.EndedActivities.Contains(part.Key.ActivityInstance));
        await base.CommitAsync(commit with { Parts = [.. left, .. commit.Parts] }, cancellation);
    }
}

internal sealed class CutsLongContents(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit with { Parts = [.. commit.Parts.Select(part => part with { Content = part.Content[..Math.Min(part.Content.Length, 65_535)] })] }, cancellation);
}

internal sealed class LosesEmptyParts(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { Parts = [.. commit.Parts.Where(part => !part.Content.IsEmpty)] }, cancellation);
}

internal sealed class SortsPartsAsText(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, cancellation) is { } stored
            ? stored with { Parts = [.. stored.Parts.OrderBy(part => Text(part.Key), StringComparer.Ordinal)] }
            : null;

    private static string Text(PartKey key) => $"{key.ActivityInstance}/{key.Destination}/{(int)key.Kind}/{key.Number}";
}

/// <summary>As if it had one column for both.</summary>
internal sealed class MixesKindAndNumber(IProcessStore asked) : WrongKeys(asked)
{
    protected override PartKey Of(PartKey key) => key.Kind is DetailKind.None
        ? key
        : new PartKey(key.ActivityInstance, key.Destination, DetailKind.Slot, Math.Min((int)key.Kind + key.Number, PartKey.MostNumber));
}

internal sealed class ForgetsTheNumber(IProcessStore asked) : WrongKeys(asked)
{
    protected override PartKey Of(PartKey key) => new(key.ActivityInstance, key.Destination, key.Kind);
}

/// <summary>As if it knew which kinds there are.</summary>
internal sealed class DropsUnknownKinds(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        base.CommitAsync(commit with { Parts = [.. commit.Parts.Where(part => Enum.IsDefined(part.Key.Kind))] }, cancellation);
}

internal abstract class WrongKeys(IProcessStore asked) : WrongStore(asked)
{
    protected abstract PartKey Of(PartKey key);

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit with { Parts = [.. commit.Parts.Select(part => part with { Key = Of(part.Key) })], RemovedParts = [.. commit.RemovedParts.Select(Of)] },
        cancellation);
}

internal sealed class ReadsTheJournalFromTheNextPiece(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation) =>
        [.. (await base.ReadJournalAsync(processInstance, after, int.MaxValue, cancellation)).Where(piece => piece.FirstNumber > after).Take(limit)];
}

internal sealed class CountsPiecesForFacts(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, cancellation) is { } stored
            ? stored with { JournalCount = (await ReadJournalAsync(processInstance, 0, int.MaxValue, cancellation)).Count }
            : null;
}

internal sealed class HandsOutANumberTwice(IProcessStore asked) : WrongStore(asked)
{
    private long _calls;

    public override ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(new ProcessInstanceId((Interlocked.Increment(ref _calls) / 2) + 1));
}

internal sealed class IgnoresTheRequestKey(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var isTaken = commit.Request is { } request && await FindRequestAsync(request.Key, cancellation) is not null;
        await base.CommitAsync(isTaken ? commit with { Request = null } : commit, cancellation);
    }
}

internal sealed class StoresWhatWasCancelled(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        await base.CommitAsync(commit, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
    }
}

internal sealed class IgnoresTheLastCommit(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(commit with { LastCommit = "" }, cancellation);
}

internal sealed class ForgetsTheLastCommit(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, cancellation) is { } stored ? stored with { LastCommit = "" } : null;
}

internal sealed class WantsTheLastCommitAlways(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => await base.CommitAsync(
        commit is { ExpectedVersion: > 0, LastCommit: "" } ? commit with { LastCommit = "none" } : commit, cancellation);
}
