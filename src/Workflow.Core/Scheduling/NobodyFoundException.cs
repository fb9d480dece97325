using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Why an instance is in Error whose destination rule found nobody who could act (statements 4.12 and 4.13).</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Becomes the stored error of the instance, never thrown at a caller.")]
internal sealed class NobodyFoundException : Exception
{
    private NobodyFoundException(string message)
        : base(message)
    {
    }

    public static NobodyFoundException WithoutDestination(ActivityDefinition activity) => new(
        $"No destination set of '{activity.Name}' named anybody. Add a set that always applies, or choose another policy with WhenNobody. "
        + Failure.ThenRetry);

    /// <summary>Sets applied, and the resolver answers their questions with nobody (statement 4.8b).</summary>
    public static NobodyFoundException WithoutAnswer(ActivityDefinition activity, IReadOnlyList<string> questions) => new(
        $"The destination sets of '{activity.Name}' name nobody, and the resolver answers {string.Join(", ", questions.Select(name => $"'{name}'"))} with "
        + "nobody. Let it answer with somebody, add a set that names somebody, or choose another policy with WhenNobody. "
        + Failure.ThenRetry);

    /// <summary>Sets applied, and name only roles and groups that have no members.</summary>
    public static NobodyFoundException WithoutMembers(ActivityDefinition activity, IReadOnlyList<Destination> empty) => new(
        $"The destination sets of '{activity.Name}' name {DestinationWords.Of(empty)}, and the resolver names no "
        + $"members of {(empty.Count == 1 ? "it" : "them")}. "
        + $"Add somebody to {(empty.Count == 1 ? $"the {empty[0]}" : "one of them")} or to the sets, or choose another policy with WhenNobody. "
        + Failure.ThenRetry);

    /// <summary>The sets came to somebody, and left them all out (statement 4.10).</summary>
    public static NobodyFoundException AllLeftOut(
        ActivityDefinition activity, IReadOnlyList<Destination> named, IReadOnlyList<Destination> found, string originator)
    {
        var isOriginator = found.Contains(Destination.Known(originator)) ? $", where '{originator}' is the originator" : "";
        return new NobodyFoundException(
            $"The destination sets of '{activity.Name}' name {DestinationWords.Of(named)}, and leave out everybody who was found there: "
                + $"{DestinationWords.Of(found)}{isOriginator}. "
            + $"Add somebody else to the role or to the sets, or choose another policy with WhenNobody. {Failure.ThenRetry}");
    }

    /// <summary>A task has a computed number of slots. A fixed number below 1 cannot be built, and a slot for each destination needs a destination
    /// first.</summary>
    public static NobodyFoundException WithoutSlot(ActivityDefinition activity) => new(
        activity.DestinationRule.Slots is SlotAllocation.Counted { Count: var count }
            ? $"The number of slots, '{RuleWriter.Of(count)}', is null or below 1, so nobody could act on the task of '{activity.Name}'. "
                + $"Set the fields that it reads before, or choose another policy with WhenNobody. {Failure.ThenRetry}"
            : throw new UnreachableException());
}
