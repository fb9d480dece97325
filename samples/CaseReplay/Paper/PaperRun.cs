using Cases.Data;

namespace Cases.Paper;

/// <summary>One case played through on paper: which activities must be open after each step, and which arrivals must have expired.</summary>
public sealed class PaperRun
{
    private readonly PaperProcess _process;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private readonly List<string> _expired = [];

    public PaperRun(PaperProcess process)
    {
        _process = process;
        foreach (var (name, value) in process.Fields)
        {
            _fields.Add(name, value);
        }

        Follow(process.Start);
    }

    /// <summary>The activities that must be open now, in alphabetical order; an activity that is open twice is there twice.</summary>
    public IReadOnlyList<string> Open => _open;

    /// <summary>The activities that must have expired at their preceding rule, in alphabetical order.</summary>
    public IReadOnlyList<string> Expired => _expired;

    /// <summary>Where the case stands, as the files write it.</summary>
    public string End => _open.Count == 0 ? "Completed" : $"Active:{string.Join('|', _open)}";

    /// <summary>Takes a step.</summary>
    /// <returns>Whether it could be taken: its activity was open.</returns>
    public bool Take(RecordedStep step)
    {
        if (!_open.Remove(step.Activity) || _process.Find(step.Activity) is not { } activity)
        {
            return false;
        }

        foreach (var (name, text, _) in step.Fields)
        {
            _fields[name] = text;
        }

        _fields["Outcome"] = step.Action;
        Leave(activity);
        return true;
    }

    private void Leave(PaperActivity activity)
    {
        foreach (var (field, value) in activity.Sets)
        {
            _fields[field] = value;
        }

        Follow(activity.Lines);
    }

    /// <summary>All lines are asked before the first target is entered (statement 10.1).</summary>
    private void Follow(IReadOnlyList<(PaperCondition When, string To)> lines)
    {
        var targets = lines.Where(line => line.When.IsTrue(_fields)).Select(line => _process.Find(line.To)).OfType<PaperActivity>().ToList();
        foreach (var target in targets)
        {
            if (!target.Preceding.IsTrue(_fields))
            {
                Add(_expired, target.Name);
            }
            else if (target.IsAutomatic)
            {
                Leave(target);
            }
            else
            {
                Add(_open, target.Name);
            }
        }
    }

    private static void Add(List<string> names, string name)
    {
        var place = names.BinarySearch(name, StringComparer.Ordinal);
        names.Insert(place < 0 ? ~place : place, name);
    }
}
