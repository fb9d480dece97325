using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Runtime;

/// <summary>When the header of an instance is stored, and what is known without it.</summary>
[TestFixture]
internal sealed class HeaderTests
{
    private static readonly string[] _users = ["ann", "ben", "cleo"];

    private static readonly ProcessDefinition _asking = ProcessDefinition.Define("Asking", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users(_users))
            .PlanPerDestination()
            .Client("Answer", task => task.Action("Yes"))
            .SucceedingRule(Answers.AllSlots == "Yes")));
    });

    /// <summary>The first answer sets the count of steps back, the second changes nothing of the instance itself, the third ends it.</summary>
    [Test]
    [Statement("14.6")]
    public async Task The_header_is_stored_when_something_in_it_has_changed()
    {
        var store = new WatchedStore();

        await AnswerAllAsync(store, resident: 10);

        store.Commits.Select(commit => commit.Parts.Any(part => part.Key == PartKey.Header)).ShouldBe([true, true, false, true]);
    }

    [Test]
    public async Task The_history_is_numbered_without_gaps_when_each_command_loads_the_instance()
    {
        var store = new WatchedStore();

        var history = await AnswerAllAsync(store, resident: 0);

        history.ShouldBe(await AnswerAllAsync(new WatchedStore(), resident: 10));
        history.ShouldBe(Enumerable.Range(1, history.Count).Select(number => (long)number));
        (await store.LoadAsync(new ProcessInstanceId(1), default)).ShouldNotBeNull().JournalCount.ShouldBe(history.Count);
    }

    private static async Task<List<long>> AnswerAllAsync(WatchedStore store, int resident)
    {
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.ResidentInstances = resident;
        });
        await engine.DeployAsync(_asking);
        var started = await engine.As("dora").StartAsync("Asking");
        for (var number = 1; number <= _users.Length; number++)
        {
            await engine.As(_users[number - 1]).Worklist.ExecuteAsync(new SerialNumber(started.Id, number), "Yes");
        }

        return [.. (await engine.AsSystem().ReadHistoryAsync(started.Id)).Select(entry => entry.Number)];
    }
}
