namespace Workflow.Core.Instances;

/// <summary>The answers of the resolver to a destination rule.</summary>
/// <param name="Members">The members of the roles and groups that are resolved.</param>
/// <param name="Named">The answers to questions by name.</param>
internal sealed record ResolverAnswers(
    IReadOnlyDictionary<Destination, IReadOnlyList<string>> Members, IReadOnlyDictionary<NamedQuestion, IReadOnlyList<Destination>> Named)
{
    private static readonly Dictionary<NamedQuestion, IReadOnlyList<Destination>> NoneNamed = [];

    public ResolverAnswers(IReadOnlyDictionary<Destination, IReadOnlyList<string>> members)
        : this(members, NoneNamed)
    {
    }

    /// <summary>No answers, for a rule that asks nothing.</summary>
    public static ResolverAnswers None { get; } = new(new Dictionary<Destination, IReadOnlyList<string>>());

    /// <summary>The list that gives slots their instance data; null for none.</summary>
    public FieldValue List { get; init; }

    /// <summary>All destinations of a rule in their order: each answer stands where its question was.</summary>
    public static IReadOnlyList<WantedDestination> InPlace(
        IReadOnlyList<WantedDestination> wanted, IReadOnlyList<AskedQuestion> asked, IReadOnlyDictionary<NamedQuestion, IReadOnlyList<Destination>> named)
    {
        if (asked.Count == 0)
        {
            return wanted;
        }

        var all = new List<WantedDestination>(wanted.Count);
        var next = 0;
        foreach (var question in asked)
        {
            for (; next < question.Before; next++)
            {
                all.Add(wanted[next]);
            }

            foreach (var destination in named[question.Question])
            {
                all.Add(question.Wanted(destination));
            }
        }

        for (; next < wanted.Count; next++)
        {
            all.Add(wanted[next]);
        }

        return all;
    }

    /// <summary>All destinations of a rule in their order.</summary>
    public IReadOnlyList<WantedDestination> InPlace(IReadOnlyList<WantedDestination> wanted, IReadOnlyList<AskedQuestion> asked) =>
        InPlace(wanted, asked, Named);
}
