using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Persistence.WrongStores;

/// <summary>The contract notices subtle faults. Each of them leaves most commits and questions alone.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
internal sealed class FaultyStoreTests
{
    private static IEnumerable<Fault> Faults => Enum.GetValues<Fault>().Where(fault => fault is not Fault.None);

    [TestCaseSource(nameof(Faults))]
    public async Task A_fault_is_noticed(Fault fault)
    {
        var contract = Contract(fault);
        var broken = new List<string>();
        foreach (var rule in ProcessStoreContract.Rules.Reverse())
        {
            try
            {
                await contract.CheckAsync(rule);
            }
            catch (StoreContractException exception)
            {
                broken.Add(exception.Rule.Name);
                break;
            }
        }

        broken.ShouldNotBeEmpty("no rule notices it");
    }

    /// <summary>So the contract notices the fault, and not the way in which it was put there.</summary>
    [TestCaseSource(typeof(ProcessStoreContract), nameof(ProcessStoreContract.Rules))]
    public Task A_store_without_a_fault_obeys(StoreRule rule) => Contract(Fault.None).CheckAsync(rule);

    [Test]
    public void There_are_many_faults() => Faults.Count().ShouldBeGreaterThanOrEqualTo(40);

    private static ProcessStoreContract Contract(Fault fault) =>
        new(clock => ValueTask.FromResult<IProcessStore>(new FaultyStore(new InMemoryProcessStore(clock), fault)));
}
