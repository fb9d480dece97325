using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Destinations that belong together; all sets whose rule is true are united (statement 4.1).</summary>
public sealed class DestinationSet
{
    internal DestinationSet(
        string name, Rule? rule, IReadOnlyList<DestinationSource> sources, IReadOnlyList<DestinationSource> except, RoleTreatment saidTreatment)
    {
        Name = name;
        Rule = rule;
        Sources = sources;
        Except = except;
        SaidTreatment = saidTreatment;
    }

    /// <summary>The name; unique within the activity.</summary>
    public string Name { get; }

    /// <summary>When the set counts; null is always.</summary>
    public Rule? Rule { get; }

    /// <summary>Where its users, groups and roles come from, in order.</summary>
    public IReadOnlyList<DestinationSource> Sources { get; }

    /// <summary>Who is left out of this set, after roles and groups have been resolved (statement 4.10).</summary>
    public IReadOnlyList<DestinationSource> Except { get; }

    /// <summary>What was said of roles and groups while the set was written down. It holds for the whole rule (<see cref="DestinationRule.Treatment"/>); where
    /// it was said
    /// matters to the canonical text only.</summary>
    internal RoleTreatment SaidTreatment { get; }
}
