using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>Which destination sets apply, and whom they come to (statements 4.1, 4.8, 4.10 and 4.11).</summary>
internal static class DestinationSets
{
    /// <summary>The destinations of all sets whose rule is true, in definition order, roles and groups as they are.</summary>
    public static List<WantedDestination> Collect(DestinationRule rule, in RuleScope scope)
    {
        var wanted = new List<WantedDestination>();
        for (var position = 0; position < rule.Sets.Count; position++)
        {
            var set = rule.Sets[position];
            if (set.Rule is not null && !set.Rule.Evaluate(scope))
            {
                continue;
            }

            foreach (var source in set.Sources)
            {
                foreach (var destination in Read(source, scope))
                {
                    var isResolved = set.Treatment is RoleTreatment.ResolvedToUsers && destination.Kind is not DestinationKind.User;
                    wanted.Add(new WantedDestination(destination, position, isResolved));
                }
            }
        }

        return wanted;
    }

    /// <summary>Puts members in the place of their roles and groups, leaves out whom a set excludes, and, unless each destination has its own turn, keeps
    /// nobody twice (statements 4.10 and 4.11).</summary>
    public static List<Destination> Resolve(
        DestinationRule rule, IReadOnlyList<WantedDestination> wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>> members, in RuleScope scope)
    {
        var excluded = Excluded(rule, scope);
        var known = new HashSet<Destination>();
        var resolved = new List<Destination>();
        foreach (var item in wanted)
        {
            foreach (var destination in Expand(item, members))
            {
                var isLeftOut = excluded[item.Set].Contains(destination);
                var isDouble = rule.Plan is not PlanOption.PerDestinationInTurn && !isLeftOut && !known.Add(destination);
                if (!isLeftOut && !isDouble)
                {
                    resolved.Add(destination);
                }
            }
        }

        return resolved;
    }

    private static IEnumerable<Destination> Expand(WantedDestination item, IReadOnlyDictionary<Destination, IReadOnlyList<string>> members) =>
        item.IsResolved ? members[item.Destination].Select(Destination.User) : [item.Destination];

    private static HashSet<Destination>[] Excluded(DestinationRule rule, in RuleScope scope)
    {
        var excluded = new HashSet<Destination>[rule.Sets.Count];
        for (var position = 0; position < excluded.Length; position++)
        {
            excluded[position] = [];
            foreach (var source in rule.Sets[position].Except)
            {
                excluded[position].UnionWith(Read(source, scope));
            }
        }

        return excluded;
    }

    private static List<Destination> Read(DestinationSource source, in RuleScope scope)
    {
        switch (source)
        {
            case DestinationSource.Named named:
                return [named.Destination];
            case DestinationSource.Originator:
                return [Destination.User(scope.Process.Originator)];
            default:
                var field = (DestinationSource.FromField)source;
                return Names(scope.FieldsOf(field.Field.Scope)[field.Ordinal]).ConvertAll(name => Destination.Of(field.Kind, name));
        }
    }

    /// <summary>A text is one name, a list as many as it has elements; blank ones name nobody.</summary>
    private static List<string> Names(in FieldValue value)
    {
        var names = new List<string>();
        if (value.TryGet<string>(out var single))
        {
            names.Add(single);
        }
        else if (value.TryGet<IReadOnlyList<string>>(out var several))
        {
            names.AddRange(several);
        }

        names.RemoveAll(string.IsNullOrWhiteSpace);
        return names;
    }
}
