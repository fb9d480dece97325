using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>Numbers of process instances that have been reserved and not given out. It reserves more at a time when more are wanted. It releases numbers that
/// lie unused for too long, so that the numbers of several hosts stay close to the order of the starts.</summary>
/// <param name="tables">The names of the tables.</param>
/// <param name="identity">Learns from each reservation whether the store is still the same.</param>
/// <param name="longest">How long reserved numbers may lie.</param>
internal sealed class NumberBlock(TableNames tables, StoreIdentity identity, TimeSpan longest)
{
    /// <summary>How many are reserved at a time at most. On PostgreSQL each time costs a transaction with several round trips. On SQLite there is one host, and
    /// its reserved numbers must stay among the newest (see NewestProcesses).</summary>
    private readonly int _most = tables.IsPostgreSql ? 256 : 64;

    private readonly Lock _lock = new();
    private long _next = 1;
    private long _last;
    private long _reservedAt;
    private int _size = 1;

    private readonly Statement _reserve = new(tables.IsPostgreSql
        ? $"SELECT nextval('{tables.Number}'), (SELECT key_part FROM {tables.Version}) FROM generate_series(1, $1)"
        : $"UPDATE {tables.Number} SET last = last + $1 RETURNING last, (SELECT key_part FROM {tables.Version})");

    /// <summary>The highest number that was reserved here: a transaction of the host that is rolled back must not make it be given out again.</summary>
    public long Highest { get; private set; }

    /// <summary>The next number; null when some have to be reserved first.</summary>
    public ProcessInstanceId? Next()
    {
        lock (_lock)
        {
            return _next > _last || HasLainTooLong ? null : new ProcessInstanceId(_next++);
        }
    }

    /// <summary>Drops the reserved numbers. The store may have been restored since, and then gives the same numbers to others.</summary>
    public void GiveUp()
    {
        lock (_lock)
        {
            (_next, _last) = (1, 0);
        }
    }

    public async ValueTask<ProcessInstanceId> ReserveAsync(StoreAccess access, CancellationToken cancellation)
    {
        // A sequence needs no transaction, and waits for no lock.
        var (first, last) = tables.IsPostgreSql
            ? await access.ReadAsync((session, token) => ReserveAsync(session, Size(), token), cancellation).ConfigureAwait(false)
            : await access.WriteAsync((session, token) => ReserveAsync(session, Size(), token), cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            // Of two who reserved at once, the later block is kept; numbers may be left out, but must grow. Only a store that was restored goes back.
            if (first > _last || HasLainTooLong)
            {
                (_next, _last, _reservedAt) = (first + 1, last, Environment.TickCount64);
            }
        }

        return new ProcessInstanceId(first);
    }

    /// <summary>Reserves one number inside a transaction of the host.</summary>
    public async ValueTask<ProcessInstanceId> ReserveOneAsync(Session session, CancellationToken cancellation)
    {
        var (first, _) = await ReserveAsync(session, 1, cancellation).ConfigureAwait(false);
        return new ProcessInstanceId(first);
    }

    private bool HasLainTooLong => longest < TimeSpan.MaxValue && Environment.TickCount64 - _reservedAt > longest.TotalMilliseconds;

    private async ValueTask<(long First, long Last)> ReserveAsync(Session session, int size, CancellationToken cancellation)
    {
        if (tables.IsPostgreSql)
        {
            return Run(await ReadAsync(session, size, cancellation).ConfigureAwait(false));
        }

        var last = (await ReadAsync(session, size, cancellation).ConfigureAwait(false))[0];
        if (last - size < Highest)
        {
            var catchUp = new Statement($"UPDATE {tables.Number} SET last = $1", isReused: false);
            last = Highest + size;
            await session.ExecuteAsync(catchUp, [last], cancellation).ConfigureAwait(false);
        }

        Highest = last;
        return (last - size + 1, last);
    }

    private async ValueTask<List<long>> ReadAsync(Session session, int size, CancellationToken cancellation)
    {
        var asked = identity.Ask();
        var rows = await session.ReadAsync(_reserve, [size], row => (Number: row.GetInt64(0), KeyPart: row.GetString(1)), cancellation).ConfigureAwait(false);
        identity.Learn(rows[0].KeyPart, asked);
        return rows.ConvertAll(row => row.Number);
    }

    /// <summary>The numbers from the first on that have no gap; others reserve at the same time.</summary>
    private static (long First, long Last) Run(List<long> numbers)
    {
        var last = 0;
        while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1)
        {
            last++;
        }

        return (numbers[0], numbers[last]);
    }

    private int Size()
    {
        lock (_lock)
        {
            var isHurried = Environment.TickCount64 - _reservedAt < 1_000;
            return _size = isHurried ? Math.Min(_size * 2, _most) : 1;
        }
    }
}
