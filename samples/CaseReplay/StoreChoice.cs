using Workflow.Core.Persistence;

namespace Cases;

/// <summary>Where the instances are kept: the one place that knows the stores.</summary>
/// <param name="Kind">Which store.</param>
/// <param name="Place">The path of the file, or the connection string; empty in memory.</param>
public sealed record StoreChoice(StoreKind Kind, string Place)
{
    public static StoreChoice InMemory { get; } = new(StoreKind.Memory, "");

    /// <summary>Whether what is stored is still there in the next run.</summary>
    public bool IsDurable => Kind is not StoreKind.Memory;

    /// <summary>Reads a choice as it is written on the command line: <c>memory</c>, <c>sqlite:cases.db</c>, <c>postgres:Host=…</c>.</summary>
    /// <exception cref="BadInputException">It is none of that.</exception>
    public static StoreChoice Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var place = colon < 0 ? "" : text[(colon + 1)..];
        return (colon < 0 ? text : text[..colon], place) switch
        {
            ("memory", "") => InMemory,
            ("sqlite", not "") => new StoreChoice(StoreKind.Sqlite, place),
            ("postgres", not "") => new StoreChoice(StoreKind.Postgres, place),
            _ => throw new BadInputException($"'{text}' is not a store. Give memory, sqlite:PATH, or postgres:CONNECTION-STRING."),
        };
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="BadInputException">It cannot be reached.</exception>
    public Task<OpenStore> OpenAsync(TimeProvider clock) => Kind switch
    {
        StoreKind.Memory => Task.FromResult(new OpenStore(new InMemoryProcessStore(clock))),
        _ => throw new BadInputException($"The store {this} is not part of this build. Give memory."),
    };

    /// <summary>How it is called; a connection string may hold a password, so it is not shown.</summary>
    public override string ToString() => Kind is StoreKind.Sqlite ? $"Sqlite at '{Place}'" : $"{Kind}";
}
