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
}
