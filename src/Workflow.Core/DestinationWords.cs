using System.Globalization;

namespace Workflow.Core;

/// <summary>Several destinations in a message.</summary>
internal static class DestinationWords
{
    /// <summary>So many are named, so that a message stays a sentence.</summary>
    private const int NamedAtMost = 5;

    /// <summary>Names the first few.</summary>
    /// <returns>For example <c>role Managers, group Clerks</c>.</returns>
    public static string Of(IReadOnlyList<Destination> destinations)
    {
        var named = string.Join(", ", destinations.Take(NamedAtMost));
        return destinations.Count > NamedAtMost ? $"{named} and {(destinations.Count - NamedAtMost).Invariant()} more" : named;
    }

    /// <summary>Why a host that has no resolver does not know a role or group, and what to do.</summary>
    public static string WithoutResolver(Destination roleOrGroup) =>
        $"WorkflowOptions.DestinationResolver is not set, so no role or group is known, and the {roleOrGroup} is not either. "
        + $"Set it to a resolver, for example {ResolverOf(roleOrGroup)}.";

    /// <summary>A resolver that knows a role or group, in C#.</summary>
    public static string ResolverOf(Destination roleOrGroup) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""new StaticDestinations { { Destination.{{roleOrGroup.Kind}}("{{Names.Printable(roleOrGroup.Name)}}"), "ann", "bob" } }""");

    /// <summary>Why a host that has no resolver does not know a question, and what to do.</summary>
    public static string WithoutResolver(string question) =>
        $"WorkflowOptions.DestinationResolver is not set, so no question is known, and the question '{question}' is not either. "
        + $"Set it to a resolver, for example {ResolverOf(question)}.";

    /// <summary>A resolver that knows a question, in C#.</summary>
    public static string ResolverOf(string question) =>
        $"new StaticDestinations().Answers(\"{question}\", asked => [Destination.User(\"ann\")])";
}
