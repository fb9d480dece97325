using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Destinations that belong together; all sets whose rule is true are united (statement 4.1).</summary>
public sealed class DestinationSet
{
    internal DestinationSet(string name, Rule? rule, IReadOnlyList<Destination> destinations)
    {
        Name = name;
        Rule = rule;
        Destinations = destinations;
    }

    /// <summary>The name; unique within the activity.</summary>
    public string Name { get; }

    /// <summary>When the set counts; null is always.</summary>
    public Rule? Rule { get; }

    /// <summary>The users, groups and roles of the set, in order.</summary>
    public IReadOnlyList<Destination> Destinations { get; }
}
