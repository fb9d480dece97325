using System.Globalization;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Relational;

namespace Workflow.Core.CrashChild;

/// <summary>The options with which a child is started.</summary>
internal sealed record ChildOptions
{
    /// <summary>The dialect of the database.</summary>
    public required SqlDialect Dialect { get; init; }

    /// <summary>How to reach the database.</summary>
    public required string Connection { get; init; }

    /// <summary>The schema, on PostgreSQL.</summary>
    public string? Schema { get; init; }

    /// <summary>The file in which the code of events notes each of its runs.</summary>
    public required string Ledger { get; init; }

    /// <summary>From which the load is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The how manieth child on the database it is; from 1.</summary>
    public int Incarnation { get; init; } = 1;

    /// <summary>Where it ends itself.</summary>
    public KillPoint Point { get; init; }

    /// <summary>At the how manieth time.</summary>
    public int Count { get; init; } = 1;

    /// <summary>For how many microseconds a COMMIT is left running that was sent.</summary>
    public int Delay { get; init; }

    /// <summary>The order to place in a transaction of the host; zero to run load instead.</summary>
    public long Order { get; init; }

    /// <summary>Whether it stops the engine at once when it is asked to stop; otherwise it lets end what is under way.</summary>
    public bool StopsAtOnce { get; init; }

    /// <summary>Whether it is disturbed (statement 14.7b). Every second caller acts in ambient transactions that nobody completes. Some instances in the store
    /// cannot be read, and it meets one of them before it begins.</summary>
    public bool IsDisturbed { get; init; }

    /// <summary>Whether it retries everything that has failed, in the place of load.</summary>
    public bool Mends { get; init; }

    /// <summary>Whether it moves every instance that waits for that to another version, in the place of load.</summary>
    public bool Moves { get; init; }

    /// <summary>Whether it starts a process with sub-processes, deletes those whose sub-processes end with them, and delivers the messages between them, in the
    /// place of load.</summary>
    public bool Delivers { get; init; }

    /// <summary>Whether it shares the work between parents and sub-processes with another host, in the place of load.</summary>
    public bool Shares { get; init; }

    /// <summary>The work on escalations that it does in the place of load.</summary>
    public EscalationStep Escalates { get; init; }

    /// <summary>Of which commits only those count beside which it ends itself.</summary>
    public FamilyStep Step { get; init; }

    public static ChildOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new ChildOptions
        {
            Dialect = Enum.Parse<SqlDialect>(values["--dialect"]),
            Connection = values["--connection"],
            Schema = values["--schema"] is { Length: > 0 } schema ? schema : null,
            Ledger = values["--ledger"],
            Seed = Number("--seed"),
            Incarnation = Number("--incarnation"),
            Point = Enum.Parse<KillPoint>(values["--point"]),
            Count = Number("--count"),
            Delay = Number("--delay"),
            Order = Number("--order"),
            StopsAtOnce = bool.Parse(values["--stops-at-once"]),
            IsDisturbed = bool.Parse(values["--is-disturbed"]),
            Mends = bool.Parse(values["--mends"]),
            Moves = bool.Parse(values["--moves"]),
            Delivers = bool.Parse(values["--delivers"]),
            Shares = bool.Parse(values["--shares"]),
            Escalates = Enum.Parse<EscalationStep>(values["--escalates"]),
            Step = Enum.Parse<FamilyStep>(values["--step"]),
        };

        int Number(string name) => int.Parse(values[name], CultureInfo.InvariantCulture);
    }

    public IEnumerable<string> ToArguments() =>
    [
        "--dialect", Dialect.ToString(), "--connection", Connection, "--schema", Schema ?? "", "--ledger", Ledger, "--seed", Text(Seed),
        "--incarnation", Text(Incarnation), "--point", Point.ToString(), "--count", Text(Count), "--delay", Text(Delay), "--order", Text(Order),
        "--stops-at-once", StopsAtOnce.ToString(), "--is-disturbed", IsDisturbed.ToString(),
        "--mends", Mends.ToString(), "--moves", Moves.ToString(), "--delivers", Delivers.ToString(),
        "--shares", Shares.ToString(), "--escalates", Escalates.ToString(), "--step", Step.ToString(),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
