using System.Data.Common;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Connections;

/// <summary>Tells a file that was written over, as <c>cp</c> does it, from one that SQLite has written. The store keeps a mark in a table of its own, and
/// renews it before it moves the log. Then the mark is in the database and no longer in the log. So a connection that keeps nothing in memory reads the mark
/// that is there now. SQLite shows every connection what was committed last, no matter who has moved the log or made the file smaller. So a different mark
/// cannot come from SQLite. While readers keep the log from being written from its beginning again, the mark is read from there, and says nothing of the
/// database.</summary>
internal sealed class FileMark(TableNames tables)
{
    private static readonly Statement _forgetPages = new("PRAGMA shrink_memory", isReused: false);

    /// <summary>A number that stays the same on a connection as long as no other connection has committed.</summary>
    private static readonly Statement _commitsOfOthers = new("PRAGMA data_version");

    private readonly Statement[] _renew =
    [
        new($"CREATE TABLE IF NOT EXISTS {tables.FileMark} (name TEXT NOT NULL, mark INTEGER NOT NULL)"),
        new($"INSERT INTO {tables.FileMark} (name, mark) SELECT lower(hex(randomblob(16))), 0 WHERE NOT EXISTS (SELECT 1 FROM {tables.FileMark})"),
        new($"UPDATE {tables.FileMark} SET mark = mark + 1"),
    ];

    private readonly Statement _find = new(
        $"SELECT name, mark, (SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = '{tables.FileMark}'), schema_version "
        + $"FROM {tables.FileMark}, pragma_schema_version");

    private (Content Content, long CommitsOfOthers)? _renewed;
    private Content? _known;
    private long? _commits;

    /// <summary>Whether the store has marked the database.</summary>
    public bool IsKnown => _known is not null;

    /// <summary>Renews the mark, as the last thing of a transaction.</summary>
    public void Renew(Session writer)
    {
        foreach (var statement in _renew)
        {
            writer.Execute(statement);
        }

        _renewed = Find(writer) is { } content ? (content, CommitsOfOthers(writer)) : null;
    }

    /// <summary>The transaction that has renewed the mark is stored.</summary>
    public void Keep()
    {
        (_known, _commits) = (_renewed?.Content, _renewed?.CommitsOfOthers);
        _renewed = null;
    }

    /// <summary>The connection that writes is another, which counts the commits of others anew.</summary>
    public void ForgetConnection() => _commits = null;

    /// <param name="writer">The connection that writes, at the beginning of a transaction in which nobody else can commit.</param>
    /// <param name="reader">Another connection, which is in no transaction.</param>
    /// <returns>Whether the content of the file cannot come from SQLite.</returns>
    public bool IsOverwritten(Session writer, Session reader)
    {
        if (_known is not { } known)
        {
            return false;
        }

        var commits = CommitsOfOthers(writer);
        reader.Execute(_forgetPages);
        var found = Find(reader);
        if (commits == _commits)
        {
            // Nobody else has committed anything, and the store has not changed the mark.
            return found != known;
        }

        // Others raise the mark, and VACUUM moves it. A restore through SQLite sets it back, and raises the version of the schema, as all that changes the
        // schema does.
        if (found is { } mark && !(mark.Name == known.Name && mark.Number >= known.Number) && mark.SchemaVersion <= known.SchemaVersion)
        {
            return true;
        }

        (_known, _commits) = (found, commits);
        return false;
    }

    /// <summary>Reads the present mark; null when it is nothing that this class has written.</summary>
    private Content? Find(Session session)
    {
        try
        {
            return session.Read(_find, Content.From) is [var content] ? content : null;
        }
        catch (DbException exception) when (Failures.IsOlderSchema(exception))
        {
            return null;
        }
    }

    private static long CommitsOfOthers(Session session) => session.Read(_commitsOfOthers, row => row.GetInt64(0))[0];

    /// <param name="Name">Drawn when the table was made.</param>
    /// <param name="Number">Only rises.</param>
    /// <param name="Page">Where the table begins in the file, which only VACUUM and changes of the schema change.</param>
    /// <param name="SchemaVersion">Rises with each change of the schema, with VACUUM, and when a database is restored through SQLite.</param>
    private readonly record struct Content(string Name, long Number, long Page, long SchemaVersion)
    {
        /// <summary>A file that was written over may lead to the page of another table.</summary>
        public static Content? From(DbDataReader row) =>
            row.GetValue(0) is string name && row.GetValue(1) is long number && row.GetValue(2) is long page && row.GetValue(3) is long version
                ? new Content(name, number, page, version)
                : null;
    }
}
