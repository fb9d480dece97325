using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>An action that is being taken: where, by whom and when (statement 2.1).</summary>
/// <param name="Destination">The destination of the task.</param>
/// <param name="User">The user who acts.</param>
/// <param name="Party">The user who takes part: the one who acts, or the one on whose behalf they do.</param>
/// <param name="Now">The instant.</param>
internal sealed record ActionTaking(ActivityInstanceDestination Destination, string User, string Party, DateTimeOffset Now)
{
    /// <summary>The one on whose behalf the action is taken; null for nobody else.</summary>
    public string? OnBehalfOf => Names.Same(Party, User) ? null : Party;
}
