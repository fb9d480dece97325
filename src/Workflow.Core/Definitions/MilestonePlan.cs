using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>The data fields that the milestones of a definition read, worked out once (statement 13.1j). A definition without milestones has none, and a write
/// of a field that no milestone reads costs nothing.</summary>
internal sealed class MilestonePlan
{
    private readonly int[][] _readers;
    private readonly bool[][] _own;

    private MilestonePlan(ActivityDefinition[] activities, FieldTable processFields)
    {
        _readers =
        [
            .. processFields.Names.Select(name => activities
                .Where(activity => Reads(activity, FieldScope.Process, name))
                .Select(activity => activity.Ordinal)
                .ToArray()),
        ];
        _own = [.. activities.Select(activity => activity.ActivityFields.Names.Select(name => Reads(activity, FieldScope.Activity, name)).ToArray())];
    }

    /// <summary>The plan of a definition; null where it has no milestone.</summary>
    public static MilestonePlan? Of(ActivityDefinition[] activities, FieldTable processFields) =>
        Array.Exists(activities, activity => activity.Milestone is not null) ? new MilestonePlan(activities, processFields) : null;

    /// <summary>The positions of the activities whose milestone reads a process field.</summary>
    public int[] ReadersOf(int field) => _readers[field];

    /// <summary>Whether the milestone of an activity reads a field of it.</summary>
    public bool ReadsOwn(int activity, int field) => _own[activity][field];

    /// <summary>A predicate that is code may read every field that it can see.</summary>
    private static bool Reads(ActivityDefinition activity, FieldScope scope, string name) => activity.Milestone is not null
        && (activity.MilestoneReads!.Code is not null || activity.MilestoneReads.Fields.Any(field => field.Scope == scope && field.Name == name));
}
