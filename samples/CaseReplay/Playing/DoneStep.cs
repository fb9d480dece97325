using Cases.Data;

namespace Cases.Playing;

/// <summary>A step as the history of a process instance tells it.</summary>
/// <param name="Activity">The activity; for an escalation a star and its name.</param>
/// <param name="Action">The action; none where an outside system finished an item, whose answer is in a field.</param>
/// <param name="User">The user who acted; empty for an escalation.</param>
/// <param name="At">When.</param>
public readonly record struct DoneStep(string Activity, string? Action, string User, DateTimeOffset At)
{
    /// <summary>Whether nobody took it: it fired by itself.</summary>
    public bool IsEscalation => User.Length == 0;

    public bool Is(RecordedStep step) =>
        Activity == step.Activity
        && (Action is null || Action == step.Action)
        && string.Equals(User, step.User, StringComparison.OrdinalIgnoreCase)
        && At == step.At;
}
