using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A line from the start of the process, or from one activity, to another activity. Every line whose rule is true is followed
/// (statement 10.1).</summary>
public sealed class LineDefinition
{
    internal LineDefinition(string name, string? from, string to, Rule? rule, int ordinal, int target)
    {
        Name = name;
        From = from;
        To = to;
        Rule = rule;
        Ordinal = ordinal;
        Target = target;
    }

    /// <summary>The name; unique within the process.</summary>
    public string Name { get; }

    /// <summary>The activity it leaves; null for the start of the process.</summary>
    public string? From { get; }

    /// <summary>The activity it leads to.</summary>
    public string To { get; }

    /// <summary>When it is followed; null is always (statement 10.2).</summary>
    public Rule? Rule { get; }

    /// <summary>Whether it has an exception rule of its own (statement 8.3).</summary>
    public bool HasExceptionRule => ExceptionRule is not null;

    internal ExceptionHandler? ExceptionRule { get; init; }

    /// <summary>The position of the line among the lines of the process.</summary>
    internal int Ordinal { get; }

    /// <summary>The position of <see cref="To"/> among the activities.</summary>
    internal int Target { get; }
}
