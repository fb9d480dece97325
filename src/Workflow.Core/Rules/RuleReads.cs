namespace Workflow.Core.Rules;

/// <summary>The things that a rule looks at. They are found while the rule is bound, for code that needs to know the possible results of the rule
/// beforehand.</summary>
internal sealed class RuleReads
{
    private readonly List<Field> _fields = [];

    /// <summary>The data fields, in the order in which the rule names them.</summary>
    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>The name of the first predicate that is code; null for none.</summary>
    public string? Code { get; private set; }

    /// <summary>Whether it looks at completed slots or their number.</summary>
    public bool Answers { get; private set; }

    /// <summary>Whether it looks at every destination, whether it has answered or not.</summary>
    public bool EveryDestination { get; private set; }

    /// <summary>Whether it reads a destination field outside of a slot function, and so the answer that came last.</summary>
    public bool LastAnswer { get; private set; }

    /// <summary>Whether it reads the status of a destination or of the activity.</summary>
    public bool Status { get; private set; }

    public void Add(Field field, bool isOfEachAnswer)
    {
        _fields.Add(field);
        LastAnswer |= field.Scope is FieldScope.Destination && !isOfEachAnswer;
    }

    public void AddCode(string name) => Code ??= name;

    public void AddAnswers() => Answers = true;

    public void AddEveryDestination() => EveryDestination = true;

    public void AddStatus() => Status = true;
}
