namespace Cases.Playing;

/// <summary>Is told how a replay goes on.</summary>
public interface IReplayObserver
{
    /// <summary>The replay knows where each case stands, and begins.</summary>
    /// <param name="stored">How many steps that somebody took an earlier run has left in the store.</param>
    /// <param name="fired">How many escalations it has left there.</param>
    /// <param name="total">How many steps and escalations there are, those among them.</param>
    void Begin(int stored, int fired, int total);

    /// <summary>Something is due, and is going to fire.</summary>
    /// <param name="at">The instant.</param>
    void Due(DateTimeOffset at);

    /// <summary>A step was taken, and its answer has come: it is stored. Or an escalation was found in the store.</summary>
    /// <param name="at">Its instant in the log.</param>
    /// <param name="alive">How many process instances are alive now.</param>
    /// <param name="isEscalation">Whether it fired by itself.</param>
    void Step(DateTimeOffset at, int alive, bool isEscalation);

    /// <summary>The engine did something else than it must.</summary>
    void Differ(Difference difference);

    /// <summary>It was asked what is open at the end of a month.</summary>
    /// <param name="month">The result of the questions.</param>
    void MonthEnd(MonthEndResult month);
}
