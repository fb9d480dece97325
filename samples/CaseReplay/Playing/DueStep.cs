namespace Cases.Playing;

/// <summary>The next step of a case, when it comes to it.</summary>
/// <param name="Run">The case.</param>
/// <param name="At">The instant of the step.</param>
/// <param name="IsEscalation">Whether nobody takes it.</param>
/// <param name="IsFirstOfInstant">Whether it comes before whatever anybody does at this instant.</param>
public readonly record struct DueStep(CaseRun Run, DateTimeOffset At, bool IsEscalation, bool IsFirstOfInstant);
