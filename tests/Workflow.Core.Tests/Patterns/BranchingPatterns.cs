using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Advanced branching and synchronization: the choices and the merges.</summary>
[TestFixture]
public sealed class BranchingPatterns
{
    private static readonly string[] Branches = ["Police", "Doctor", "Engine"];
    private static readonly ProcessField<bool> NeedsPolice = new("Needs police", initial: false);
    private static readonly ProcessField<bool> NeedsDoctor = new("Needs doctor", initial: false);
    private static readonly ProcessField<bool> NeedsEngine = new("Needs engine", initial: false);
    private static readonly ProcessField<bool> IsLarge = new("Is large", initial: false);
    private static readonly ProcessField<bool> HasMoved = new("Has moved", initial: false);
    private static readonly ProcessField<string> Verdict = new("Verdict", initial: "Good");

    /// <code>
    ///           ┌── needs police ──► Police (waits) ──┐
    /// ► Call ───┼── needs doctor ──► Doctor (waits) ──┼──► Report, when those have arrived that Call has taken ──►
    ///           └── needs engine ──► Engine (waits) ──┘
    /// </code>
    private static readonly ProcessDefinition Emergency = ProcessDefinition.Define("Emergency", process =>
    {
        process.OpenToAll().Fields(NeedsPolice, NeedsDoctor, NeedsEngine);
        var call = process.Activity("Call");
        var police = process.Activity("Police", activity => activity.Waits());
        var doctor = process.Activity("Doctor", activity => activity.Waits());
        var engine = process.Activity("Engine", activity => activity.Waits());
        var report = process.Activity("Report", activity => activity.PrecedingRule(Arrivals.OfTakenBy(call)));
        process.StartsWith(call);
        call.To(police, when: NeedsPolice == true).To(doctor, when: NeedsDoctor == true).To(engine, when: NeedsEngine == true);
        police.To(report);
        doctor.To(report);
        engine.To(report);
    });

    /// <code>
    ///            ┌──► Pack (waits) ──┐
    /// ► Order ───┤                   ├──► Tell the customer (waits) ──►
    ///            └──► Pay (waits) ───┘
    /// </code>
    private static readonly ProcessDefinition News = ProcessDefinition.Define("News", process =>
    {
        process.OpenToAll();
        var order = process.Activity("Order");
        var pack = process.Activity("Pack", activity => activity.Waits());
        var pay = process.Activity("Pay", activity => activity.Waits());
        var tell = process.Activity("Tell the customer", activity => activity.Waits());
        process.StartsWith(order);
        order.To(pack).To(pay);
        pack.To(tell);
        pay.To(tell);
    });

    /// <code>
    /// ► (twice) Set ──┬──► Cup (waits) ─────┐
    ///                 └──► Saucer (waits) ──┴──► Wrap, one of each line ──►
    /// </code>
    private static readonly ProcessDefinition China = ProcessDefinition.Define("China", process =>
    {
        process.OpenToAll();
        var set = process.Activity("Set");
        var cup = process.Activity("Cup", activity => activity.Waits());
        var saucer = process.Activity("Saucer", activity => activity.Waits());
        var wrap = process.Activity("Wrap", activity => activity.PrecedingRule(Arrivals.All));
        process.StartsWith(set, name: "The first set").StartsWith(set, name: "The second set");
        set.To(cup).To(saucer);
        cup.To(wrap);
        saucer.To(wrap);
    });

    /// <code>
    ///               ┌──────────────► Policy (waits) ───────────────────────┐
    /// ► Register ───┼──────────────► Damage (waits) ───────────────────────┼──► Decide, when those have arrived that Register has taken ──►
    ///               └── is large ──► Visit (waits) ──┬─────────────────────┘
    ///                                                └── has moved ──► Letter (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Insurance = ProcessDefinition.Define("Insurance", process =>
    {
        process.OpenToAll().Fields(IsLarge, HasMoved);
        var register = process.Activity("Register");
        var policy = process.Activity("Policy", activity => activity.Waits());
        var damage = process.Activity("Damage", activity => activity.Waits());
        var visit = process.Activity("Visit", activity => activity.Waits());
        var decide = process.Activity("Decide", activity => activity.PrecedingRule(Arrivals.OfTakenBy(register)));
        process.StartsWith(register);
        register.To(policy).To(damage).To(visit, when: IsLarge == true);
        policy.To(decide);
        damage.To(decide);
        visit.To(decide, when: HasMoved == false);
        visit.To(process.Activity("Letter", activity => activity.Waits()), when: HasMoved == true);
    });

    /// <code>
    /// ►──┬──► Write (waits) ◄──── Wrong ──┐
    ///    │      └──► Publish ◄─── Good ───┤   Publish: when nothing more can come
    ///    └──► Check (waits) ──────────────┘
    /// </code>
    private static readonly ProcessDefinition Article = ProcessDefinition.Define("Article", process =>
    {
        process.OpenToAll().Fields(Verdict);
        var write = process.Activity("Write", activity => activity.Waits());
        var check = process.Activity("Check", activity => activity.Waits());
        var publish = process.Activity("Publish", activity => activity.PrecedingRule(Arrivals.AllThatCanCome));
        process.StartsWith(write).StartsWith(check);
        write.To(publish);
        check.To(publish, when: Verdict == "Good").To(write, when: Verdict == "Wrong");
    });

    [Test]
    [Pattern(6, "Multi-Choice", "Lines whose rules do not exclude each other")]
    [Statement("10.1")]
    public async Task WCP06_Multi_Choice([Range(1, 7)] int choice)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Emergency);
        var id = await CallAsync(bed, choice);

        // Every branch whose rule is true has begun once, and no other.
        (await bed.AtWorkAsync(id)).ShouldBe(string.Join(", ", Chosen(choice)));
        (await bed.StartedAsync(id)).ShouldBe(["Call", .. Chosen(choice)]);
        (await bed.CountAsync(id, JournalKind.LineEvaluated)).ShouldBe(4);
    }

    [Test]
    [Pattern(7, "Structured Synchronizing Merge", "`PrecedingRule(Arrivals.OfTakenBy(split))`")]
    [Statement("13.1c")]
    public async Task WCP07_Structured_Synchronizing_Merge([Range(1, 7)] int choice)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Emergency);
        var id = await CallAsync(bed, choice);

        await bed.DoneAsync(id, Chosen(choice)[..^1]);
        (await bed.AtWorkAsync(id)).ShouldBe(Chosen(choice)[^1]);
        (await bed.RunsAsync(id, "Report")).ShouldBe(0);
        await bed.DoneAsync(id, Chosen(choice)[^1]);

        (await bed.RunsAsync(id, "Report")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(8, "Multi-Merge", "Several lines lead to an activity, without a join: each arrival is a run of its own")]
    [Statement("10.3")]
    public async Task WCP08_Multi_Merge()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(News);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Pay");
        (await bed.AtWorkAsync(id)).ShouldBe("Pack, Tell the customer");
        await bed.DoneAsync(id, "Pack");

        // The two runs know nothing of each other: each has a serial number of its own.
        (await bed.AtWorkAsync(id)).ShouldBe("Tell the customer, Tell the customer");
        (await bed.ServerItemsAsync(id)).Distinct().Count().ShouldBe(2);
        await bed.DoneAsync(id, "Tell the customer");
        (await bed.AtWorkAsync(id)).ShouldBe("Tell the customer");
        await bed.DoneAsync(id, "Tell the customer");
        (await bed.RunsAsync(id, "Tell the customer")).ShouldBe(2);
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(33, "Generalised AND-Join", "`PrecedingRule(Arrivals.All)`: arrivals of one line wait for those of the others, for as many rounds as there are")]
    [Statement("13.1b")]
    public async Task WCP33_Generalised_AND_Join()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(China);
        var id = await bed.BeginAsync();

        // Two cups are no set.
        await bed.DoneAsync(id, "Cup", "Cup");
        (await bed.RunsAsync(id, "Wrap")).ShouldBe(0);
        await bed.DoneAsync(id, "Saucer");
        (await bed.RunsAsync(id, "Wrap")).ShouldBe(1);
        await bed.DoneAsync(id, "Saucer");

        (await bed.RunsAsync(id, "Wrap")).ShouldBe(2);
        await bed.ShouldBeOverAsync(id);
    }

    [TestCase(false, false, "Policy Damage")]
    [TestCase(true, false, "Damage Visit Policy")]
    [TestCase(true, true, "Visit Letter Policy Damage")]
    [TestCase(true, true, "Policy Visit Damage Letter")]
    [Pattern(37, "Acyclic Synchronizing Merge", "`PrecedingRule(Arrivals.OfTakenBy(split))`: a branch that ends elsewhere is no longer waited for")]
    [Statement("13.1c")]
    public async Task WCP37_Acyclic_Synchronizing_Merge(bool isLarge, bool hasMoved, string order)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Insurance);
        var id = await bed.BeginAsync(start => start.Set(IsLarge, isLarge).Set(HasMoved, hasMoved));

        foreach (var activity in order.Split(' '))
        {
            (await bed.RunsAsync(id, "Decide")).ShouldBe(0);
            await bed.DoneAsync(id, activity);
        }

        (await bed.RunsAsync(id, "Decide")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    [TestCase("Good", false)]
    [TestCase("Wrong", true)]
    [TestCase("Useless", false)]
    [Pattern(38, "General Synchronizing Merge", "`PrecedingRule(Arrivals.AllThatCanCome)`: loops may lead to it, and branches may end elsewhere")]
    [Statement("13.1")]
    public async Task WCP38_General_Synchronizing_Merge(string verdict, bool isWrittenAgain)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Article);
        var id = await bed.BeginAsync();

        // As long as the check can still send the article back, something can come.
        await bed.DoneAsync(id, "Write");
        (await bed.RunsAsync(id, "Publish")).ShouldBe(0);
        await bed.FinishAsync(id, "Check", result => result.Set(Verdict, verdict));
        if (isWrittenAgain)
        {
            (await bed.AtWorkAsync(id)).ShouldBe("Write");
            (await bed.RunsAsync(id, "Publish")).ShouldBe(0);
            await bed.DoneAsync(id, "Write");
        }

        (await bed.RunsAsync(id, "Publish")).ShouldBe(1);
        await bed.ShouldBeOverAsync(id);
    }

    /// <summary>Starts an emergency; each bit of the choice is a branch.</summary>
    private static Task<ProcessInstanceId> CallAsync(WorkflowTestBed bed, int choice) => bed.BeginAsync(start => start
        .Set(NeedsPolice, (choice & 1) != 0).Set(NeedsDoctor, (choice & 2) != 0).Set(NeedsEngine, (choice & 4) != 0));

    /// <summary>The branches of a choice, in the order of their lines.</summary>
    private static string[] Chosen(int choice) => [.. Branches.Where((_, bit) => (choice & (1 << bit)) != 0)];
}
