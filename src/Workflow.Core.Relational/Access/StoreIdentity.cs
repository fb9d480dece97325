using System.Data.Common;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Access;

/// <summary>The marks that tell the store from every other: a name, and the part of idempotency keys. Both are in its own tables, were drawn at random when
/// these were made, and are drawn again after a restore (statement 14.7c).</summary>
internal sealed class StoreIdentity(TableNames tables)
{
    private const long ReadAgainAfter = 1_000;

    private readonly Lock _lock = new();
    private string _name = "";
    private string _keyPart = "";
    private long _asked;
    private long _changedAt;
    private long _learnedAt = Environment.TickCount64 - (2 * ReadAgainAfter);

    /// <summary>The name and the key part, in this order.</summary>
    public Statement Find { get; } = new($"SELECT store_name, key_part FROM {tables.Version}");

    /// <summary>Called when the store has changed its identity. The memory of its rows and numbers is no longer valid then.</summary>
    public Action? Changed { get; set; }

    /// <summary>The name; empty until it is known.</summary>
    public string Name
    {
        get
        {
            lock (_lock)
            {
                return _name;
            }
        }
    }

    /// <summary>The part of the keys; empty until it is known.</summary>
    public string KeyPart => Volatile.Read(ref _keyPart);

    /// <summary>Whether it has not been looked at for a second.</summary>
    public bool IsOld => Environment.TickCount64 - Interlocked.Read(ref _learnedAt) > ReadAgainAfter;

    /// <summary>Reads the name on a connection, at once.</summary>
    public string ReadName(Session session) => session.Read(Find, Row) is [var (name, _)] ? name : "";

    /// <summary>Call it before the identity is read, and give the number to <see cref="Learn(string, long)"/>.</summary>
    public long Ask() => Interlocked.Increment(ref _asked);

    /// <summary>Reads the identity and keeps it.</summary>
    public async ValueTask<bool> LearnAsync(Session session, CancellationToken cancellation)
    {
        var asked = Ask();
        if (await session.ReadAsync(Find, [], Row, cancellation).ConfigureAwait(false) is [var (name, keyPart)])
        {
            Learn(name, keyPart, asked);
        }

        return true;
    }

    /// <summary>Keeps the part of the keys, which came along with something else.</summary>
    /// <param name="keyPart">The part.</param>
    /// <param name="asked">The number that <see cref="Ask"/> gave before it was read.</param>
    public void Learn(string keyPart, long asked) => Learn(name: null, keyPart, asked);

    private void Learn(string? name, string keyPart, long asked)
    {
        bool hasChanged;
        lock (_lock)
        {
            hasChanged = _keyPart.Length > 0 && !string.Equals(_keyPart, keyPart, StringComparison.Ordinal);

            // An answer that was asked for before the last change was learned may be older than the change, and must not set it back.
            if (hasChanged && asked <= _changedAt)
            {
                return;
            }

            if (hasChanged)
            {
                _changedAt = Interlocked.Read(ref _asked);
            }

            _name = name ?? (hasChanged ? "" : _name);
            Volatile.Write(ref _keyPart, keyPart);
            Interlocked.Exchange(ref _learnedAt, Environment.TickCount64);
        }

        if (hasChanged)
        {
            Changed?.Invoke();
        }
    }

    private static (string Name, string KeyPart) Row(DbDataReader row) => (row.GetString(0), row.GetString(1));
}
