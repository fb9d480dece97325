using Workflow.Core.Testing.Contract;

namespace Workflow.Core.Testing;

/// <summary>One rule that every process store obeys, as a check that can be run. <see cref="ProcessStoreContract.Rules"/> has them all.</summary>
public sealed class StoreRule
{
    internal StoreRule(string name, string source, Func<StoreTrial, Task> check) => (Name, Source, Check) = (name, source, check);

    /// <summary>The rule in one sentence; no other rule has the same.</summary>
    public string Name { get; }

    /// <summary>The member of the library whose documentation says so.</summary>
    public string Source { get; }

    internal Func<StoreTrial, Task> Check { get; }

    /// <summary>The name that a test framework shows for a test case.</summary>
    /// <returns>The sentence.</returns>
    public override string ToString() => Name;
}
