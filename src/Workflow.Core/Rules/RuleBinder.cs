namespace Workflow.Core.Rules;

/// <summary>Resolves the fields of a rule to their positions and collects everything that is wrong with it, instead of stopping at the first
/// (statement 13.4).</summary>
internal sealed class RuleBinder(RulePlace place, FieldTable process, FieldTable? activity = null, FieldTable? destination = null)
{
    private readonly List<RuleProblem> _problems = [];
    private bool _inSlotFunction;
    private bool _readsAnswer;

    public RulePlace Place { get; } = place;

    public IReadOnlyList<RuleProblem> Problems => _problems;

    /// <summary>The things that the bound rules look at.</summary>
    public RuleReads Reads { get; } = new();

    /// <summary>The possible names of the answers and the outcome in reach; null when there are none.</summary>
    public AnswerNames? Names { get; init; }

    private bool HasAnswers => Place is RulePlace.ActivityLine or RulePlace.EventSucceeding or RulePlace.ActivitySucceeding;

    /// <summary>A bound operand or rule was expected.</summary>
    public static WorkflowInvariantException NotBound(string name) => new(nameof(NotBound), $"'{name}' is bound before it is evaluated");

    public void Report(string message, string statement, string remedy)
    {
        var problem = new RuleProblem(message, statement, remedy);
        if (!_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Whether the tree is small enough to be descended into.</summary>
    public bool Accepts(RuleSize size)
    {
        if (!size.IsTooLarge)
        {
            return true;
        }

        Report(
            $"the rule has {size.Nodes.Invariant()} nodes in a depth of {size.Depth.Invariant()}; {RuleSize.MostNodes.Invariant()} nodes in a depth of "
                + $"{RuleSize.GreatestDepth.Invariant()} are the most", "13.4",
            "Work part of it out in a server event before and keep the result in a data field, or put it into a named predicate.");
        return false;
    }

    /// <summary>The position of a field among the fields of its scope, or -1 after reporting why it cannot be read here.</summary>
    public int Locate(Field field)
    {
        Reads.Add(field, _inSlotFunction);
        if (field.Scope is FieldScope.Destination)
        {
            _readsAnswer = true;
        }

        if (!CanSee(field) || TableOf(field.Scope) is not { } table)
        {
            return -1;
        }

        var ordinal = table.OrdinalOf(field.Name);
        if (ordinal < 0 && IsOutcome(field))
        {
            Report($"its outcome is read, and {table.Owner} has no outcomes", "2.5", "Give it some with OutcomesFromActions() or Outcome(...).");
            return -1;
        }

        if (ordinal < 0)
        {
            Report(
                $"'{field.Name}' is read as a {Word(field.Scope)} field, and {table.Owner} declares no such {Word(field.Scope)} field",
                "11.1",
                $"Declare it with Fields(...) {DeclaredBy(field.Scope)}, or correct the name.");
            return -1;
        }

        if (table.Shapes[ordinal] != field.Shape)
        {
            Report(
                $"'{field.Name}' is declared as {table.Shapes[ordinal]} and read as {field.Shape}",
                "11.6",
                "Use one and the same field object in the declaration and in the rule.");
            return -1;
        }

        return ordinal;
    }

    /// <summary>The scope of the process or activity field of a name; null when there is none.</summary>
    public FieldScope? KnowsByName(string name) =>
        activity?.OrdinalOf(name) >= 0 ? FieldScope.Activity : process.OrdinalOf(name) >= 0 ? FieldScope.Process : null;

    /// <summary>The process or activity field that a template names in braces, with its position; null after reporting why it cannot be shown there.</summary>
    public (Field Field, int Ordinal)? LocateByName(string name)
    {
        foreach (var (scope, table) in new[] { (FieldScope.Activity, activity ?? FieldTable.Empty), (FieldScope.Process, process) })
        {
            if (table.OrdinalOf(name) is var ordinal and >= 0)
            {
                var shape = table.Shapes[ordinal];
                if (shape is { IsList: true } or { Type: FieldType.Binary })
                {
                    ReportNoText(name);
                }

                var field = new Field(name, scope, shape, FieldValue.Null);
                Reads.Add(field, isOfEachAnswer: false);
                return (field, ordinal);
            }
        }

        IReadOnlyList<string> names = [.. TaskField.All.Select(field => field.Name), .. process.Names, .. activity?.Names ?? []];
        Report(
            $"'{{{Core.Names.Printable(name)}}}' names no process or activity field",
            "13.4",
            $"{NearestName.Proposal(name, names)} Write {{{{ for a brace that stands for itself.");
        return null;
    }

    /// <summary>A value without a text is used in a text.</summary>
    public void ReportNoText(string name) =>
        Report($"'{Core.Names.Printable(name)}' is a list or bytes, which cannot stand in a text", "1.1", "Show a field that holds one value.");

    /// <summary>A rule compares a field with a text that is written in it. If the field holds names, the text must be one of them (statement 13.4).</summary>
    public void CompareWith(Field field, string text)
    {
        if (Names?.Of(field) is { } names && !names.Contains(text, StringComparer.Ordinal))
        {
            var shown = Core.Names.Printable(text);
            var (kind, declare) = IsOutcome(field)
                ? ("an outcome", $"To add it, declare Outcome(\"{shown}\", when: ...); where code decides, let the code set a data field that this rule reads.")
                : ("an action", $"To add it, declare Action(\"{shown}\") for the task.");
            Report(
                $"it compares with '{shown}', and that is not the name of {kind} here",
                "13.4",
                $"{NearestName.Proposal(text, names)} Case counts. {declare}");
        }
    }

    /// <summary>Something that looks at completed slots is used.</summary>
    public void UseAnswers(string function)
    {
        Reads.AddAnswers();
        if (!HasAnswers && _inSlotFunction)
        {
            // The function around it has been reported for the same reason.
            return;
        }

        if (!HasAnswers)
        {
            Report(
                $"{function} looks at the answers of an activity, and {Place.InWords()} has none",
                "3.6",
                "Use it in a succeeding rule, in an outcome, or in a line that leaves the activity.");
        }
        else if (_inSlotFunction)
        {
            Report($"{function} stands inside another slot function", "3.6", "Combine the two beside each other, with & or |.");
        }
    }

    /// <summary>The slot total is used; it may stand inside a slot function.</summary>
    public void UseTotal()
    {
        Reads.AddAnswers();
        if (!HasAnswers)
        {
            UseAnswers("Answers.Total");
        }
    }

    /// <summary>The status of a slot, a destination or an activity is read (statement 3.9).</summary>
    public void UseStatus(StatusSubject subject)
    {
        _readsAnswer |= subject is not StatusSubject.Activity;
        if (subject is not StatusSubject.Slot)
        {
            Reads.AddStatus();
        }

        if (!HasAnswers && _inSlotFunction)
        {
            return;
        }

        if (!HasAnswers)
        {
            Report(
                $"the status of the {Word(subject)} is read, and {Place.InWords()} is asked when there is none",
                "3.9",
                "Read it in a succeeding rule, in an outcome, or in a line that leaves the activity.");
        }
        else if (subject is StatusSubject.Slot && !_inSlotFunction)
        {
            Report(
                "the status of a slot is read outside of a slot function, where no slot is meant",
                "3.9",
                "Write for example Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed).");
        }
    }

    /// <summary>A named predicate is used; its reads cannot be known.</summary>
    public void UsePredicate(string name)
    {
        _readsAnswer = true;
        Reads.AddCode(name);
    }

    /// <summary>Binds what a function over answers reads beside its predicate: a number, or the field that it adds up.</summary>
    public Operand<T> BindWithin<T>(Operand<T> operand)
    {
        if (HasAnswers)
        {
            return operand.Rebuild(this);
        }

        var outer = _inSlotFunction;
        _inSlotFunction = true;
        var bound = operand.Rebuild(this);
        _inSlotFunction = outer;
        return bound;
    }

    /// <summary>Binds the predicate of a slot function, which is asked for each answer.</summary>
    public Rule BindPredicate(Rule predicate, string function)
    {
        var outer = (_inSlotFunction, _readsAnswer);
        (_inSlotFunction, _readsAnswer) = (true, false);
        var bound = predicate.Rebuild(this);
        if (!_readsAnswer && HasAnswers)
        {
            Report(
                $"{function} asks '{predicate}' of each answer, which reads nothing of an answer",
                "3.6",
                "Read a destination field or the status of the slot in it, or ask it outside of the slot function.");
        }

        (_inSlotFunction, _readsAnswer) = outer;
        return bound;
    }

    private bool CanSee(Field field)
    {
        switch (field.Scope)
        {
            case FieldScope.Activity when Place is RulePlace.ProcessLine or RulePlace.Finish or RulePlace.ProcessEscalation or RulePlace.ProcessStart:
                Report(
                    $"the activity field '{field.Name}' is read, and {Place.InWords()} belongs to no activity",
                    "11.1",
                    "Read a process field; an activity can copy its value there.");
                return false;
            case FieldScope.Destination when !HasAnswers && _inSlotFunction:
                // The slot function has been reported, and the author may never have written this field down.
                return false;
            case FieldScope.Destination when Place is RulePlace.Task:
                Report(
                    $"the destination field '{field.Name}' is shown, but the users of the task have yet to fill it in",
                    "11.1",
                    "Show a process field or an activity field.");
                return false;
            case FieldScope.Destination when !HasAnswers && Place is not (RulePlace.SubProcess or RulePlace.Action):
                Report(
                    $"the destination field '{field.Name}' is read, and {Place.InWords()} is asked when there is no destination",
                    "11.1",
                    "Read a process field or, inside the activity, an activity field.");
                return false;
            default:
                return true;
        }
    }

    private static bool IsOutcome(Field field) => field is { Scope: FieldScope.Activity, Name: Outcome.Name };

    private FieldTable? TableOf(FieldScope scope) => scope switch
    {
        FieldScope.Process => process,
        FieldScope.Activity => activity ?? FieldTable.Empty,
        _ => destination ?? FieldTable.Empty,
    };

    public static string Word(FieldScope scope) => scope switch
    {
        FieldScope.Process => "process",
        FieldScope.Activity => "activity",
        _ => "destination",
    };

    private static string Word(StatusSubject subject) => subject switch
    {
        StatusSubject.Slot => "slot",
        StatusSubject.Destination => "destination",
        _ => "activity",
    };

    private static string DeclaredBy(FieldScope scope) => scope is FieldScope.Process ? "in the process" : "in the activity";
}
