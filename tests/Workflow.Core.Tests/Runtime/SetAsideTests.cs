using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Shows what is set aside, and what is left for others: only what nobody can read, and only by the one who holds it.</summary>
[TestFixture]
internal sealed class SetAsideTests : SharedStoreFixture
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly byte _newer = (byte)(PartFormat.Latest(PartKind.Header) + 1);

    /// <summary>As while a host after the other gets the next version of the library.</summary>
    [Test]
    [Statement("14.4")]
    public async Task An_instance_of_a_newer_version_is_left_for_engines_that_can_read_it()
    {
        await LeaveBehindAsync(2);
        var tries = 0;
        var older = new SharedStore(Store)
        {
            Damage = (_id, stored =>
            {
                tries++;
                return WithHeader(stored, bytes => bytes[0] = _newer);
            }),
        };
        Gate.Open();
        var engine = await OpenAsync(older, options => options.TakesUpWork = true);
        await UntilAsync(async () => tries > 7 && await StatusAsync(engine, 2) is ProcessInstanceStatus.Active);
        (await SetAsideAsync(engine)).ShouldBeEmpty();

        var newer = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);
        await UntilAsync(async () => await StatusAsync(newer) is ProcessInstanceStatus.Active);

        (await SetAsideAsync(newer)).ShouldBeEmpty();
        Calls.Count(call => call.EndsWith(" 2", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Test]
    [Statement("14.4")]
    public async Task Recovery_uses_up_no_attempts_of_engines_that_can_read_it()
    {
        await LeaveBehindAsync(1);
        var older = await OpenAsync(new SharedStore(Store) { Damage = (_id, stored => WithHeader(stored, bytes => bytes[0] = _newer)) });
        for (var tries = 0; tries < 6; tries++)
        {
            (await older.RecoverAsync()).ShouldBe(0);
            Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Claim("newer").ShouldHaveSingleItem().Attempts.ShouldBe(1);
    }

    /// <summary>An engine that is busy renews all its leases all the time, so nobody else would be given what it holds.</summary>
    [Test]
    [Statement("14.4")]
    public async Task Recovery_gives_back_its_instances_although_the_store_fails_meanwhile()
    {
        await LeaveBehindAsync(2);
        var released = new List<long>();
        var view = new SharedStore(Store)
        {
            Damage = (_id, stored => WithHeader(stored, bytes => bytes[0] = _newer)),
            BeforeCommit = _ => throw new ProcessStoreException("The connection is cut."),
            BeforeSetAside = _ => throw new ProcessStoreException("The connection is cut."),
            BeforeRelease = claim =>
            {
                released.Add(claim.Id.Value);
                return Task.CompletedTask;
            },
        };
        var older = await OpenAsync(view);

        (await older.RecoverAsync()).ShouldBe(0);

        released.ShouldBe([1, 2]);
    }

    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_only_looks_newer_is_damaged_and_set_aside()
    {
        await LeaveBehindAsync(1);
        var view = new SharedStore(Store) { Damage = (_id, stored => WithHeader(stored, bytes => bytes[0] = _newer, isSealed: false)) };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);

        await UntilAsync(async () => (await SetAsideAsync(engine)).Count > 0);

        view.Claims.ShouldHaveSingleItem();
        (await SetAsideAsync(engine)).Single().SetAside.ShouldNotBeNull().ShouldContain("checksum");
    }

    [Test]
    [Statement("14.4")]
    public async Task An_instance_of_a_version_that_is_no_longer_known_is_set_aside()
    {
        await LeaveBehindAsync(1);
        var view = new SharedStore(Store) { Damage = (_id, stored => WithHeader(stored, bytes => bytes[0] = 0)) };
        var engine = await OpenAsync(view, options => options.TakesUpWork = true);

        await UntilAsync(async () => (await SetAsideAsync(engine)).Count > 0);

        view.Claims.ShouldHaveSingleItem();
    }

    /// <summary>The engine stands still while it reads, and another one is given the instance.</summary>
    [Test]
    [Statement("14.3")]
    [Statement("14.4")]
    public async Task An_engine_that_has_lost_an_instance_to_another_does_not_set_it_aside()
    {
        await LeaveBehindAsync(1);
        var taken = 0;
        var view = new SharedStore(Store)
        {
            BeforeRenew = _ => throw new ProcessStoreException("The connection is cut."),
            Damage = (_id, stored =>
            {
                Clock.Advance(TimeSpan.FromSeconds(31));
                taken += Claim("another").Count;
                return stored with { Parts = [] };
            }),
        };
        var log = new WarningLog();
        var engine = await OpenAsync(view, options => (options.TakesUpWork, options.LoggerFactory) = (true, log));

        await UntilAsync(() => log.Warnings.Any(warning => warning.StartsWith("Process instance 1", StringComparison.Ordinal)));

        taken.ShouldBe(1);
        (await SetAsideAsync(engine)).ShouldBeEmpty();
        log.Dispose();
    }

    private IReadOnlyList<ClaimedProcess> Claim(string owner)
    {
        var query = new ClaimQuery
        {
            Owner = owner, Lease = ProcessLease.Longest, DueUntil = DateTimeOffset.MinValue, Definitions = [new DefinitionVersion("Shared", 1)], Limit = 10,
        };
        var claimed = Store.ClaimAsync(query, CancellationToken.None);
        return claimed.IsCompletedSuccessfully ? claimed.Result : throw new AssertionException("The store in memory answers at once.");
    }

    private static StoredProcess WithHeader(StoredProcess stored, Action<byte[]> change, bool isSealed = true)
    {
        var bytes = stored.Parts[0].Content.ToArray();
        change(bytes);
        bytes = isSealed ? Piece.Sealed(bytes.AsSpan()[..^PartFormat.ChecksumLength], _id, PartKey.Header) : bytes;
        return stored with { Parts = [new StoredPart(stored.Parts[0].Key, bytes), .. stored.Parts.Skip(1)] };
    }
}
