namespace Workflow.Core.Instances;

/// <summary>The activities of a definition that exclude each other, by their positions (statement 13.1f).</summary>
/// <param name="groups">The members of each group.</param>
internal sealed class ActivityGroups(IReadOnlyList<int[]> groups)
{
    /// <summary>Whether two activities have a group in common. A member excludes itself: it may be entered twice.</summary>
    public bool Exclude(int one, int other)
    {
        foreach (var members in groups)
        {
            if (members.Contains(one) && members.Contains(other))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an activity is in a group.</summary>
    public bool Has(int position) => Exclude(position, position);
}
