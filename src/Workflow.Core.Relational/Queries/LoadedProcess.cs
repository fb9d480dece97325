using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Queries;

/// <summary>An instance that is loaded, and the part of idempotency keys that the store has now.</summary>
internal sealed record LoadedProcess(StoredProcess Process, string KeyPart)
{
    /// <summary>Puts the rows of one instance together; null when there is no such instance.</summary>
    public static LoadedProcess? Of(List<LoadedRow> rows)
    {
        var parts = new List<StoredPart>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Part is { } part)
            {
                parts.Add(part);
            }
        }

        return Of(rows.Find(static row => row.Version > 0), parts);
    }

    /// <summary>Puts the parts of an instance into their order, with what is known of the instance; null when there is no such instance.</summary>
    public static LoadedProcess? Of(in LoadedRow head, List<StoredPart> parts)
    {
        if (head.Version == 0)
        {
            return null;
        }

        parts.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        return new LoadedProcess(
            new StoredProcess(head.Version, head.JournalCount, parts, head.Epoch, head.Owner, head.LastCommit, head.HasPendingCall), head.KeyPart);
    }
}
