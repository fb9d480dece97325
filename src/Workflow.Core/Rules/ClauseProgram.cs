using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>A rule of nothing but field clauses, And and Or, as the list of its clauses. Each names the next one for true and the next one for false. The tree
/// it was made of still tells how a result came about, and writes the rule.</summary>
/// <remarks>Line rules are asked all the time; walking the tree costs as much as the clauses themselves.</remarks>
internal sealed class ClauseProgram : Rule
{
    private const int True = -1;
    private const int False = -2;

    private readonly Rule _tree;
    private readonly Step[] _steps;

    private ClauseProgram(Rule tree, List<Step> steps)
        : base(tree.Size)
    {
        _tree = tree;
        _steps = [.. steps];
    }

    internal override RuleRank Rank => _tree.Rank;

    /// <summary>The rule as it was written.</summary>
    internal Rule Tree => _tree;

    /// <summary>The rule as a program, if it is made of such clauses only; otherwise the rule itself.</summary>
    public static Rule Of(Rule bound)
    {
        if (bound is not Junction || !IsMadeOfClauses(bound))
        {
            return bound;
        }

        var steps = new List<Step>();
        Add(bound, True, False, steps);
        return new ClauseProgram(bound, steps);
    }

    internal override Rule Rebuild(RuleBinder binder) => _tree.Rebuild(binder);

    internal override TextTree ToTree() => _tree.ToTree();

    internal override void Write(RuleWriter writer) => _tree.Write(writer);

    internal override bool Decide(in RuleScope scope)
    {
        if (scope.Recorder is not null)
        {
            return _tree.Decide(scope);
        }

        var steps = _steps;
        var place = 0;
        do
        {
            ref readonly var step = ref steps[place];
            place = step.Clause.DecideUnrecorded(scope) ? step.WhenTrue : step.WhenFalse;
        }
        while ((uint)place < (uint)steps.Length);

        return place == True;
    }

    private static bool IsMadeOfClauses(Rule rule) => rule switch
    {
        FieldRule => true,
        Junction junction => junction.Rank is not RuleRank.Xor && Array.TrueForAll(junction.Clauses, IsMadeOfClauses),
        _ => false,
    };

    /// <summary>Appends a rule that continues at one place when it is true and at another when it is false.</summary>
    private static void Add(Rule rule, int whenTrue, int whenFalse, List<Step> steps)
    {
        if (rule is FieldRule clause)
        {
            steps.Add(new Step(clause, whenTrue, whenFalse));
            return;
        }

        var junction = (Junction)rule;
        var isAnd = junction.Rank is RuleRank.And;
        for (var index = 0; index < junction.Clauses.Length - 1; index++)
        {
            var behind = steps.Count + CountOf(junction.Clauses[index]);
            Add(junction.Clauses[index], isAnd ? behind : whenTrue, isAnd ? whenFalse : behind, steps);
        }

        Add(junction.Clauses[^1], whenTrue, whenFalse, steps);
    }

    private static int CountOf(Rule rule) => rule is Junction junction ? junction.Clauses.Sum(CountOf) : 1;

    private readonly record struct Step(FieldRule Clause, int WhenTrue, int WhenFalse);
}
