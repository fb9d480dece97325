using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>How many destinations a destination rule can come to. Each set with a rule is tried with the rule true and false. Every named user, and a stranger,
/// is tried as the originator. A role that is not resolved is one destination.</summary>
/// <param name="All">In ascending order, without zero: nobody is up to a policy of its own (statement 4.12).</param>
/// <param name="IsOpen">Whether there can be any greater number, since only data or the resolver tell.</param>
/// <param name="Choices">How many things that do not depend on each other decide the number. With more than one, some numbers may never come about.</param>
internal sealed record DestinationNumbers(IReadOnlyList<int> All, bool IsOpen, int Choices)
{
    private const int MostSetsWithRule = 6;
    private const int SeveralChoices = 2;

    public static DestinationNumbers Of(DestinationRule rule)
    {
        var withRule = rule.Sets.Count(set => set.Rule is not null);
        if (rule.Sets.Count == 0 || withRule > MostSetsWithRule)
        {
            return new DestinationNumbers([.. Enumerable.Range(1, AnswerTrial.MostSlots)], IsOpen: true, SeveralChoices);
        }

        var isOriginatorAsked = rule.Sets.Any(set => set.Sources.Concat(set.Except).Any(source => source is DestinationSource.Originator));
        var numbers = new SortedSet<int>();
        foreach (var originator in Originators(rule, isOriginatorAsked))
        {
            for (var trueRules = 0; trueRules < 1 << withRule; trueRules++)
            {
                numbers.Add(Count(rule, trueRules, originator, isLeast: true));
                numbers.Add(Count(rule, trueRules, originator, isLeast: false));
            }
        }

        var isOpen = rule.Sets.SelectMany(set => set.Sources).Any(source => IsUnknown(source, rule.Treatment));
        if (isOpen || rule.Sets.Any(ExcludesUnknown))
        {
            var least = Math.Max(numbers.Min, 1);
            var most = isOpen ? Math.Max(least, AnswerTrial.MostSlots) : numbers.Max;
            return new DestinationNumbers([.. Enumerable.Range(least, Math.Max(most - least + 1, 0))], isOpen, IsUpToOneRole(rule) ? 1 : SeveralChoices);
        }

        numbers.Remove(0);
        return new DestinationNumbers([.. numbers], IsOpen: false, numbers.Count > 1 ? withRule + (isOriginatorAsked ? 1 : 0) : 0);
    }

    /// <summary>Whether one role or group alone decides the number: it may have any number of members.</summary>
    private static bool IsUpToOneRole(DestinationRule rule) => rule.Sets is [{ Rule: null } only] && !ExcludesUnknown(only)
        && only.Sources.All(source => source is DestinationSource.Named) && only.Sources.Count(source => IsUnknown(source, rule.Treatment)) == 1;

    private static IEnumerable<Destination> Originators(DestinationRule rule, bool isOriginatorAsked)
    {
        var named = rule.Sets.SelectMany(set => set.Sources).OfType<DestinationSource.Named>().Select(source => source.Destination).Distinct().ToList();
        var stranger = Destination.Known(string.Concat(named.Select(destination => destination.Name)) + "?");
        return isOriginatorAsked
            ? named.Where(destination => destination.Kind is DestinationKind.User)
                .DistinctBy(user => PlacesOf(rule, user), StringComparer.Ordinal).Prepend(stranger)
            : [stranger];
    }

    /// <summary>In which sets a user is named and left out. Users for whom it is the same come to the same number as originators.</summary>
    private static string PlacesOf(DestinationRule rule, Destination user) =>
        string.Join(' ', rule.Sets.Select(set => $"{TimesIn(set.Sources, user).Invariant()}-{TimesIn(set.Except, user).Invariant()}"));

    private static int TimesIn(IReadOnlyList<DestinationSource> sources, Destination user) =>
        sources.Count(source => source is DestinationSource.Named named && named.Destination == user);

    /// <summary>How many destinations are written in the definition or are the originator.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="trueRules">A bit for each set with a rule: whether the rule is true.</param>
    /// <param name="originator">The originator.</param>
    /// <param name="isLeast">Whether an exclusion that only data tell leaves out the whole set; otherwise it leaves out nobody.</param>
    private static int Count(DestinationRule rule, int trueRules, Destination originator, bool isLeast)
    {
        var destinations = new List<Destination>();
        foreach (var set in rule.Sets)
        {
            var applies = true;
            if (set.Rule is not null)
            {
                applies = (trueRules & 1) != 0;
                trueRules >>= 1;
            }

            if (applies && !(isLeast && ExcludesUnknown(set)))
            {
                var except = Known(set.Except, RoleTreatment.Unresolved, originator).ToHashSet();
                destinations.AddRange(Known(set.Sources, rule.Treatment, originator).Where(destination => !except.Contains(destination)));
            }
        }

        return rule.Plan is PlanOption.PerDestinationInTurn ? destinations.Count : destinations.Distinct().Count();
    }

    private static bool ExcludesUnknown(DestinationSet set) => set.Except.Any(source => IsUnknown(source, RoleTreatment.Unresolved));

    private static bool IsUnknown(DestinationSource source, RoleTreatment treatment) => source switch
    {
        DestinationSource.Named named => named.Destination.Kind is not DestinationKind.User && treatment is not RoleTreatment.Unresolved,
        DestinationSource.Originator => false,
        _ => true,
    };

    private static IEnumerable<Destination> Known(IReadOnlyList<DestinationSource> sources, RoleTreatment treatment, Destination originator) => sources
        .Where(source => !IsUnknown(source, treatment))
        .Select(source => source is DestinationSource.Named named ? named.Destination : originator);
}
