using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class RuleListScenarios
{
    private static readonly ProcessField<bool> A = new("A");
    private static readonly ProcessField<bool> B = new("B");
    private static readonly ProcessField<bool> C = new("C");

    public enum Connective
    {
        And,
        Or,
        Xor,
    }

    /// <code>
    /// ►── rule ──► Yes ──►
    /// </code>
    private static ProcessDefinition Asking(Rule rule) => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll().Fields(A, B, C);
        process.StartsWith(process.Activity("Yes"), when: rule);
    });

    private static async Task<bool> AskAsync(WorkflowTestBed bed, bool a, bool b, bool c)
    {
        var id = await bed.BeginAsync(start => start.Set(A, a).Set(B, b).Set(C, c));
        return (await bed.StartedAsync(id)).Length == 1;
    }

    private static RuleList Join(RuleList list, Connective connective, Rule next) => connective switch
    {
        Connective.And => list.And(next),
        Connective.Or => list.Or(next),
        _ => list.Xor(next),
    };

    private static bool Join(bool left, Connective connective, bool right) => connective switch
    {
        Connective.And => left && right,
        Connective.Or => left || right,
        _ => left != right,
    };

    [Test]
    [Statement("3.4")]
    public async Task R23_true_or_true_and_false_is_false_as_a_flat_list()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Rule.List(A == true).Or(B == true).And(C == true)));

        (await AskAsync(bed, a: true, b: true, c: false)).ShouldBeFalse();
    }

    [Test]
    [Statement("3.4")]
    public async Task R23_true_or_true_and_false_is_true_with_the_last_two_indented()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(A == true | (B == true & C == true)));

        (await AskAsync(bed, a: true, b: true, c: false)).ShouldBeTrue();
    }

    [Test]
    [Statement("3.4")]
    public async Task R23_a_flat_list_is_evaluated_from_top_to_bottom([Values] Connective first, [Values] Connective second)
    {
        var list = Join(Join(Rule.List(A == true), first, B == true), second, C == true);
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(list));

        for (var bits = 0; bits < 8; bits++)
        {
            var (a, b, c) = ((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            (await AskAsync(bed, a, b, c)).ShouldBe(Join(Join(a, first, b), second, c), $"{a} {first} {b} {second} {c}");
        }
    }

    [Test]
    [Statement("3.4")]
    public async Task R23_a_list_in_a_list_is_an_indentation([Values] Connective first, [Values] Connective second)
    {
        Rule inner = Join(Rule.List(B == true), second, C == true);
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Join(Rule.List(A == true), first, inner)));

        for (var bits = 0; bits < 8; bits++)
        {
            var (a, b, c) = ((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            (await AskAsync(bed, a, b, c)).ShouldBe(Join(a, first, Join(b, second, c)), $"{a} {first} ({b} {second} {c})");
        }
    }
}
