namespace Cases.Stores;

/// <summary>The stores that the replay can run on.</summary>
public enum StoreKind
{
    /// <summary>In memory: gone when the program ends.</summary>
    Memory = 1,

    /// <summary>A file of SQLite.</summary>
    Sqlite = 2,

    /// <summary>A database of PostgreSQL.</summary>
    Postgres = 3,
}
