namespace Workflow.Core.Relational.Sql;

/// <summary>The names of the tables.</summary>
internal sealed class TableNames
{
    public TableNames(SqlDialect dialect, RelationalStoreOptions options)
    {
        Dialect = dialect;
        Prefix = options.TablePrefix;
        Schema = options.Schema;
        Qualifier = Schema is null ? Prefix : $"{Schema}.{Prefix}";
    }

    public SqlDialect Dialect { get; }

    public string Prefix { get; }

    public string? Schema { get; }

    /// <summary>The text before the name of a table in a statement.</summary>
    public string Qualifier { get; }

    public string Version => Qualifier + "schema_version";

    public string Process => Qualifier + "process";

    public string Content => Qualifier + "content";

    public string Task => Qualifier + "task";

    public string ServerItem => Qualifier + "server_item";

    public string Timer => Qualifier + "timer";

    public string Field => Qualifier + "field";

    public string Request => Qualifier + "request";

    public string Message => Qualifier + "message";

    public string News => Qualifier + "news";

    public string Absence => Qualifier + "absence";

    public string Substitute => Qualifier + "substitute";

    public string Definition => Qualifier + "definition";

    public string DefaultVersion => Qualifier + "default_version";

    public string Period => Qualifier + "period";

    /// <summary>Gives out the numbers of process instances: a sequence on PostgreSQL, a table with one row on SQLite.</summary>
    public string Number => Qualifier + "process_number";

    /// <summary>On SQLite: the mark that shows the store that the file is still its own.</summary>
    public string FileMark => Qualifier + "file_mark";

    public bool IsPostgreSql => Dialect is SqlDialect.PostgreSql;

    /// <summary>The clock of the leases: a parameter, or the clock of the database when the parameter is null.</summary>
    public string Now(string parameter) => IsPostgreSql ? $"coalesce({parameter}, {Qualifier}now())" : parameter;
}
