namespace Workflow.Core.Relational;

/// <summary>How a <see cref="RelationalProcessStore"/> uses its database. Everything has a default.</summary>
public sealed record RelationalStoreOptions
{
    private const int LongestName = 24;

    /// <summary>The prefix of the names of the tables: lower case letters, digits and underscores, 24 at most; may be empty.</summary>
    public string TablePrefix { get; init; } = "wf_";

    /// <summary>The schema in which the tables are, on PostgreSQL; null for the first of the search path. It is created when it is missing.</summary>
    public string? Schema { get; init; }

    /// <summary>By which leases run out. Null takes the clock of the database on PostgreSQL, where several machines must agree, and the system's clock on
    /// SQLite.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>How long a statement may take, the time for which it waits for others included. 30 seconds unless set; at least 1 second. On PostgreSQL a
    /// commit waits for a lock for half of it, and is then refused.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long the database is asked whether a commit is stored whose answer was lost. 60 seconds unless set; positive.</summary>
    public TimeSpan OutcomeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many connections carry commits to PostgreSQL; commits that arrive while all are busy wait and go together. 4 unless set; 1 to 64. They stay
    /// open, and the store needs one more for everything else: the driver's pool must allow that many.</summary>
    public int CommitConnections { get; init; } = 4;

    /// <summary>Whether the store accepts a PostgreSQL server that answers a commit before it is on the disk, with <c>fsync</c> or <c>synchronous_commit</c>
    /// off. With such a server, a power failure loses acknowledged commits. False unless set, and then such a server is refused. Set it where data may be lost,
    /// as in tests.</summary>
    public bool AcceptsUnsynchronizedCommits { get; init; }

    internal void Validate(SqlDialect dialect)
    {
        if (dialect is not (SqlDialect.Sqlite or SqlDialect.PostgreSql))
        {
            throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "Use SqlDialect.Sqlite or SqlDialect.PostgreSql.");
        }

        RefuseName(TablePrefix, nameof(TablePrefix), mayBeEmpty: true);
        if (Schema is not null)
        {
            RefuseName(Schema, nameof(Schema), mayBeEmpty: false);
            if (dialect is SqlDialect.Sqlite)
            {
                throw new ArgumentException("SQLite has no schemas. Leave Schema null and use TablePrefix.", nameof(dialect));
            }
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(CommandTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommandTimeout, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(OutcomeTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CommitConnections, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommitConnections, 64);
    }

    /// <summary>Names become part of statements, so only the necessary characters are allowed.</summary>
    private static void RefuseName(string name, string option, bool mayBeEmpty)
    {
        ArgumentNullException.ThrowIfNull(name, option);
        var isFine = name.Length <= LongestName && (name.Length > 0 || mayBeEmpty) && (name.Length == 0 || !char.IsAsciiDigit(name[0]))
            && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');
        if (!isFine)
        {
            throw new ArgumentException($"{option} may have at most {LongestName.Invariant()} lower case letters, digits and underscores, and may not begin "
                + $"with a digit.", option);
        }
    }
}
