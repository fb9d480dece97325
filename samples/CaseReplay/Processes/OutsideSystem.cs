using Workflow.Core.Rules;

namespace Cases.Processes;

/// <summary>The data that an outside system leaves behind when it finishes an item.</summary>
public static class OutsideSystem
{
    /// <summary>Its answer, which the lines may ask.</summary>
    public static readonly ActivityField<string> Reply = new("Reply");
}
