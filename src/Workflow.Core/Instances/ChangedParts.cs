namespace Workflow.Core.Instances;

/// <summary>The activity instances and destinations that the next commit has to write, each kind as a chain in the order of the first change.</summary>
internal struct ChangedParts
{
    private ActivityInstance? _lastActivity;
    private ActivityInstanceDestination? _lastDestination;

    public ActivityInstance? FirstActivity { get; private set; }

    public ActivityInstanceDestination? FirstDestination { get; private set; }

    public void Add(ActivityInstance activity)
    {
        FirstActivity ??= activity;
        _lastActivity?.NextChanged = activity;
        _lastActivity = activity;
    }

    public void Add(ActivityInstanceDestination destination)
    {
        FirstDestination ??= destination;
        _lastDestination?.NextChanged = destination;
        _lastDestination = destination;
    }

    /// <summary>Has the activity instances count which of the destinations can still answer. Those whose count changes are changed, too.</summary>
    public readonly void CountWork()
    {
        for (var destination = FirstDestination; destination is not null; destination = destination.NextChanged)
        {
            if (destination.Activity is { IsForgotten: false, SeveralDestinations: { } several } activity && several.CountWork(destination))
            {
                activity.Touch();
            }
        }
    }

    /// <summary>The commit that carried the changes went through.</summary>
    public void MarkStored()
    {
        for (var activity = FirstActivity; activity is not null;)
        {
            var next = activity.NextChanged;
            activity.MarkStored();
            activity = next;
        }

        for (var destination = FirstDestination; destination is not null;)
        {
            var next = destination.NextChanged;
            destination.MarkStored();
            destination = next;
        }

        this = default;
    }
}
