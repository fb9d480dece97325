namespace Workflow.Core.Relational.Commits;

/// <summary>Jobs that wait for a connection. Those that somebody waits for pass those of the engine's own work, but never keep them out. The caller guards
/// it.</summary>
/// <param name="most">How many jobs go together at most.</param>
internal sealed class WaitingJobs<T>(int most)
    where T : WriterJob
{
    /// <summary>How long somebody counts as still being there, and how long the engine's own work lets others pass at a time, in milliseconds.</summary>
    private const long Lately = 100;

    private readonly Queue<T> _wanted = new();
    private readonly Queue<T> _background = new();
    private long _wantedAt = long.MinValue / 2;

    /// <summary>Since when none of the engine's own work has gone, while some was waiting.</summary>
    private long _passedSince;

    public bool IsEmpty => _wanted.Count == 0 && _background.Count == 0;

    /// <summary>Whether a job that comes now goes behind others. Nobody passes the engine's own work when that has let others pass for long enough.</summary>
    /// <param name="job">The job.</param>
    /// <param name="now">The time in milliseconds.</param>
    public bool AreBefore(T job, long now) => _wanted.Count > 0 || (_background.Count > 0 && (job.IsBackground || IsOverdue(now)));

    /// <summary>A job comes, whether it has to wait or not.</summary>
    /// <param name="job">The job.</param>
    /// <param name="now">The time in milliseconds, by a clock that only goes forward.</param>
    public void Note(T job, long now) => _wantedAt = job.IsBackground ? _wantedAt : now;

    /// <summary>A job has to wait.</summary>
    /// <param name="job">The job.</param>
    /// <param name="now">The time in milliseconds.</param>
    public void Add(T job, long now)
    {
        _passedSince = _background.Count == 0 ? now : _passedSince;
        (job.IsBackground ? _background : _wanted).Enqueue(job);
    }

    /// <summary>Takes the jobs that go together next.</summary>
    /// <param name="group">Where they are added; empty.</param>
    /// <param name="now">The time in milliseconds.</param>
    /// <param name="few">How many jobs of the engine's own work may go together while others come now and then: whoever comes next waits for them. There is
    /// room for so many in each group, however many others wait.</param>
    /// <param name="takesBackground">Whether jobs of the engine's own work may go without others. They may in any case when they have let others pass for long
    /// enough.</param>
    public void Take(List<T> group, long now, int few, bool takesBackground = true)
    {
        var some = Math.Min(few, most / 2);
        Move(_wanted, group, most - Math.Min(some, _background.Count));
        if (_background.Count > 0 && (group.Count > 0 || takesBackground || IsOverdue(now)))
        {
            Move(_background, group, Math.Min(now - _wantedAt < Lately ? some : most, most - group.Count));
            _passedSince = now;
        }
    }

    /// <summary>Adds jobs that have come since the group was taken, if there is room in it.</summary>
    /// <param name="group">The jobs that are about to go.</param>
    /// <param name="now">The time in milliseconds.</param>
    /// <param name="few">How many jobs of the engine's own work may go together while others come now and then.</param>
    /// <returns>Whether any was added.</returns>
    public bool TakeMore(List<T> group, long now, int few)
    {
        var count = group.Count;
        var own = group.Count(job => job.IsBackground);
        Move(_wanted, group, most - group.Count);
        var room = Math.Min((now - _wantedAt < Lately ? Math.Min(few, most / 2) : most) - own, most - group.Count);
        if (room > 0 && _background.Count > 0)
        {
            Move(_background, group, room);
            _passedSince = now;
        }

        return group.Count > count;
    }

    private bool IsOverdue(long now) => now - _passedSince >= Lately;

    private static void Move(Queue<T> from, List<T> group, int count)
    {
        for (; count > 0 && from.TryDequeue(out var job); count--)
        {
            group.Add(job);
        }
    }
}
