namespace Workflow.Core.Instances;

/// <summary>The sleep into which a user has put a worklist item (statement 1.10).</summary>
/// <param name="User">The user.</param>
/// <param name="Party">The one for whom the user acts on it: themselves, or another.</param>
/// <param name="Until">When it wakes; null for when it is woken.</param>
/// <param name="Timer">The number of the timer of the event that wakes it; 0 for none.</param>
internal sealed record ItemSleep(string User, string Party, DateTimeOffset? Until, int Timer)
{
    public bool IsOf(string user, string party) => Names.Same(User, user) && Names.Same(Party, party);
}
