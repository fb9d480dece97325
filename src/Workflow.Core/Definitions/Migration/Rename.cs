using System.Diagnostics;

namespace Workflow.Core.Definitions.Migration;

/// <summary>An element of an old version, and the name of its successor.</summary>
/// <param name="Kind">The kind of element.</param>
/// <param name="Within">The old names of the activity and the event that it is part of; empty for the process.</param>
/// <param name="From">Its old name.</param>
/// <param name="To">Its new name.</param>
internal sealed record Rename(ElementKind Kind, IReadOnlyList<string> Within, string From, string To)
{
    /// <summary>The element, in words.</summary>
    public string Element => Words(Kind, Within, From);

    /// <summary>Whether it is for an element of a kind in an activity, in an event, or in the process.</summary>
    public bool IsFor(ElementKind kind, IReadOnlyList<string> within) => Kind == kind && Within.SequenceEqual(within, StringComparer.Ordinal);

    /// <summary>An element, in words.</summary>
    public static string Words(ElementKind kind, IReadOnlyList<string> within, string name)
    {
        var element = $"{Word(kind)} '{Names.Printable(name)}'";
        return within.Count switch
        {
            0 => element,
            1 => $"{element} of activity '{Names.Printable(within[0])}'",
            _ => $"{element} of event '{Names.Printable(within[1])}' of activity '{Names.Printable(within[0])}'",
        };
    }

    /// <summary>The kind in one word, or in two.</summary>
    public static string Word(ElementKind kind) => kind switch
    {
        ElementKind.Activity => "activity",
        ElementKind.Line => "line",
        ElementKind.Field => "data field",
        ElementKind.Event => "event",
        ElementKind.Action => "action",
        ElementKind.Outcome => "outcome",
        ElementKind.Escalation => "escalation",
        _ => throw new UnreachableException(),
    };
}
