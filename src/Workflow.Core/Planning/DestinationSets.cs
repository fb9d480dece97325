using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>Finds the destination sets that apply, and their users, groups and roles (statements 4.1, 4.8, 4.10 and 4.11).</summary>
internal static class DestinationSets
{
    /// <summary>The destinations of all sets whose rule is true, in definition order, roles and groups as they are.</summary>
    /// <returns>The destinations, and the questions by name whose answers stand among them; null for none.</returns>
    public static (List<WantedDestination> Wanted, List<AskedQuestion>? Asked) Collect(DestinationRule rule, in RuleScope scope)
    {
        List<AskedQuestion>? asked = null;

        // Most rules have one set, which says each of its destinations by itself.
        var wanted = new List<WantedDestination>(rule.Sets is [var first, ..] ? first.Sources.Count : 0);
        for (var position = 0; position < rule.Sets.Count; position++)
        {
            var set = rule.Sets[position];
            if (!Applies(set, scope))
            {
                continue;
            }

            for (var index = 0; index < set.Sources.Count; index++)
            {
                if (set.Sources[index] is DestinationSource.Named named)
                {
                    wanted.Add(Wanted(named.Destination, rule, position));
                    continue;
                }

                if (set.Sources[index] is DestinationSource.OfQuestion asking)
                {
                    (asked ??= []).Add(
                        new AskedQuestion(asking.Question.Read(scope), position, wanted.Count, rule.Treatment is not RoleTreatment.Unresolved));
                    continue;
                }

                foreach (var destination in Read(set.Sources[index], scope))
                {
                    wanted.Add(Wanted(destination, rule, position));
                }
            }
        }

        return (wanted, asked);
    }

    /// <summary>Those whom the sets whose rule is true leave out, in definition order; null where the rule leaves out nobody.</summary>
    public static List<LeftOut>? LeftOut(DestinationRule rule, in RuleScope scope)
    {
        if (!rule.LeavesOut)
        {
            return null;
        }

        var leftOut = new List<LeftOut>();
        for (var position = 0; position < rule.Sets.Count; position++)
        {
            var set = rule.Sets[position];
            if (set.Except.Count > 0 && Applies(set, scope))
            {
                var users = new List<Destination>();
                foreach (var source in set.Except)
                {
                    users.AddRange(Read(source, scope));
                }

                leftOut.Add(new LeftOut(position, users));
            }
        }

        return leftOut;
    }

    private static WantedDestination Wanted(in Destination destination, DestinationRule rule, int position) =>
        new(destination, position, rule.Treatment is not RoleTreatment.Unresolved && destination.Kind is not DestinationKind.User);

    /// <summary>Puts members in the place of their roles and groups, and leaves out the users whom a set excludes (statement 4.10). It keeps nobody twice,
    /// unless each destination has its own turn (statement 4.11).</summary>
    public static List<Destination> Resolve(
        DestinationRule rule,
        IReadOnlyList<WantedDestination> wanted,
        IReadOnlyList<LeftOut>? leftOut,
        IReadOnlyDictionary<Destination, IReadOnlyList<string>> members)
    {
        var excluded = Excluded(rule, leftOut);
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

    /// <summary>Those whom the sets that apply leave out, and no other of them names (statement 4.10). Somebody may belong to a role or group that another set
    /// names without leaving them out. This role or group is told with them, because its members change with time. Members who were put in the place of a role
    /// once do not change.</summary>
    /// <returns>In the order of the definition; null when no set leaves anybody out.</returns>
    public static List<Exclusion>? Exclusions(
        DestinationRule rule,
        IReadOnlyList<WantedDestination> wanted,
        IReadOnlyList<LeftOut>? leftOut,
        IReadOnlyDictionary<Destination, IReadOnlyList<string>> members)
    {
        if (leftOut is null)
        {
            return null;
        }

        var excluded = Excluded(rule, leftOut);
        var named = Named(rule, wanted, members, excluded);
        var exclusions = new List<Exclusion>();
        foreach (var (set, users) in leftOut)
        {
            foreach (var user in users)
            {
                if (named.Add(user))
                {
                    exclusions.Add(new Exclusion(user.Name, rule.Sets[set].Name, Through(rule, wanted, user, excluded)));
                }
            }
        }

        return exclusions;
    }

    /// <summary>The present members of the followed roles and groups, each once, without the excluded ones (statements 4.9 and 4.10).</summary>
    public static List<Destination> Followed(
        IReadOnlyList<WantedDestination> wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>> members, DestinationPlanning planning)
    {
        var known = new HashSet<Destination>();
        var followed = new List<Destination>();
        foreach (var item in wanted)
        {
            foreach (var user in Found(item, members))
            {
                if ((planning.ExclusionOf(user.Name) is not { } exclusion || exclusion.Through.Contains(item.Destination)) && known.Add(user))
                {
                    followed.Add(user);
                }
            }
        }

        return followed;
    }

    /// <summary>The result for one of the wanted destinations: the members where it is resolved, and itself otherwise.</summary>
    public static IEnumerable<Destination> Found(WantedDestination wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>> members) =>
        wanted.IsResolved ? members[wanted.Destination].Select(Destination.Known) : [wanted.Destination];

    private static bool Applies(DestinationSet set, in RuleScope scope) => set.Rule is null || set.Rule.Evaluate(scope);

    /// <summary>The users whom a set names for good, and does not leave out itself.</summary>
    private static HashSet<Destination> Named(
        DestinationRule rule,
        IReadOnlyList<WantedDestination> wanted,
        IReadOnlyDictionary<Destination, IReadOnlyList<string>> members,
        HashSet<Destination>?[]? excluded)
    {
        var named = new HashSet<Destination>();
        foreach (var item in wanted)
        {
            if (!item.IsResolved)
            {
                Add(item.Destination, item.Set);
                continue;
            }

            foreach (var member in rule.IsKeptSynchronized ? [] : members[item.Destination])
            {
                Add(Destination.Known(member), item.Set);
            }
        }

        return named;

        void Add(in Destination destination, int set)
        {
            if (excluded?[set]?.Contains(destination) is not true)
            {
                named.Add(destination);
            }
        }
    }

    /// <summary>The roles and groups whose members change with time, of the sets that do not leave a user out.</summary>
    private static List<Destination> Through(
        DestinationRule rule, IReadOnlyList<WantedDestination> wanted, in Destination user, HashSet<Destination>?[]? excluded)
    {
        var through = new List<Destination>();
        foreach (var item in wanted)
        {
            if (item.Destination.Kind is not DestinationKind.User
                && rule.Treatment is not RoleTreatment.ResolvedToUsers
                && excluded?[item.Set]?.Contains(user) is not true
                && !through.Contains(item.Destination))
            {
                through.Add(item.Destination);
            }
        }

        return through;
    }

    /// <summary>Those whom each set leaves out; null where none leaves out anybody.</summary>
    private static HashSet<Destination>?[]? Excluded(DestinationRule rule, IReadOnlyList<LeftOut>? leftOut)
    {
        HashSet<Destination>?[]? excluded = null;
        foreach (var (set, users) in leftOut ?? [])
        {
            excluded ??= new HashSet<Destination>?[rule.Sets.Count];
            excluded[set] = [.. users];
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
                return DestinationSource.FromField.NamesIn(scope.FieldsOf(field.Field.Scope)[field.Ordinal]).ConvertAll(name => Checked(field, name));
        }
    }

    /// <summary>The names of a field come from code and forms, so they are checked as those of the resolver are.</summary>
    private static Destination Checked(DestinationSource.FromField source, string name) => Names.ProblemOfParty(source.Kind, name) is { } problem
        ? throw new DataFieldException(
            source.Field.Name,
            "4.11",
            $"'{source.Field.Name}' holds '{Names.Printable(name)}', which cannot be the name of a {Destination.Word(source.Kind)}: {problem}. Names have 1 to "
                + $"256 characters.")
        : Destination.Stored(source.Kind, name);
}
