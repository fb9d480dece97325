namespace Workflow.Core.Rules;

/// <summary>The outcome that an activity came to (statement 2.6): what its lines ask.</summary>
/// <example><code>approval.To(pay, when: Outcome.Is("Approved") &amp; Amount &lt; 1_000m);</code></example>
public static class Outcome
{
    /// <summary>The name of the field.</summary>
    public const string Name = "Outcome";

    /// <summary>The field: hidden, one value for each activity instance; null while no outcome has been reached, unless the activity says otherwise.</summary>
    public static ActivityField<string> Field { get; } = new(Name) { IsHidden = true };

    /// <summary>The activity came to this outcome.</summary>
    /// <param name="outcome">Its name; case counts.</param>
    /// <returns>The rule.</returns>
    public static Rule Is(string outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return Field == outcome;
    }
}
