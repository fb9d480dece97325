using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Builds a definition from its draft: gives every element its place, binds the rules to the data fields, and collects all problems (statement
/// 13.4).</summary>
internal sealed class DefinitionAssembly
{
    private const int MostActivities = 500;
    private const int MostLines = 2_000;

    private readonly ProcessDraft _draft;
    private readonly DefinitionProblems _problems = new();
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    private readonly LeavingTables?[] _leaving;

    public DefinitionAssembly(ProcessDraft draft)
    {
        _draft = draft;
        _leaving = new LeavingTables?[draft.Activities.Count];
    }

    /// <exception cref="ProcessDefinitionException">Something is wrong.</exception>
    public ProcessDefinition Assemble()
    {
        CheckProcess();
        var fields = FieldAssembly.Check(_problems, "process", _draft.Name, _draft.Fields, FieldScope.Process);
        var processFields = FieldAssembly.Table($"the process '{_draft.Name}'", fields, FieldScope.Process);
        for (var ordinal = 0; ordinal < _draft.Activities.Count; ordinal++)
        {
            _ordinals.TryAdd(_draft.Activities[ordinal].Name, ordinal);
        }

        var watched = Watched();
        var lines = Lines(processFields);
        var escalations = new EscalationAssembly(_problems, CheckGoto, _draft.DefaultCalendar, RolesNamed());
        var activities = _draft.Activities
            .Select((activity, ordinal) => Activity(activity, ordinal).Assemble(lines, watched.Contains(activity.Name), IsExclusive(activity)))
            .ToArray();
        JoinCheck.Check(_problems, _draft);
        GroupCheck.Check(_problems, _draft);
        RestCheck.Check(_problems, _draft);
        var ofProcess = escalations.Assemble(
            _draft.Escalations, $"process '{_draft.Name}'", () => new RuleBinder(RulePlace.ProcessEscalation, processFields));
        var start = Start(processFields);
        var finish = Finish(processFields);
        if (_problems.Any)
        {
            throw new ProcessDefinitionException(_draft.Name, "built", _problems.List);
        }

        return new ProcessDefinition(
            _draft.Name,
            _draft.Version,
            activities,
            lines,
            [.. fields.Select(field => new DataFieldDefinition(field, _draft.Required.Contains(field)))],
            processFields,
            _draft.DefaultCalendar,
            start,
            finish,
            _draft.Rights,
            ofProcess)
        {
            ExceptionRule = _draft.ExceptionRule,
            Withdrawal = _draft.Withdrawal,
            ExclusiveGroups = _draft.Groups,
        };

        ActivityAssembly Activity(ActivityBuilder activity, int ordinal) =>
            new(_problems, activity, ordinal, processFields, _draft.DefaultCalendar, escalations, CheckGoto);

        bool IsExclusive(ActivityBuilder activity) => _draft.Groups.Any(group => group.Activities.Contains(activity.Name, StringComparer.Ordinal));
    }

    private void CheckProcess()
    {
        var element = $"process '{_draft.Name}'";
        _problems.CheckName(element, _draft.Name);
        _problems.AddIf(_draft.Version < 1, element, $"its version is {_draft.Version.Invariant()}", "8.7", "Use 1 or more.");
        _problems.AddIf(_draft.Activities.Count == 0, element, "it has no activity", "13.4", "Declare one with Activity(...).");
        _problems.AddIf(
            _draft.Activities.Count > MostActivities, element,
            $"it has {_draft.Activities.Count.Invariant()} activities and may have {MostActivities.Invariant()}", "13.4",
            "Divide it into several processes.");
        _problems.AddIf(
            _draft.Lines.Count > MostLines, element, $"it has {_draft.Lines.Count.Invariant()} lines and may have {MostLines.Invariant()}", "13.4",
            "Divide it into several processes.");
        _problems.AddIf(
            _draft.Activities.Count > 0 && _draft.Lines.TrueForAll(line => line.From is not null), element,
            "no line leaves its start, so nothing would ever run",
            "15", "Say where it begins with StartsWith(...).");
        if (_draft.DefaultCalendar is { } calendar && Names.Problem(calendar) is { } problem)
        {
            _problems.Add("default calendar", $"its name cannot be used: {problem}", "5.5b", "Name working hours or a time zone.");
        }

        _problems.CheckUnique(_draft.Activities.Select(activity => activity.Name), "activity", "the process");
        _problems.CheckUnique(_draft.Lines.Select(line => line.Name), "line", "the process", "Give one of them another name with name: ....");
    }

    /// <summary>The activities whose actors another activity leaves out (statement 4.10).</summary>
    private HashSet<string> Watched()
    {
        var watched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var activity in _draft.Activities)
        {
            foreach (var set in activity.Sets)
            {
                foreach (var actors in set.Except.OfType<DestinationSource.ActorsOf>())
                {
                    Find($"destination set '{set.Name}' of activity '{activity.Name}'", actors.Activity, "it leaves out the actors of");
                    watched.Add(actors.Activity);
                }
            }
        }

        return watched;
    }

    private HashSet<string> RolesNamed() => _draft.Activities
        .SelectMany(activity => activity.Sets)
        .SelectMany(set => set.Sources)
        .OfType<DestinationSource.Named>()
        .Where(source => source.Destination.Kind is not DestinationKind.User)
        .Select(source => source.Destination.Name)
        .ToHashSet(NameComparer.Default);

    private LineDefinition[] Lines(FieldTable processFields)
    {
        var lines = new List<LineDefinition>();
        foreach (var draft in _draft.Lines)
        {
            var element = $"line '{draft.Name}'";
            if (draft.OwnName is { } own)
            {
                _problems.CheckName(element, own);
            }

            _problems.AddIf(
                draft is { ExceptionRule: not null, Rule: null }, element, "it has an exception rule and no line rule, so nothing could throw", "8.3",
                "Give the line a rule, or leave its exception rule out.");
            var from = draft.From is { } name ? Find(element, name, "it leaves") : null;
            var target = Find(element, draft.To, "it leads to");
            var rule = BindLine(element, draft, from, processFields);
            lines.Add(new LineDefinition(draft.Name, draft.From, draft.To, rule, lines.Count, target ?? 0) { ExceptionRule = draft.ExceptionRule });
        }

        return [.. lines];
    }

    private Rule? BindLine(string element, LineDraft draft, int? from, FieldTable processFields)
    {
        if (draft.Rule is null)
        {
            return null;
        }

        if (from is not { } ordinal)
        {
            return _problems.Bind(element, draft.Rule, new RuleBinder(RulePlace.ProcessLine, processFields));
        }

        var (ofActivity, ofDestinations, names) = _leaving[ordinal] ??= TablesOf(_draft.Activities[ordinal]);
        return _problems.Bind(element, draft.Rule, new RuleBinder(RulePlace.ActivityLine, processFields, ofActivity, ofDestinations) { Names = names });
    }

    /// <summary>The fields that the rules of lines that leave an activity read; the same for all of them.</summary>
    private static LeavingTables TablesOf(ActivityBuilder activity) => new(
        FieldAssembly.Table(activity.Element, activity.AllFields, FieldScope.Activity),
        FieldAssembly.Table(activity.Element, activity.AllFields, FieldScope.Destination),
        AnswerFields.NamesOf(activity));

    private ProcessStartRule? Start(FieldTable processFields)
    {
        if (_draft.Start is not { } start)
        {
            return null;
        }

        const string Element = "start rule of the process";
        var condition = start.Condition is { } rule ? _problems.Bind(Element, rule, Binder()) : null;
        var due = start.Due is { } when ? _problems.Bind(Element, when, Binder(), _draft.DefaultCalendar) : null;
        return new ProcessStartRule(condition, due);

        RuleBinder Binder() => new(RulePlace.ProcessStart, processFields);
    }

    private FinishRule? Finish(FieldTable processFields)
    {
        if (_draft.Finish is not { } finish)
        {
            return null;
        }

        const string Element = "finish rule";
        var target = Find(Element, finish.Activity, "it goes to");
        var rule = _problems.Bind(Element, finish.Rule, new RuleBinder(RulePlace.Finish, processFields));
        return new FinishRule(rule, finish.Activity, target ?? 0);
    }

    /// <summary>Finds the activities that a goto names.</summary>
    private void CheckGoto(string element, GotoRequest request)
    {
        foreach (var activity in request.Activities)
        {
            Find(element, activity, "it names");
        }
    }

    private int? Find(string element, string activity, string how)
    {
        if (_ordinals.TryGetValue(activity, out var ordinal))
        {
            return ordinal;
        }

        _problems.Add(element, $"{how} the activity '{activity}', which does not exist", "13.4", "Declare the activity, or correct the name.");
        return null;
    }

    /// <summary>The fields that the rules of lines that leave one activity read.</summary>
    private sealed record LeavingTables(FieldTable Activity, FieldTable Destinations, AnswerNames Names);
}
