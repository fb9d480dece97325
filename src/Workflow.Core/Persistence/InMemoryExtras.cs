using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>What <see cref="InMemoryProcessStore"/> keeps of few instances only.</summary>
internal sealed class InMemoryExtras
{
    public SortedList<int, ServerItemRecord> ServerItems { get; } = [];

    public IReadOnlyList<IndexedField> Fields { get; set; } = [];

    public string? Error { get; set; }

    public string? SetAside { get; set; }

    /// <summary>The name of the last commit; empty for one without.</summary>
    public string LastCommit { get; set; } = "";

    public InMemoryOwnership Ownership { get; } = new();
}
