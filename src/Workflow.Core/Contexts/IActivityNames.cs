namespace Workflow.Core.Contexts;

/// <summary>Knows the activities of a definition.</summary>
internal interface IActivityNames
{
    /// <summary>Whether there is an activity of this name.</summary>
    bool Has(string activity);
}
