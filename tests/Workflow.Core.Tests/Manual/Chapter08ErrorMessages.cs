using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>An error says what to do about it.</summary>
[TestFixture]
public sealed class Chapter08ErrorMessages
{
    public const string Said = "Then retry this instance.";

    private static readonly ProcessField<string> Approver = new("Approver");
    private static readonly ProcessField<int> Count = new("Count");

    private static TestCaseData Case(string says, Action<ActivityBuilder> work) => new TestCaseData(work).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Errors()
    {
        yield return Case("nobody", work => work.Destinations(to => to.Users(Approver)).Chooses());
        yield return Case("everybody left out", work => work.Destinations(to => to.Users("A").Originator().Except("A").ExceptOriginator()).Chooses());
        yield return Case("no slot", work => work.Destinations(to => to.Users("A")).PlanJustOnce(Slots.Number(Count)).Chooses());
        yield return Case("a role that the resolver does not know", work => work.Destinations(to => to.Role("Managers").ResolvedToUsers()).Chooses());
    }

    [TestCaseSource(nameof(Errors))]
    [Statement("8.6")]
    public async Task An_error_says_what_to_do_before_a_retry(Action<ActivityBuilder> work)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(work, Approver, Count));
        var id = await bed.BeginAsync();
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Message.ShouldEndWith(Said);
    }

    [Test]
    [Statement("8.6")]
    public async Task The_refusal_of_a_command_says_who_can_retry()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Broken", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
            process.StartsWith(process.Activity("Break", activity => activity.Server("Throw", _ => throw new InvalidOperationException("no money"))));
        }));
        var id = await bed.BeginAsync();

        var refusal = await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.FinishAsync(new SerialNumber(id, 1)));

        refusal.Message.ShouldContain("Mend the cause, and let an administrator retry it.");
        refusal.Message.ShouldEndWith("no money");
    }
}
