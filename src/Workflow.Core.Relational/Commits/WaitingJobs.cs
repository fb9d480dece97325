namespace Workflow.Core.Relational.Commits;

/// <summary>Jobs that wait for a connection. Those that somebody waits for pass those of the engine's own work, but never keep them out. The caller guards
/// it.</summary>
/// <param name="most">How many jobs go together at most.</param>
internal sealed class WaitingJobs<T>(int most)
    where T : WriterJob
{
    /// <summary>How long somebody counts as still being there, in milliseconds.</summary>
    private const long Lately = 100;

    private readonly Queue<T> _wanted = new();
    private readonly Queue<T> _background = new();
    private long _wantedAt = long.MinValue / 2;

    public bool IsEmpty => _wanted.Count == 0 && _background.Count == 0;

    /// <summary>Whether a job that comes now goes behind others.</summary>
    public bool AreBefore(T job) => _wanted.Count > 0 || (job.IsBackground && _background.Count > 0);

    /// <summary>A job comes, whether it has to wait or not.</summary>
    /// <param name="job">The job.</param>
    /// <param name="now">The time in milliseconds, by a clock that only goes forward.</param>
    public void Note(T job, long now) => _wantedAt = job.IsBackground ? _wantedAt : now;

    public void Add(T job) => (job.IsBackground ? _background : _wanted).Enqueue(job);

    /// <summary>Takes the jobs that go together next.</summary>
    /// <param name="group">Where they are added; empty.</param>
    /// <param name="now">The time in milliseconds.</param>
    /// <param name="few">How many jobs of the engine's own work may go together while others come now and then: whoever comes next waits for them.</param>
    /// <param name="takesBackground">Whether jobs of the engine's own work may go without others.</param>
    public void Take(List<T> group, long now, int few, bool takesBackground = true)
    {
        Move(_wanted, group, most);
        if (group.Count > 0 || takesBackground)
        {
            Move(_background, group, Math.Min(now - _wantedAt < Lately ? few : most, most - group.Count));
        }
    }

    private static void Move(Queue<T> from, List<T> group, int count)
    {
        for (; count > 0 && from.TryDequeue(out var job); count--)
        {
            group.Add(job);
        }
    }
}
