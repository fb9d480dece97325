namespace Workflow.Core.Instances;

/// <summary>The users who have acted in the activities whose actors another activity leaves out (statement 4.10). Of each activity, the latest run in which
/// somebody acted counts.</summary>
internal sealed class ActorNotes
{
    private readonly List<ActivityActors> _all = [];
    private bool _areStored;

    public IReadOnlyList<ActivityActors> All => _all;

    /// <summary>Whether the next commit has to write them.</summary>
    public bool AreChanged { get; private set; }

    /// <summary>Whether the next commit stores them for the first time, so that the header must announce them.</summary>
    public bool AreNew => AreChanged && !_areStored;

    /// <summary>Notes who has acted in a run, when the slots that tell it are about to be forgotten. A later run takes the place of an earlier one.</summary>
    public void Note(ActivityInstance activity, IEnumerable<string> users)
    {
        var known = Of(activity.Name);
        if (known is null || known.Run < activity.Id)
        {
            _all.RemoveAll(item => item == known);
            _all.Add(known = new ActivityActors(activity.Name, activity.Id, []));
        }

        if (known.Run == activity.Id)
        {
            known.Users.AddRange(users);
            AreChanged = true;
        }
    }

    public ActivityActors? Of(string activity) => _all.Find(item => string.Equals(item.Activity, activity, StringComparison.Ordinal));

    /// <summary>The users who have acted in an activity, in its latest run that somebody acted in (statement 4.10).</summary>
    public static IReadOnlyList<string> Of(string activity, ActorNotes? notes, List<ActivityInstance> running)
    {
        var noted = notes?.Of(activity);
        var latest = running.FindLast(item => string.Equals(item.Name, activity, StringComparison.Ordinal) && item.CompletedSlots > 0);
        return latest is not null && latest.Id >= (noted?.Run ?? 0)
            ? [.. latest.Actors(), .. noted?.Run == latest.Id ? noted.Users : []]
            : noted?.Users ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Activities have other names in another version.</summary>
    /// <param name="activity">Gives the name there of an activity.</param>
    public void Rename(Func<string, string> activity)
    {
        for (var index = 0; index < _all.Count; index++)
        {
            if (activity(_all[index].Activity) is var name && name != _all[index].Activity)
            {
                _all[index] = _all[index] with { Activity = name };
                AreChanged = true;
            }
        }
    }

    public void MarkStored()
    {
        _areStored |= AreChanged;
        AreChanged = false;
    }

    /// <summary>Restores the stored state.</summary>
    public void Restore(ActivityActors actors)
    {
        _all.Add(actors);
        _areStored = true;
    }
}
