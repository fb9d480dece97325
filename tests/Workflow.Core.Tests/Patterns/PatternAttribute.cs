namespace Workflow.Core.Tests.Patterns;

/// <summary>Names the workflow pattern that a test shows, and how a definition expresses it. The page of the patterns is made of these.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PatternAttribute(int number, string name, string how) : Attribute
{
    /// <summary>The number in the catalogue of control-flow patterns, 1 to 43.</summary>
    public int Number { get; } = number;

    /// <summary>The name in the catalogue.</summary>
    public string Name { get; } = name;

    /// <summary>How it is written here, in a few words.</summary>
    public string How { get; } = how;
}
