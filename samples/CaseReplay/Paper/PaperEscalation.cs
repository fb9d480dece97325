namespace Cases.Paper;

/// <summary>An escalation of an activity as the data folder describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Days">How many days after its activity was reached it fires.</param>
public sealed record PaperEscalation(string Name, int Days);
