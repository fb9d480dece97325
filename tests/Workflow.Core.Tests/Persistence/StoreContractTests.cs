using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Persistence;

/// <summary>The store in memory obeys every rule of the contract.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
internal sealed class StoreContractTests
{
    private static readonly ProcessStoreContract _contract = new(clock => ValueTask.FromResult<IProcessStore>(new InMemoryProcessStore(clock)));

    [TestCaseSource(typeof(ProcessStoreContract), nameof(ProcessStoreContract.Rules))]
    public Task The_store_in_memory_obeys(StoreRule rule) => _contract.CheckAsync(rule);

    [TestCaseSource(typeof(ProcessStoreContract), nameof(ProcessStoreContract.Rules))]
    [SetCulture("sv-SE")]
    [Statement("14.7b")]
    public Task The_store_in_memory_obeys_under_another_culture(StoreRule rule) => _contract.CheckAsync(rule);

    [Test]
    public void Each_rule_has_a_name_of_its_own() => ProcessStoreContract.Rules.Select(rule => rule.Name).ShouldBeUnique();
}
