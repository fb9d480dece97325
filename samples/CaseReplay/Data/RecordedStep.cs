namespace Cases.Data;

/// <summary>One step of a recorded case: somebody acts on an activity, or an outside system finishes it, or an escalation fires by itself.</summary>
/// <param name="Activity">The activity, which has to be open; for an escalation a star and its name.</param>
/// <param name="Action">The action, or what the outside system answers.</param>
/// <param name="User">The user who acted; empty for an escalation.</param>
/// <param name="At">When.</param>
/// <param name="Fields">The fields set along with it, as texts, numbers and truth values.</param>
public sealed record RecordedStep(string Activity, string Action, string User, DateTimeOffset At, IReadOnlyList<RecordedField> Fields)
{
    /// <summary>The action of an escalation.</summary>
    public const string Fires = "escalation";

    private const char Star = '*';

    /// <summary>Whether nobody takes the step: it is an escalation, which has to fire by itself at this instant.</summary>
    public bool IsEscalation => Activity[0] == Star;

    /// <summary>How an escalation is called where activities are.</summary>
    public static string Starred(string escalation) => Star + escalation;

    /// <summary>An escalation that has to fire.</summary>
    public static RecordedStep Escalation(string name, DateTimeOffset at) => new(Starred(name), Fires, "", at, []);
}
