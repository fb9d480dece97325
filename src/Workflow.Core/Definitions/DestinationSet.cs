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

    /// <summary>The users, groups and roles that are left out of this set, after roles and groups have been resolved (statement 4.10).</summary>
    public IReadOnlyList<DestinationSource> Except { get; }

    /// <summary>The treatment of roles and groups that was set while the set was written down. It holds for the whole rule
    /// (<see cref="DestinationRule.Treatment"/>); the place where it was set matters to the canonical text only.</summary>
    internal RoleTreatment SaidTreatment { get; }
}
