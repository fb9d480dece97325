namespace Cases.Playing;

/// <summary>Is told how a replay goes on.</summary>
public interface IReplayObserver
{
    /// <summary>The replay knows where each case stands, and begins.</summary>
    /// <param name="stored">How many steps an earlier run has left in the store.</param>
    /// <param name="total">How many steps there are, those among them.</param>
    void Begin(int stored, int total);

    /// <summary>A step was taken, and its answer has come: it is stored.</summary>
    /// <param name="at">Its instant in the log.</param>
    /// <param name="alive">How many process instances are alive now.</param>
    void Step(DateTimeOffset at, int alive);

    /// <summary>The engine did something else than it must.</summary>
    void Differ(Difference difference);

    /// <summary>It was asked what is open at the end of a month.</summary>
    /// <param name="month">The result of the questions.</param>
    void MonthEnd(MonthEndResult month);
}
