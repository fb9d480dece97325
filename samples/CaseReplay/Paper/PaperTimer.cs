namespace Cases.Paper;

/// <summary>An escalation that is going to fire.</summary>
/// <param name="Escalation">Its name.</param>
/// <param name="Activity">The activity that it ends with; null for one of the whole case.</param>
/// <param name="Due">When it fires.</param>
public sealed record PaperTimer(string Escalation, string? Activity, DateTimeOffset Due);
