namespace Workflow.Core.Instances;

/// <summary>One of those who may act on a task: a destination, or a delegate of one (statement 1.12).</summary>
/// <param name="Destination">The user, group or role.</param>
/// <param name="ActingFor">The user who has delegated the task to it; null for a destination itself.</param>
/// <param name="Actions">The actions that are delegated; null for all that the user who delegated may take, and for a destination itself.</param>
public readonly record struct DestinationEntry(Destination Destination, string? ActingFor, IReadOnlyList<string>? Actions)
{
    /// <summary>Whether it is a user, a group or a role.</summary>
    public DestinationKind Kind => Destination.Kind;

    /// <summary>Its name.</summary>
    public string Name => Destination.Name;

    /// <summary>Kind and name, and for whom it acts.</summary>
    /// <returns>For example <c>user ann</c>, or <c>group Clerks for ann</c>.</returns>
    public override string ToString() => ActingFor is null ? Destination.ToString() : $"{Destination} for {ActingFor}";

    internal static DestinationEntry Itself(Destination destination) => new(destination, ActingFor: null, Actions: null);

    internal static DestinationEntry Of(Delegation delegation) => new(delegation.To, delegation.By, delegation.Actions);
}
