using Cases.Data;

namespace Cases.Paper;

/// <summary>One case played through on paper: which activities must be open after each step, which arrivals must have expired, and which escalations must
/// fire.</summary>
public sealed class PaperRun
{
    private readonly PaperProcess _process;
    private readonly LogForm _form;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private readonly List<string> _expired = [];
    private readonly List<PaperTimer> _timers = [];

    /// <param name="process">The process.</param>
    /// <param name="form">How the log of the case is written.</param>
    /// <param name="recorded">The case. Its steps are taken one by one; it begins at the instant of the first.</param>
    public PaperRun(PaperProcess process, LogForm form, RecordedCase recorded)
    {
        (_process, _form) = (process, form);
        foreach (var (name, value) in process.Fields)
        {
            _fields.Add(name, value);
        }

        var start = recorded.Steps[0].At;
        if (recorded.Deadline is { } deadline)
        {
            // One that is past at the start is due at once (statement 6.3).
            _timers.Add(new PaperTimer(form.Deadline!, Activity: null, deadline > start ? deadline : start));
        }

        Follow(process.Start, start);
    }

    /// <summary>The activities that must be open now, in alphabetical order; an activity that is open twice is there twice.</summary>
    public IReadOnlyList<string> Open => _open;

    /// <summary>The activities that must have expired at their preceding rule, in alphabetical order.</summary>
    public IReadOnlyList<string> Expired => _expired;

    /// <summary>The escalations that are still going to fire.</summary>
    public IReadOnlyList<PaperTimer> Timers => _timers;

    /// <summary>Where the case stands, as the files write it.</summary>
    public string End => _open.Count == 0 ? RecordedCase.Completed : $"Active:{string.Join('|', _open)}";

    /// <summary>Takes a step.</summary>
    /// <returns>Why it cannot be taken; null when it was.</returns>
    public string? Take(RecordedStep step) => step.IsEscalation ? Fire(step) : Act(step);

    private string? Act(RecordedStep step)
    {
        if (_timers.Find(timer => timer.Due < step.At || (timer.Due == step.At && timer.Activity is not null)) is { } overdue)
        {
            return $"comes behind '{overdue.Escalation}', which is due before and missing";
        }

        if (!_open.Remove(step.Activity) || _process.Find(step.Activity) is not { } activity)
        {
            return "is not open then";
        }

        _timers.RemoveAll(timer => timer.Activity == step.Activity);
        Set(step.Fields);
        _fields["Outcome"] = step.Action;
        Leave(activity, step.At);
        if (_open.Count == 0)
        {
            _timers.Clear();
        }

        return null;
    }

    private string? Fire(RecordedStep step)
    {
        var place = _timers.FindIndex(timer => RecordedStep.Starred(timer.Escalation) == step.Activity && timer.Due == step.At);
        if (place < 0)
        {
            return "is not due then";
        }

        _timers.RemoveAt(place);
        Set(step.Fields);
        return null;
    }

    private void Set(IReadOnlyList<RecordedField> fields)
    {
        foreach (var (name, text, _) in fields)
        {
            _fields[name] = text;
        }
    }

    private void Leave(PaperActivity activity, DateTimeOffset at)
    {
        foreach (var (field, value) in activity.Sets)
        {
            _fields[field] = value;
        }

        Follow(activity.Lines, at);
    }

    /// <summary>All lines are asked before the first target is entered (statement 10.1).</summary>
    private void Follow(IReadOnlyList<(PaperCondition When, string To)> lines, DateTimeOffset at)
    {
        var targets = lines.Where(line => line.When.IsTrue(_fields)).Select(line => line.To).ToList();
        if (_process.EndsAtOnce && targets.Contains(PaperProcess.End, StringComparer.Ordinal))
        {
            _open.Clear();
            return;
        }

        foreach (var target in targets.Select(_process.Find).OfType<PaperActivity>())
        {
            if (!target.Preceding.IsTrue(_fields))
            {
                Add(_expired, target.Name);
            }
            else if (target.IsAutomatic)
            {
                Leave(target, at);
            }
            else
            {
                Add(_open, target.Name);
                _timers.AddRange(target.Escalations.Select(escalation => new PaperTimer(escalation.Name, target.Name, Later(at, escalation.Days))));
            }
        }
    }

    /// <summary>The same time of day so many days later, on the clock of the log.</summary>
    private DateTimeOffset Later(DateTimeOffset at, int days) => _form.Read(at.AddDays(days));

    private static void Add(List<string> names, string name)
    {
        var place = names.BinarySearch(name, StringComparer.Ordinal);
        names.Insert(place < 0 ? ~place : place, name);
    }
}
