namespace Workflow.Core.Rules;

/// <summary>The element that a data field belongs to (statement 11.1).</summary>
public enum FieldScope
{
    /// <summary>The process instance: one value, from its start to its end.</summary>
    Process = 1,

    /// <summary>The activity instance: one value, which all its destinations share.</summary>
    Activity = 2,

    /// <summary>Each activity instance destination: a value of its own, and a copy in each completed slot.</summary>
    Destination = 3,
}
