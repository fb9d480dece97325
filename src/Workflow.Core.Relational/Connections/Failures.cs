using System.Data.Common;
using System.Text.RegularExpressions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Connections;

/// <summary>Says in a sentence what a driver's error means. Drivers of SQLite have codes of their own, but all give SQLite's words;
/// those of PostgreSQL give the SQLSTATE.</summary>
internal static partial class Failures
{
    private const string NoTable = "A table of the store does not exist. Perhaps the tables are of an older version. If this is a transaction of the host, "
        + "begin it on the store's database, and "
        + "first call EnsureSchemaAsync, which creates or upgrades the tables. Otherwise check that nobody has removed or upgraded them.";

    private const string NoColumn = "A column of a table of the store does not exist. Perhaps the tables are of an older version. If this is a transaction "
        + "of the host, first call EnsureSchemaAsync, "
        + "which upgrades the tables. Otherwise check that nobody has changed them.";

    private const string FailedTransaction =
        "An earlier statement of the host's transaction has failed, and the database accepts no more statements in it. Roll the transaction back, and begin "
            + "another.";

    private const string EndedTransaction = "The database has ended the host's transaction, because it was idle or open for longer than the server allows. "
        + "Keep transactions short, "
        + "and begin another.";

    private const string Full = "The disk is full. Make room, and then repeat the command.";

    private static readonly string[] _ofDisk = ["disk I/O error", "unable to open database", "readonly database"];

    private static readonly (string Words, string Sentence)[] _sqlite =
    [
        ("readonly database", "The database is read-only: the account of the host may not write the file or its folder, or the connection string says so. "
            + "Change this."),
        ("database or disk is full", Full),
        ("unable to open database", "The database file cannot be opened. Check that its folder exists, and that the account of the host may read and write "
            + "there."),
        ("not a database", "The file is not an SQLite database. Check the path."),
        ("malformed", "The database file is damaged. Restore it from a backup. If somebody put a copy in its place beside the old log, the log has damaged "
            + "the copy. Then remove the files beside it "
            + "whose names end with -wal and -shm, and put the copy in its place again (BACKUP.md)."),
        ("is locked", "Somebody else has locked the database for longer than the time limit. Find out who else uses the file, and keep transactions short."),
        ("disk I/O error", "The disk cannot be read or written. Check the log of the operating system."),
        ("access permission denied", "The account of the host may not use the database file."),
        ("no such table", NoTable),
        ("no column named", NoColumn),
        ("no such column", NoColumn),
    ];

    /// <summary>Whether the database itself has refused a statement, so that nothing of its transaction is stored.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is DbException { SqlState: { Length: 5 } state } && !IsBroken(state);

    /// <summary>Whether the way to the server broke, or the server is about to go; a message that it does not understand (08P01) breaks nothing.</summary>
    private static bool IsBroken(string state) =>
        (state.StartsWith("08", StringComparison.Ordinal) && state != "08P01") || state.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>Whether the same can succeed at once: a deadlock, a serialization failure. A lock that was not given in time is not: its holder may keep it for
    /// long.</summary>
    public static bool IsPassing(Exception exception) => exception is DbException { SqlState: "40001" or "40P01" };

    /// <summary>Whether PostgreSQL has not given a lock in time.</summary>
    public static bool IsLockTimeout(Exception exception) => exception is DbException { SqlState: "55P03" };

    /// <summary>Whether a table or column is missing, as in tables of an older version.</summary>
    public static bool IsOlderSchema(DbException exception) => exception.SqlState is { Length: 5 } state
        ? state is "42P01" or "42703" or "3F000"
        : exception.Message.Contains("no such table", StringComparison.Ordinal) || exception.Message.Contains("no such column", StringComparison.Ordinal);

    /// <summary>Whether PostgreSQL was told something that makes sense in a transaction only, and there is none any more.</summary>
    public static bool IsOutsideOfTransaction(Exception exception) => exception is DbException { SqlState: "25P01" };

    public static bool IsDuplicateKey(Exception exception) => exception is DbException { SqlState: "23505" };

    /// <summary>SQLite is locked: nothing was done, and it can be tried again.</summary>
    public static bool IsLocked(Exception exception) => exception is DbException && exception.Message.Contains("is locked", StringComparison.Ordinal);

    /// <summary>SQLite had no room for a transaction, and has not stored it.</summary>
    public static bool IsFull(Exception exception) =>
        exception is DbException && exception.Message.Contains("database or disk is full", StringComparison.Ordinal);

    /// <summary>Whether it comes from the driver or the way to the database, and not from the library or a cancelled call.</summary>
    public static bool IsOfDatabase(Exception exception) =>
        exception is DbException or IOException or TimeoutException or System.Net.Sockets.SocketException
        || (exception is InvalidOperationException && exception.InnerException is DbException or IOException);

    /// <param name="exception">The exception that was thrown.</param>
    /// <param name="file">The file of SQLite, which tells the cause where SQLite does not; null for none.</param>
    public static ProcessStoreException Explain(Exception exception, string? file = null) => exception as ProcessStoreException
        ?? Explain(OfDisk(exception, file) ?? Sentence(exception), exception);

    private static ProcessStoreException Explain(string sentence, Exception exception) => new($"{sentence} It stored nothing.", exception)
    {
        Statement = sentence is NoTable or NoColumn or FailedTransaction or EndedTransaction ? "13.6" : null,
    };

    /// <summary>Says of a transaction whose end was not answered that it may be stored.</summary>
    public static ProcessStoreException ExplainLostAnswer(Exception exception) => new(
        $"{Sentence(exception)} The answer to the end of a transaction was lost, so it is not known whether it is stored. Check what is stored, or call "
            + $"again. Another call does no harm.",
        exception);

    /// <summary>If SQLite cannot make or extend the files beside the database, it reports a disk error, or that it cannot open the file. So this asks the disk
    /// itself.</summary>
    private static string? OfDisk(Exception exception, string? file)
    {
        if (file is null || exception is not DbException { SqlState: null }
            || !_ofDisk.Any(words => exception.Message.Contains(words, StringComparison.Ordinal)))
        {
            return null;
        }

        return FileFailure.Beside(file) switch
        {
            FileFailure.Cause.Full => Full,
            FileFailure.Cause.ReadOnly => "The disk of the database is mounted read-only. Mount it so that it can be written.",
            _ => null,
        };
    }

    private static string Sentence(Exception exception)
    {
        if (exception is DbException { SqlState: { Length: 5 } state })
        {
            return OfPostgreSql(state);
        }

        foreach (var (words, sentence) in _sqlite)
        {
            if (exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                return sentence;
            }
        }

        // The words of the driver tell which setting it is, and how large.
        if (exception.Message.Contains("pool", StringComparison.OrdinalIgnoreCase))
        {
            return "No connection of the driver's pool became free in time. The store keeps "
                + $"{nameof(RelationalStoreOptions)}.{nameof(RelationalStoreOptions.CommitConnections)} of them and needs one more, "
                + $"besides those that the host uses itself. Raise 'Maximum Pool Size'. The driver says: {exception.Message.TrimEnd('.')}.";
        }

        if (exception is TimeoutException || exception.InnerException is TimeoutException)
        {
            return "The database did not answer within the time limit.";
        }

        return SqliteError().IsMatch(exception.Message)
            ? "SQLite has refused a statement."
            : "The database cannot be reached. Check that its server runs, and that the connection string is right.";
    }

    private static string OfPostgreSql(string state) => state switch
    {
        "25006" => "The database is read-only: a standby, or set so. Use the connection string of the primary server.",
        "25P02" => FailedTransaction,
        "25P03" or "25P04" => EndedTransaction,
        "42501" => "The account of the host lacks a permission. It has to own the tables, or to be granted SELECT, INSERT, UPDATE and DELETE on them.",
        "3D000" => "The database does not exist. Check the connection string.",
        "3F000" => "The schema does not exist. Create it, or allow the account of the host to create it.",
        "42P01" => NoTable,
        "42703" => NoColumn,
        "55P03" => "Somebody else has locked the row for longer than the time limit, for example with a transaction that stays open. Keep transactions "
            + "short, and send the command again.",
        "57014" => "The statement took longer than the time limit.",
        "40001" or "40P01" => "The command conflicted with others ten times in a row.",
        "XX001" or "XX002" => "The database is damaged. Restore it from a backup.",
        _ when state.StartsWith("28", StringComparison.Ordinal) => "The database refuses the account of the host. Check the user and the password in the "
            + "connection string.",
        _ when state.StartsWith("53", StringComparison.Ordinal) => "The database server lacks disk, memory or connections. Repeat the command when it has "
            + "some.",
        _ when IsBroken(state) => "The database server is gone, or is shutting down.",
        _ => "The database has refused a statement.",
    };

    [GeneratedRegex("^SQLite Error [0-9]+")]
    private static partial Regex SqliteError();
}
