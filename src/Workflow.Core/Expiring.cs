namespace Workflow.Core;

/// <summary>The activities that a goto ends before its target starts (statement 10.10). The lines of these activities are not followed, except those of an
/// activity whose own server event goes elsewhere (statement 7.6).</summary>
public sealed class Expiring
{
    private readonly string _words;

    private Expiring(string words, string? activity = null) => (_words, Activity) = (words, activity);

    /// <summary>All activities, and those that wait for their start rule.</summary>
    public static Expiring Everything { get; } = new("everything");

    /// <summary>The activity from which the goto comes. The process itself has none.</summary>
    public static Expiring OwnActivity { get; } = new("own activity");

    /// <summary>The activity that it names; null for the others.</summary>
    internal string? Activity { get; }

    /// <summary>One activity, as often as it is active. It need not be active.</summary>
    /// <param name="activity">The name of the activity.</param>
    /// <returns>The scope.</returns>
    public static Expiring Only(string activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return new("only", activity);
    }

    /// <summary>The scope in words.</summary>
    /// <returns>For example <c>only 'Approval'</c>.</returns>
    public override string ToString() => Activity is null ? _words : $"{_words} '{Names.Printable(Activity)}'";

    /// <summary>The scope in words, without the activity that it names.</summary>
    internal string Words => _words;
}
