using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The data that <see cref="InMemoryProcessStore"/> keeps of few instances only.</summary>
internal sealed class InMemoryExtras
{
    public SortedList<int, ServerItemRecord> ServerItems { get; } = [];

    /// <summary>How many of the server items wait.</summary>
    public int Waiting { get; private set; }

    public IReadOnlyList<IndexedField> Fields { get; set; } = [];

    public string? Error { get; set; }

    /// <summary>The instance that started this one; null for none.</summary>
    public ProcessInstanceId? Parent { get; set; }

    public string? SetAside { get; set; }

    /// <summary>The name of the last commit; empty for one without.</summary>
    public string LastCommit { get; set; } = "";

    public InMemoryOwnership Ownership { get; } = new();

    /// <summary>Keeps a server item in the place of what was kept of it.</summary>
    public void Keep(ServerItemRecord item)
    {
        var number = item.Serial.Destination;
        Waiting -= ServerItems.TryGetValue(number, out var earlier) && earlier.Status is ServerItemStatus.Waiting ? 1 : 0;
        Waiting += item.Status is ServerItemStatus.Waiting ? 1 : 0;
        ServerItems[number] = item with { StartedAt = item.StartedAt.ToUniversalTime(), EndedAt = item.EndedAt?.ToUniversalTime() };
    }
}
