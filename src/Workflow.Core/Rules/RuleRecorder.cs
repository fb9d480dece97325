namespace Workflow.Core.Rules;

/// <summary>Takes the trace of an evaluation. The evaluation reports its steps, and the trace does not change it.</summary>
internal sealed class RuleRecorder
{
    private readonly Stack<RuleTrace> _open = new();
    private RuleTrace? _root;

    public RuleTrace Trace
    {
        get
        {
            Invariant.Holds(_root is not null && _open.Count == 0);
            return _root;
        }
    }

    /// <summary>Evaluates a clause and records its result.</summary>
    public bool Clause(Rule rule, in RuleScope scope)
    {
        var isPartOfAnswer = _open.TryPeek(out var parent) && parent.IsWithinAnswer;
        var trace = new RuleTrace(rule.ToString(), isPartOfAnswer ? null : AnswerOf(scope)) { IsWithinAnswer = scope.IsInAnswer };
        parent?.Add(trace);
        _root ??= trace;
        _open.Push(trace);
        var result = rule.Decide(scope);
        _open.Pop();
        trace.End(result);
        return result;
    }

    /// <summary>Clauses that are not evaluated, because they can no longer change the result.</summary>
    public void Skip(ReadOnlySpan<Rule> rules)
    {
        foreach (var rule in rules)
        {
            _open.Peek().Add(new RuleTrace(rule.ToString(), answer: null));
        }
    }

    /// <summary>A value was read, by the clause that is at work.</summary>
    public void Value<T>(Operand<T> operand, bool hasValue, T value)
    {
        if (operand.IsTraced)
        {
            Value(RuleWriter.Of(operand), hasValue ? ValueText.Of(value) : ValueText.Null);
        }
    }

    public void Value(string what, string value) => _open.Peek().Add(new RuleTraceValue(what, value));

    private static string? AnswerOf(in RuleScope scope)
    {
        if (!scope.IsInAnswer)
        {
            return null;
        }

        var serial = scope.Destination is { } destination ? $"{destination.Serial}" : "a destination whose turn has not come";
        return scope.Slot is { } slot ? $"{serial} {slot.User}" : serial;
    }
}
