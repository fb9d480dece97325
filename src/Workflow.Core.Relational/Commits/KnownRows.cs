namespace Workflow.Core.Relational.Commits;

/// <summary>The content that the store itself left in the rows of the instances that it committed lately. Only a commit changes it, together with the version
/// and the name of the last commit. So it is the content of the row, for a commit that expects both and fits. The version alone does not tell, since a database
/// can be restored (statement 14.7c).</summary>
internal sealed class KnownRows
{
    private const int Most = 1_024;

    private readonly Lock _lock = new();
    private Dictionary<ProcessInstanceId, StoredRow> _newer = [];
    private Dictionary<ProcessInstanceId, StoredRow> _older = [];

    /// <summary>The row that a commit fits on; null when that is not known.</summary>
    public StoredRow? Find(CommitPlan plan)
    {
        var instance = plan.Commit.ProcessInstance;
        lock (_lock)
        {
            return (_newer.TryGetValue(instance, out var row) || _older.TryGetValue(instance, out row))
                && row.Version == plan.Commit.ExpectedVersion && string.Equals(row.LastCommit, plan.LastCommit, StringComparison.Ordinal)
                ? row
                : null;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _newer.Clear();
            _older.Clear();
        }
    }

    /// <summary>Keeps the row that a commit has left, and forgets rows without a commit for long. An instance that has ended is hardly ever committed
    /// again.</summary>
    public void Keep(ProcessInstanceId instance, StoredRow? row)
    {
        lock (_lock)
        {
            if (row is null || row.HasEnded)
            {
                _newer.Remove(instance);
                _older.Remove(instance);
                return;
            }

            if (_newer.Count >= Most)
            {
                (_older, _newer) = (_newer, _older);
                _newer.Clear();
            }

            _newer[instance] = row;
        }
    }
}
