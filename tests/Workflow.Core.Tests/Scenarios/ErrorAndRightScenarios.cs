using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class ErrorAndRightScenarios
{
    private static readonly ProcessField<int> Rounds = new("Rounds", initial: 0);

    /// <code>
    /// ► Work (counts its rounds) ──►  at the end: once more? (throws in a given round)
    ///    ▲                                │
    ///    └────────────────────────────────┘
    /// </code>
    private static ProcessDefinition Finishing(int throwsInRound) => ProcessDefinition.Define("Finishing", process =>
    {
        process.OpenToAll().Fields(Rounds);
        var work = process.Activity("Work", activity => activity
            .Server("Count", context => context.Set(Rounds, context.Get(Rounds) + 1)));
        process.StartsWith(work);
        process.FinishRule(
            when: Rule.Named("Once more", context => context.Get(Rounds) < throwsInRound
                ? true
                : throw new InvalidOperationException("the rule broke")),
            goTo: work);
    });

    /// <code>
    /// ► Transfer (waits for the bank) ──►
    /// </code>
    private static readonly ProcessDefinition Transfer = ProcessDefinition.Define("Transfer", process =>
    {
        process.Rights(rights => rights
            .Admin("root").Start("starter").View("viewer").ViewParticipate("participant").ServerEvent("bank").Start("clerk").ServerEvent("clerk"));
        process.StartsWith(process.Activity("Transfer", activity => activity.Waits()));
    });

    [Test]
    [Statement("8.4")]
    public async Task X06_a_finish_rule_that_throws_puts_the_process_into_error_and_never_completes_it([Range(1, 3)] int round)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Finishing(round));

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var process = await bed.ReadAsync(started.Id);
        process.Error.ShouldNotBeNull().Message.ShouldContain("the rule broke");
        process.Error.Element.ShouldContain("finish rule", Case.Insensitive);
        process.EndedAt.ShouldBeNull();
        process.Fields.Get<int>("Rounds").ShouldBe(round);
        (await bed.CountAsync(started.Id, JournalKind.ProcessCompleted)).ShouldBe(0);
        (await bed.CountAsync(started.Id, JournalKind.ProcessError)).ShouldBe(1);
    }

    [Statement("9.1")]
    [TestCase("bank", false, true)]
    [TestCase("clerk", true, true)]
    [TestCase("root", true, true)]
    [TestCase("starter", true, false)]
    [TestCase("viewer", false, false)]
    [TestCase("participant", false, false)]
    [TestCase("stranger", false, false)]
    [TestCase("BANK", false, true)]
    public async Task H02_who_may_finish_may_not_therefore_start(string user, bool mayStart, bool mayFinish)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Transfer);
        var item = new SerialNumber((await bed.StartAsync("root")).Id, 1);

        await ShouldBeAllowedAsync(mayStart, ProcessRight.Start, user, () => bed.StartAsync(user));
        await ShouldBeAllowedAsync(mayFinish, ProcessRight.ServerEvent, user, () => bed.FinishAsync(user, item));

        (await bed.StatusAsync(item.ProcessInstance)).ShouldBe(mayFinish ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("9.2")]
    public async Task H02_a_start_that_is_refused_stores_nothing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Transfer);

        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.StartAsync("bank"));

        for (var number = 1; number < 5; number++)
        {
            (await bed.Store.LoadAsync(new(number), CancellationToken.None)).ShouldBeNull();
        }
    }

    private static async Task ShouldBeAllowedAsync(bool isAllowed, ProcessRight right, string user, Func<Task> command)
    {
        if (isAllowed)
        {
            await command();
            return;
        }

        var denial = await Should.ThrowAsync<WorkflowAccessDeniedException>(command);
        denial.MissingRight.ShouldBe(right);
        denial.User.ShouldBe(user);
        denial.Definition.ShouldBe("Transfer");
        denial.Statement.ShouldBe("9.1");
    }
}
