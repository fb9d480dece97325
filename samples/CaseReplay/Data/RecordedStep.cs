namespace Cases.Data;

/// <summary>One step of a recorded case: somebody acts on an activity, or an outside system finishes it.</summary>
/// <param name="Activity">The activity, which has to be open.</param>
/// <param name="Action">The action, or what the outside system answers.</param>
/// <param name="User">The user who acted.</param>
/// <param name="At">When.</param>
/// <param name="Fields">The fields set along with it, as texts and truth values.</param>
public sealed record RecordedStep(string Activity, string Action, string User, DateTimeOffset At, IReadOnlyList<RecordedField> Fields);
