using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>J9: one rule of three clauses, all of which have to be looked at, against the same lines written by hand.</summary>
/// <remarks>Both begin with the instance, and read the same typed values of the same data fields by position. Both treat a field without a value in the same
/// way. A decimal, a text and an integer, so that no comparison is free. The scope that the rule is given is part of the measurement, since the engine makes
/// one for every rule it asks.</remarks>
public class RuleOfThreeClauses
{
    private const int AmountPosition = 0;
    private const int PurposePosition = 1;
    private const int RoundPosition = 2;

    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ProcessField<string> Purpose = new("Purpose");
    private static readonly ProcessField<int> Round = new("Round");

    private readonly ProcessInstance _process;
    private readonly Rule _rule;

    public RuleOfThreeClauses()
    {
        Field[] declared = [Amount, Purpose, Round];
        var table = FieldsOf.Table("the process", declared);
        var fields = new DataFields(table);
        fields.Set(AmountPosition, FieldValue.From(2_500m));
        fields.Set(PurposePosition, FieldValue.From("lodging"));
        fields.Set(RoundPosition, FieldValue.From(3));
        _process = FieldsOf.Process(fields);
        _rule = FieldsOf.Bound((Amount < 3_000m & Purpose == "catering") | Round > 2, new RuleBinder(RulePlace.ProcessLine, table));
    }

    [GlobalSetup]
    public void Check() => FieldsOf.RequireSame(ByHand(), Engine(), expected: true);

    [Benchmark(Baseline = true)]
    public bool ByHand() => ByHand(_process);

    [Benchmark]
    public bool Engine() => _rule.Evaluate(RuleScope.OfProcess(_process));

    /// <summary>Not inlined, as no rule is: otherwise the loop around it could take the reading out of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ByHand(ProcessInstance process)
    {
        var fields = process.Fields;
        return (fields[AmountPosition].TryGet(out decimal amount) && amount < 3_000m
                && fields[PurposePosition].TryGet(out string purpose) && string.Equals(purpose, "catering", StringComparison.Ordinal))
            || (fields[RoundPosition].TryGet(out int round) && round > 2);
    }
}
