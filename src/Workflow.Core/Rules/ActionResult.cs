namespace Workflow.Core.Rules;

/// <summary>The action with which a user finished their slot, or the answer of an outside system, as the rules see it (statements 3.7 and 7.3b).</summary>
public static class ActionResult
{
    /// <summary>The name of the field.</summary>
    public const string Name = "Action Result";

    /// <summary>The field: hidden, one value for each destination and each completed slot.</summary>
    public static DestinationField<string> Field { get; } = new(Name) { IsHidden = true };
}
