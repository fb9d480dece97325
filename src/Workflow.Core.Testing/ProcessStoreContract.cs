using Workflow.Core.Persistence;
using Workflow.Core.Testing.Contract;

namespace Workflow.Core.Testing;

/// <summary>The rules that every <see cref="IProcessStore"/> must keep. They can be run on a store of your own, from any test framework or none.</summary>
/// <remarks>
/// <para>Give the contract a function that makes a store with nothing in it: for a database, a new database, schema or table prefix. Each rule asks for one
/// store of its own. The store reads the time of its leases from the clock it is given, and from no other; the rules move that clock by hand. A store that is
/// <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/> is disposed of as soon as the rule is checked. That is the place to drop the database.</para>
/// <para>Run every rule, best as a test case of its own. A store that breaks one loses work of somebody sooner or later: there are no optional rules.</para>
/// </remarks>
/// <example><code>
/// private static readonly ProcessStoreContract _contract = new(async clock => await MyStore.CreateEmptyAsync(clock));
///
/// [TestCaseSource(typeof(ProcessStoreContract), nameof(ProcessStoreContract.Rules))]
/// public Task The_store_obeys(StoreRule rule) => _contract.CheckAsync(rule);
/// </code></example>
public sealed class ProcessStoreContract
{
    private readonly Func<TimeProvider, ValueTask<IProcessStore>> _makeEmpty;

    /// <summary>Creates the contract for a kind of store.</summary>
    /// <param name="makeEmpty">Makes a store with nothing in it, whose leases follow the clock. It may be called many times, at once too.</param>
    public ProcessStoreContract(Func<TimeProvider, ValueTask<IProcessStore>> makeEmpty)
    {
        ArgumentNullException.ThrowIfNull(makeEmpty);
        _makeEmpty = makeEmpty;
    }

    /// <summary>All rules, those that others build on first.</summary>
    public static IReadOnlyList<StoreRule> Rules { get; } =
    [
        .. NumberRules.All, .. CommitRules.All, .. AtomicityRules.All, .. ConcurrencyRules.All, .. PartRules.All, .. PartialLoadRules.All, .. JournalRules.All,
        .. ServerItemRules.All, .. TaskRules.All, .. WorklistRules.All, .. WorklistOrderRules.All, .. ParticipationRules.All, .. TimerRules.All,
        .. ProcessQueryRules.All, .. FolioRules.All, .. ParentRules.All, .. CountRules.All,
        .. ClaimRules.All, .. LeaseRules.All, .. ClockRules.All, .. EpochRules.All, .. LastCommitRules.All, .. AttemptRules.All, .. SetAsideRules.All,
        .. RequestRules.All, .. MessageRules.All, .. NewsRules.All, .. AbsenceRules.All, .. NameRules.All, .. DefinitionRules.All,
        .. PurgeRules.All, .. RemovalRules.All, .. TextRules.All, .. InstantRules.All, .. ArgumentRules.All, .. WholeCommitRules.All,
    ];

    /// <summary>Checks one rule on a new store.</summary>
    /// <param name="rule">One of <see cref="Rules"/>.</param>
    /// <returns>A task that ends when the store has obeyed the rule.</returns>
    /// <exception cref="StoreContractException">The store breaks the rule, or throws where it should not.</exception>
    public async Task CheckAsync(StoreRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        var store = await _makeEmpty(clock).ConfigureAwait(false);
        try
        {
            await rule.Check(new StoreTrial(rule, store, clock)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not StoreContractException)
        {
            throw new StoreContractException(rule, $"expected no exception, found {exception.GetType().Name}: {exception.Message}", exception);
        }
        finally
        {
            await DisposeAsync(store).ConfigureAwait(false);
        }
    }

    private static async ValueTask DisposeAsync(IProcessStore store)
    {
        if (store is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else if (store is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
