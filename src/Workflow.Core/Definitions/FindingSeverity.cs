namespace Workflow.Core.Definitions;

/// <summary>How much a finding matters (statement 13.4).</summary>
public enum FindingSeverity
{
    /// <summary>Something that the analysis could not find out, or that may well be meant.</summary>
    Information = 1,

    /// <summary>A construct that probably does not do what its author meant.</summary>
    Warning = 2,
}
