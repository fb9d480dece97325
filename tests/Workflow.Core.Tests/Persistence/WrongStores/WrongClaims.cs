using System.Collections.Concurrent;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence.WrongStores;

internal sealed class IgnoresTheEpoch(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        await base.CommitAsync(commit with { Epoch = (await StoredAsync(commit.ProcessInstance)).Epoch }, cancellation);
}

internal sealed class NeverRaisesTheEpoch(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        await base.CommitAsync(commit with { Epoch = (await StoredAsync(commit.ProcessInstance)).Epoch }, cancellation);

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        [.. (await base.ClaimAsync(query, cancellation)).Select(claim => claim with { Epoch = 0 })];
}

internal sealed class ClaimsTwice(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentQueue<ClaimedProcess> _claims = new();

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        var claims = await base.ClaimAsync(query, cancellation);
        foreach (var claim in claims)
        {
            _claims.Enqueue(claim);
        }

        return claims.Count > 0 ? claims : [.. _claims.Take(query.Limit)];
    }
}

internal sealed class ClaimsDueTimersAlways(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        base.ClaimAsync(query with { DueTimers = true }, cancellation);
}

internal sealed class ClaimsWhatIsNotWanted(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        base.ClaimAsync(query with { Except = [] }, cancellation);
}

internal sealed class NeverEndsALease(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        foreach (var owner in (string[])["a", "b"])
        {
            await base.RenewAsync(owner, ProcessLease.Longest, cancellation);
        }

        return await base.ClaimAsync(query, cancellation);
    }
}

internal sealed class IgnoresTheLeaseInCommits(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
        await base.CommitAsync(commit with { Owner = (await StoredAsync(commit.ProcessInstance)).Owner ?? commit.Owner }, cancellation);
}

internal sealed class KeepsTheLeaseAfterACommit(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var owner = (await StoredAsync(commit.ProcessInstance)).Owner;
        await base.CommitAsync(
            owner is null ? commit : commit with { Lease = commit.Lease ?? new ProcessLease(owner, TimeSpan.FromSeconds(30)) }, cancellation);
    }
}

internal sealed class TakesNoLeaseWithACommit(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(commit with { Lease = null }, cancellation);
}

internal sealed class DoesNotResetAttempts(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<ProcessInstanceId, int> _attempts = new();

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        [.. (await base.ClaimAsync(query, cancellation)).Select(claim =>
            claim with { Attempts = _attempts.AddOrUpdate(claim.Id, 1, (_, count) => count + 1) })];
}

internal sealed class CountsNoAttempts(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        [.. (await base.ClaimAsync(query, cancellation)).Select(claim => claim with { Attempts = 1 })];
}

internal sealed class RenewsNothing(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation) => ValueTask.CompletedTask;
}

internal sealed class ReleasesWhatOthersClaimed(IProcessStore asked) : WrongStore(asked)
{
    private readonly ConcurrentDictionary<ProcessInstanceId, ClaimedProcess> _last = new();

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        var claims = await base.ClaimAsync(query, cancellation);
        foreach (var claim in claims)
        {
            _last[claim.Id] = claim;
        }

        return claims;
    }

    public override ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) =>
        base.ReleaseAsync(_last.GetValueOrDefault(claim.Id, claim), putOff, cancellation);
}

/// <summary>Looks whether the claim is the last one, and not whose it is.</summary>
internal sealed class ReleasesForAnybody(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) =>
        await base.ReleaseAsync(claim with { Owner = (await LoadAsync(claim.Id, cancellation))?.Owner ?? claim.Owner }, putOff, cancellation);
}

internal sealed class PutsNothingOff(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) =>
        base.ReleaseAsync(claim, TimeSpan.Zero, cancellation);
}

internal sealed class SetsNothingAside(IProcessStore asked) : WrongStore(asked)
{
    public override async ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation) =>
        await LoadAsync(processInstance, cancellation) is not null;
}

internal sealed class ClaimsWhatItDoesNotKnow(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) => base.ClaimAsync(
        query with { Definitions = [.. query.Definitions.SelectMany(known => Enumerable.Range(0, 10).Select(version => known with { Version = version }))] },
        cancellation);
}

/// <summary>Takes what is far ahead for a lease, as a store does that only looks whether it has run out.</summary>
internal sealed class WaitsForTheOldClock(IProcessStore asked, TimeProvider clock) : WrongStore(asked)
{
    private DateTimeOffset _latest;

    private bool IsSetBack => (_latest = clock.GetUtcNow() > _latest ? clock.GetUtcNow() : _latest) > clock.GetUtcNow();

    public override async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        IsSetBack ? [] : await base.ClaimAsync(query, cancellation);

    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => IsSetBack && commit.ExpectedVersion > 0
        ? throw new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, commit.ExpectedVersion)
        : base.CommitAsync(commit, cancellation);

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await base.LoadAsync(processInstance, cancellation) is { } stored ? IsSetBack ? stored with { Owner = "a" } : stored : null;
}

internal sealed class TakesLeasesOfAnyLength(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) =>
        base.ClaimAsync(query.Lease > ProcessLease.Longest ? query with { Lease = ProcessLease.Longest } : query, cancellation);
}
