namespace Workflow.Core.Persistence;

/// <summary>The parts of a large process instance in memory, each for itself: a commit costs what it changes, and reading a few costs what is read
/// (statement 14.6).</summary>
internal sealed class ManyParts
{
    private readonly Dictionary<PartKey, byte[]> _contents = [];
    private readonly SortedSet<PartKey> _keys = [];

    public void Store(in StoredPart part)
    {
        if (!_contents.ContainsKey(part.Key))
        {
            _keys.Add(part.Key);
        }

        _contents[part.Key] = part.Content.ToArray();
    }

    public void Apply(Commit commit)
    {
        for (var index = 0; index < commit.EndedActivities.Count; index++)
        {
            var activity = commit.EndedActivities[index];
            foreach (var key in Between(new PartKey(activity, 0), new PartKey(activity, int.MaxValue, int.MaxValue)).ToList())
            {
                Remove(key);
            }
        }

        for (var index = 0; index < commit.RemovedParts.Count; index++)
        {
            Remove(commit.RemovedParts[index]);
        }

        for (var index = 0; index < commit.Parts.Count; index++)
        {
            Store(commit.Parts[index]);
        }
    }

    public IReadOnlyList<StoredPart> Read() => [.. _keys.Select(Part)];

    public IReadOnlyList<StoredPart> Read(int activityInstance, int destination) =>
    [
        .. new[] { PartKey.Header }.Where(_contents.ContainsKey)
            .Concat(Between(new PartKey(activityInstance, 0), new PartKey(activityInstance, 0, int.MaxValue)))
            .Concat(Between(new PartKey(activityInstance, destination), new PartKey(activityInstance, destination, int.MaxValue)))
            .Select(Part),
    ];

    private SortedSet<PartKey> Between(PartKey first, PartKey last) => _keys.GetViewBetween(first, last);

    private void Remove(PartKey key)
    {
        _keys.Remove(key);
        _contents.Remove(key);
    }

    private StoredPart Part(PartKey key) => new(key, _contents[key]);
}
