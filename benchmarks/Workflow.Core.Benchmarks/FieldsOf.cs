using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>Makes what a rule is asked of, without an engine.</summary>
internal static class FieldsOf
{
    public static FieldTable Table(string owner, IReadOnlyList<Field> fields) => new(
        owner,
        [.. fields.Select(field => field.Name)],
        [.. fields.Select(field => field.Shape)],
        [.. fields.Select(field => field.InitialValue)]);

    public static ProcessInstance Process(DataFields fields) =>
        new(new ProcessInstanceId(1), "Rules", definitionVersion: 1, folio: "", originator: "dora", fields, DateTimeOffset.UnixEpoch);

    public static Rule Bound(Rule rule, RuleBinder binder)
    {
        var bound = rule.Bind(binder);
        return binder.Problems.Count == 0
            ? bound
            : throw new InvalidOperationException($"'{rule}' cannot be bound: {string.Join("; ", binder.Problems.Select(problem => problem.Message))}.");
    }

    public static void RequireSame(bool byHand, bool engine, bool expected)
    {
        if (byHand != expected || engine != expected)
        {
            throw new InvalidOperationException($"Expected {expected}; written by hand it is {byHand}, as a rule {engine}. The two do not ask the same.");
        }
    }
}
