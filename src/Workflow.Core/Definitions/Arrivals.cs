using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions.Building;

namespace Workflow.Core.Definitions;

/// <summary>A join: how many arrivals an activity waits for before it runs (statement 13.1). An arrival that is not enough ends there and is kept.</summary>
/// <example><code>
/// process.Activity("Ship", activity => activity.PrecedingRule(Arrivals.All));
/// process.Activity("Decide", activity => activity.PrecedingRule(Arrivals.AtLeast(2).ThenExpireOthers()));
/// </code></example>
public sealed class Arrivals
{
    private Arrivals(ArrivalKind kind, int count) => (Kind, Count) = (kind, count);

    /// <summary>Every line that leads here: the last arrival passes, and takes one arrival of each line with it. More arrivals of a line stay for the next
    /// round (statement 13.1b).</summary>
    public static Arrivals All { get; } = new(ArrivalKind.All, 0);

    /// <summary>The first arrival passes. The others are dropped until each line has brought one; then it begins anew (statement 13.1d).</summary>
    public static Arrivals First { get; } = new(ArrivalKind.AtLeast, 1);

    /// <summary>Every arrival that can still come: the activity runs once, when nothing is active from which a line leads here.</summary>
    public static Arrivals AllThatCanCome { get; } = new(ArrivalKind.AllThatCanCome, 0);

    /// <summary>The arrivals that the join counts.</summary>
    public ArrivalKind Kind { get; }

    /// <summary>How many arrivals it wants; 0 where the lines decide.</summary>
    public int Count { get; }

    /// <summary>The activity whose lines are counted, by name; null for the lines that lead to the join.</summary>
    public string? Split { get; private init; }

    /// <summary>Whether the other branches expire when the join passes (statement 13.1e).</summary>
    public bool ExpiresOthers { get; private init; }

    /// <summary>Whether later arrivals are kept for the next round instead of being dropped (statement 13.1h).</summary>
    public bool KeepsLater { get; private init; }

    internal bool IsByLines => Split is null;

    /// <summary>The lines that a split has taken this time: all of them have to arrive. A line is not waited for any more when nothing that came along it is
    /// left (statement 13.1c).</summary>
    /// <param name="split">The activity that the lines leave.</param>
    /// <returns>The join.</returns>
    public static Arrivals OfTakenBy(ActivityReference split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return OfTakenBy(split.Name);
    }

    /// <summary>The lines that a split has taken this time, of which all have to arrive (statement 13.1c).</summary>
    /// <param name="split">The name of the activity that the lines leave.</param>
    /// <returns>The join.</returns>
    public static Arrivals OfTakenBy(string split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return new Arrivals(ArrivalKind.All, 0) { Split = split };
    }

    /// <summary>A number of different lines. Later arrivals are dropped until each line has brought one (statement 13.1e).</summary>
    /// <param name="lines">How many; positive.</param>
    /// <returns>The join.</returns>
    public static Arrivals AtLeast(int lines)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lines);
        return new Arrivals(ArrivalKind.AtLeast, lines);
    }

    /// <summary>A number of arrivals along one and the same line (statement 13.1i).</summary>
    /// <param name="arrivals">How many; positive.</param>
    /// <returns>The join.</returns>
    public static Arrivals AlongOneLine(int arrivals)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(arrivals);
        return new Arrivals(ArrivalKind.AlongOneLine, arrivals);
    }

    /// <summary>Counts the lines that a split has taken, and not those that lead here (statement 13.1d).</summary>
    /// <param name="split">The activity that the lines leave.</param>
    /// <returns>The join.</returns>
    /// <exception cref="InvalidOperationException">The join does not count lines.</exception>
    public Arrivals Of(ActivityReference split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Of(split.Name);
    }

    /// <summary>Counts the lines that a split has taken, and not those that lead here (statement 13.1d).</summary>
    /// <param name="split">The name of the activity that the lines leave.</param>
    /// <returns>The join.</returns>
    /// <exception cref="InvalidOperationException">The join does not count lines, or keeps later arrivals.</exception>
    public Arrivals Of(string split)
    {
        ArgumentNullException.ThrowIfNull(split);
        Refuse(Kind is ArrivalKind.AlongOneLine or ArrivalKind.AllThatCanCome, "it does not count the lines of a split");
        Refuse(KeepsLater, "each run of a split is a round of its own, so nothing is left that could be kept");
        return new Arrivals(Kind, Count) { Split = split, ExpiresOthers = ExpiresOthers };
    }

    /// <summary>When the join passes, everything on the other branches of the same split expires, and the arrivals are cleared (statement 13.1e).</summary>
    /// <returns>The join.</returns>
    /// <exception cref="InvalidOperationException">The join waits for all, or keeps later arrivals.</exception>
    public Arrivals ThenExpireOthers()
    {
        Refuse(Kind is not ArrivalKind.AtLeast, "only a join that does not wait for all leaves others to expire");
        Refuse(KeepsLater, "nothing comes later that it could keep");
        return new Arrivals(Kind, Count) { Split = Split, ExpiresOthers = true };
    }

    /// <summary>Keeps later arrivals for the next round instead of dropping them (statement 13.1h).</summary>
    /// <returns>The join.</returns>
    /// <exception cref="InvalidOperationException">The join waits for all, counts the lines of a split, or expires the others.</exception>
    public Arrivals KeepingLater()
    {
        Refuse(Kind is not ArrivalKind.AtLeast, "such a join keeps what comes later anyway");
        Refuse(Split is not null, "each run of a split is a round of its own, so nothing is left that could be kept");
        Refuse(ExpiresOthers, "nothing comes later that it could keep");
        return new Arrivals(Kind, Count) { KeepsLater = true };
    }

    /// <summary>The join in words.</summary>
    /// <returns>For example <c>at least 2 lines, then expire others</c>.</returns>
    public override string ToString()
    {
        var what = Kind switch
        {
            ArrivalKind.All => "all lines",
            ArrivalKind.AllThatCanCome => "all arrivals that can come",
            ArrivalKind.AlongOneLine => $"{Count.Invariant()} arrivals along one line",
            _ => $"at least {Count.Invariant()} lines",
        };
        var split = Split is null ? "" : $" taken by '{Split}'";
        return what + split + (ExpiresOthers ? ", then expire others" : "") + (KeepsLater ? ", keeping later ones" : "");
    }

    private void Refuse([DoesNotReturnIf(true)] bool isWrong, string why)
    {
        if (isWrong)
        {
            throw new InvalidOperationException($"The join '{this}' cannot be changed so: {why}.");
        }
    }
}
