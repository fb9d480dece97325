using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The newest instances. On SQLite they are in none of the indexes that questions for instances use. The task of destination 1 that an instance was
/// started with is not in the index of all open tasks either. A commit writes whole pages, and a page for each index would cost more than all the rest. When
/// many are entered at a time, they share the pages. Until then a question goes through them one by one, and looks at one task of each. Instances of plain
/// commits that come together share the pages anyway, and are entered at once.</summary>
internal sealed class NewestProcesses(TableNames tables)
{
    /// <summary>How many are entered at a time.</summary>
    private const int AtOnce = 256;

    /// <summary>How many stay out. An instance that ends soon is then entered once, as ended. One that was reserved before others and is stored after them is
    /// still among the newest.</summary>
    private const int Behind = 128;

    private const int FewTogether = 4;

    private readonly Statement _enter = new(
        $"UPDATE {tables.Process} SET is_indexed = 1 WHERE id > (SELECT indexed_until FROM {tables.Number}) AND id <= $1 AND {Conditions.IsNewest}");

    private readonly Statement _enterTasks = new(
        $"UPDATE {tables.Task} SET is_indexed = 1 WHERE process IN (SELECT id FROM {tables.Process} "
        + $"WHERE id > (SELECT indexed_until FROM {tables.Number}) AND id <= $1) AND destination = 1 AND {Conditions.IsOpenTask} AND {Conditions.IsNewest}");

    private readonly Statement _note = new($"UPDATE {tables.Number} SET indexed_until = $1 WHERE indexed_until < $1");

    private long _indexedUntil;

    /// <summary>Whether what is started stays out for now.</summary>
    /// <param name="together">How many commits the transaction has.</param>
    public static bool StayOut(int together) => together <= FewTogether;

    /// <summary>Whether so many have been started since the last time that some are to be entered.</summary>
    public bool AreMany(ProcessInstanceId started) => started.Value >= Volatile.Read(ref _indexedUntil) + AtOnce + Behind;

    /// <summary>Enters all but the very newest.</summary>
    public void Enter(Session session, ProcessInstanceId started)
    {
        var until = started.Value - Behind;
        session.Execute(_enter, until);
        session.Execute(_enterTasks, until);
        session.Execute(_note, until);
    }

    /// <summary>The entry is stored.</summary>
    public void Keep(ProcessInstanceId started) => Volatile.Write(ref _indexedUntil, started.Value - Behind);
}
