namespace Cases.Paper;

/// <summary>An activity as the data folder describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsAutomatic">Whether it is done as soon as it is reached.</param>
/// <param name="IsForASystem">Whether an outside system finishes it, and nobody has a task.</param>
/// <param name="Actions">The possible decisions; empty where the description does not say.</param>
/// <param name="Preceding">When an arrival is not over at once.</param>
/// <param name="Sets">The fields that it sets when it is done.</param>
/// <param name="Lines">Where it leads.</param>
/// <param name="Escalations">What fires by itself when it takes too long.</param>
public sealed record PaperActivity(
    string Name,
    bool IsAutomatic,
    bool IsForASystem,
    IReadOnlyList<string> Actions,
    PaperCondition Preceding,
    IReadOnlyList<(string Field, string Value)> Sets,
    IReadOnlyList<(PaperCondition When, string To)> Lines,
    IReadOnlyList<PaperEscalation> Escalations);
