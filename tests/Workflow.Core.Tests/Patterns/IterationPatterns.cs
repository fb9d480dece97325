using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Iteration: patterns 10, 21 and 22.</summary>
[TestFixture]
public sealed class IterationPatterns
{
    private static readonly ProcessField<bool> IsDrafted = new("Is drafted", initial: false);
    private static readonly ProcessField<int> Wanted = new("Wanted", initial: 0);
    private static readonly ProcessField<int> Printed = new("Printed", initial: 0);
    private static readonly ProcessField<int> N = new("N", initial: 1);
    private static readonly ProcessField<int> Smaller = new("Smaller", initial: 0);
    private static readonly ProcessField<int> Product = new("Product", initial: 0);

    /// <code>
    /// ► is not drafted ──► Draft ◄── Rework ────┐  ┌──── Drop ──► Dropped ──►
    ///                        └───── Done ────► Review ◄─── Doubt ───┐
    /// ► is drafted ─────────────────────────────┘  └─── Accept ──► Publish ── Print ──► Printed ──►
    ///                                                               └──── Rework ──► Draft
    /// </code>
    private static readonly ProcessDefinition Paper = ProcessDefinition.Define("Paper", process =>
    {
        process.OpenToAll().Fields(IsDrafted);
        var draft = process.Activity("Draft", activity => activity
            .Destinations(to => to.Users("ann")).Client("Write", task => task.Action("Done")).OutcomesFromActions());
        var review = process.Activity("Review", activity => activity
            .Destinations(to => to.Users("bob")).Client("Read", task => task.Action("Rework").Action("Drop").Action("Accept")).OutcomesFromActions());
        var publish = process.Activity("Publish", activity => activity
            .Destinations(to => to.Users("cy")).Client("Set", task => task.Action("Doubt").Action("Rework").Action("Print")).OutcomesFromActions());
        process.StartsWith(draft, when: IsDrafted == false).StartsWith(review, when: IsDrafted == true);
        draft.On("Done", review);
        review.On("Rework", draft).On("Drop", process.Activity("Dropped")).On("Accept", publish);
        publish.On("Doubt", review).On("Rework", draft).On("Print", process.Activity("Printed"));
    });

    /// <code>
    /// ► Ask ──┬── fewer than wanted ──► Print ──► Ask
    ///         └── enough ──► Read (waits) ◄── fewer than wanted ──┐
    ///                          └──────────────────────────────────┴── enough ──► Bind ──►
    /// </code>
    private static readonly ProcessDefinition Printing = ProcessDefinition.Define("Printing", process =>
    {
        process.OpenToAll().Fields(Wanted, Printed);
        var ask = process.Activity("Ask");
        var print = process.Activity("Print", activity => activity
            .PureServer("Print a copy", context => context.Set(Printed, context.Get(Printed) + 1)));
        var read = process.Activity("Read", activity => activity.Waits());
        process.StartsWith(ask);
        ask.To(print, when: Printed < Wanted).To(read, when: Printed >= Wanted);
        print.To(ask);
        read.To(read, when: Printed < Wanted).To(process.Activity("Bind"), when: Printed >= Wanted);
    });

    /// <code>
    ///      ┌── N is 1 ──────► One (waits) ──►
    /// ►────┤
    ///      └── N is larger ─► More (one less, this process again, and the product) ──►
    /// </code>
    private static readonly ProcessDefinition Factorial = ProcessDefinition.Define("Factorial", process =>
    {
        process.OpenToAll().Fields(N, Smaller, Product);
        var one = process.Activity("One", activity => activity
            .Waits()
            .PureServer("It is one", context => context.Set(Product, 1)));
        var more = process.Activity("More", activity => activity
            .PureServer("One less", context => context.Set(Smaller, context.Get(N) - 1))
            .StartsProcess("Of one less", "Factorial", child => child.Send(Smaller, N).Receive(Product, Product))
            .PureServer("Multiply", context => context.Set(Product, context.Get(N) * context.Get(Product))));
        process.StartsWith(one, when: N <= 1).StartsWith(more, when: N > 1);
    });

    [TestCase(false, "ann Done, bob Accept, cy Print", "Draft Review Publish Printed")]
    [TestCase(true, "bob Rework, ann Done, bob Accept, cy Doubt, bob Accept, cy Print", "Review Draft Review Publish Review Publish Printed")]
    [TestCase(false, "ann Done, bob Accept, cy Rework, ann Done, bob Drop", "Draft Review Publish Draft Review Dropped")]
    [Pattern(10, "Arbitrary Cycles", "Lines may lead back to any activity, from several places")]
    [Statement("10.7")]
    public async Task WCP10_Arbitrary_Cycles(bool isDrafted, string actions, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Paper);
        var id = await bed.BeginAsync(start => start.Set(IsDrafted, isDrafted));
        var serials = new List<SerialNumber>();

        foreach (var action in actions.Split(", "))
        {
            // One activity is at work at a time, and each time it is a new task.
            (await bed.OpenActivitiesAsync(id)).Count.ShouldBe(1);
            serials.Add((await bed.WorklistAsync(action.Split(' ')[0])).ShouldHaveSingleItem().Serial);
            await bed.ActAsync(action.Split(' ')[0], action.Split(' ')[1]);
        }

        serials.ShouldBeUnique();
        (await bed.CompletedAsync(id)).ShouldBe(path.Split(' '));
        await bed.ShouldBeOverAsync(id);
    }

    [TestCase(0, 0)]
    [TestCase(3, 3)]
    [Pattern(21, "Structured Loop", "A line back with a rule: before the body asks an empty activity, behind the body the activity itself")]
    [Statement("10.7")]
    public async Task WCP21_Structured_Loop(int wanted, int expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Printing);
        var id = await bed.BeginAsync(start => start.Set(Wanted, wanted));

        // The test before the body: it may not run at all.
        (await bed.RunsAsync(id, "Print")).ShouldBe(expected);

        // The test behind the body: it runs once at least, and again until the test is passed.
        (await bed.AtWorkAsync(id)).ShouldBe("Read");
        await bed.FinishAsync(id, "Read", result => result.Set(Wanted, wanted + 1));
        (await bed.AtWorkAsync(id)).ShouldBe("Read");
        await bed.FinishAsync(id, "Read", result => result.Set(Printed, wanted + 1));
        (await bed.RunsAsync(id, "Read")).ShouldBe(2);
        (await bed.RunsAsync(id, "Bind")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(22, "Recursion", "`StartsProcess` with the name of the process itself")]
    [Statement("7.12")]
    public async Task WCP22_Recursion()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Factorial);
        List<ProcessInstanceId> family = [await bed.BeginAsync(start => start.Set(N, 4))];
        while (family.Count < 4)
        {
            family.Add(await bed.ChildAsync(family[^1]));
        }

        // The innermost one starts nothing, and each of the others waits for its own.
        (await bed.ChildrenAsync(family[^1])).ShouldBeEmpty();
        (await bed.AtWorkAsync(family[^1])).ShouldBe("One");
        foreach (var outer in family[..^1])
        {
            (await bed.AtWorkAsync(outer)).ShouldBe("More");
        }

        await bed.DoneAsync(family[^1], "One");

        var products = new List<int>();
        foreach (var id in family)
        {
            await bed.ShouldBeOverAsync(id);
            products.Add((await bed.ReadAsync(id)).Fields.Get(Product));
        }

        products.ShouldBe([24, 6, 2, 1]);
    }
}
