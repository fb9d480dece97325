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

            wanted.EnsureCapacity(wanted.Count + set.Sources.Count);
            for (var index = 0; index < set.Sources.Count; index++)
            {
                if (set.Sources[index] is DestinationSource.Named named)
                {
                    wanted.Add(Wanted(named.Destination, rule, position));
                    continue;
                }

                foreach (var destination in Read(set.Sources[index], scope))
                {
                    wanted.Add(Wanted(destination, rule, position));
                }
            }
        }

        return wanted;
    }

    private static WantedDestination Wanted(in Destination destination, DestinationRule rule, int position) =>
        new(destination, position, rule.Treatment is not RoleTreatment.Unresolved && destination.Kind is not DestinationKind.User);

    /// <summary>Whom the destinations come to before anybody is left out, each once.</summary>
    public static List<Destination> Members(IReadOnlyList<WantedDestination> wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>> members) =>
        [.. wanted.SelectMany(item => item.IsResolved ? members[item.Destination].Select(Destination.Known) : [item.Destination]).Distinct()];

    /// <summary>Puts members in the place of their roles and groups, leaves out whom a set excludes, and, unless each destination has its own turn, keeps
    /// nobody twice (statements 4.10 and 4.11).</summary>
    public static List<Destination> Resolve(
        DestinationRule rule, IReadOnlyList<WantedDestination> wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>> members, in RuleScope scope)
    {
        var excluded = Excluded(rule, scope);
        var resolved = new List<Destination>(wanted.Count);
        HashSet<Destination>? known = null;
        for (var index = 0; index < wanted.Count; index++)
        {
            var item = wanted[index];
            if (!item.IsResolved)
            {
                Add(item.Destination, item.Set);
                continue;
            }

            foreach (var member in members[item.Destination])
            {
                Add(Destination.Known(member), item.Set);
            }
        }

        return resolved;

        void Add(in Destination destination, int set)
        {
            if (excluded?[set]?.Contains(destination) ?? false)
            {
                return;
            }

            // Nobody can be there twice before there is one.
            if (rule.Plan is not PlanOption.PerDestinationInTurn && resolved.Count > 0)
            {
                known ??= new HashSet<Destination>(wanted.Count) { resolved[0] };
                if (!known.Add(destination))
                {
                    return;
                }
            }

            resolved.Add(destination);
        }
    }

    /// <summary>Whom each set leaves out; null where none leaves out anybody.</summary>
    private static HashSet<Destination>?[]? Excluded(DestinationRule rule, in RuleScope scope)
    {
        HashSet<Destination>?[]? excluded = null;
        for (var position = 0; position < rule.Sets.Count; position++)
        {
            for (var index = 0; index < rule.Sets[position].Except.Count; index++)
            {
                var source = rule.Sets[position].Except[index];
                excluded ??= new HashSet<Destination>?[rule.Sets.Count];
                (excluded[position] ??= []).UnionWith(Read(source, scope));
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
                return [Destination.Known(scope.Process.Originator)];
            case DestinationSource.ActorsOf actors:
                return [.. scope.Process.ActorsOf(actors.Activity).Select(Destination.Known)];
            default:
                var field = (DestinationSource.FromField)source;
                return NamesIn(scope.FieldsOf(field.Field.Scope)[field.Ordinal]).ConvertAll(name => Checked(field, name));
        }
    }

    /// <summary>The names of a field come from code and forms, so they are checked as those of the resolver are.</summary>
    private static Destination Checked(DestinationSource.FromField source, string name) => Names.ProblemOfParty(source.Kind, name) is { } problem
        ? throw new DataFieldException(
            source.Field.Name,
            $"'{source.Field.Name}' holds '{Names.Shown(name)}', which cannot be the name of a {Destination.Word(source.Kind)}: {problem}. Names have 1 to 256 characters (statement 4.11).")
        : Destination.Stored(source.Kind, name);

    /// <summary>A text is one name, a list as many as it has elements; blank ones name nobody.</summary>
    private static List<string> NamesIn(in FieldValue value)
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
