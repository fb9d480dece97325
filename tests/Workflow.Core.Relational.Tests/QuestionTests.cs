using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>Questions by name, with an engine and a store of its own for each step; <see cref="QuestionCase"/> says what holds.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class QuestionTests(SqlDialect dialect)
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly ProcessField<string> _centre = new("Cost centre");

    [Test]
    public async Task Each_step_goes_on_with_what_is_stored()
    {
        await using var database = TestDatabase.Create(dialect);

        await QuestionCase.RunAsync(() => database.NewStore());
    }

    /// <summary>The host dies between the answer and its commit. The code before it has completed and is not called again. The question is asked again, with
    /// what is stored.</summary>
    [Test]
    public async Task An_answer_that_was_not_stored_is_asked_for_again_and_no_completed_code_is_called_again()
    {
        await using var database = TestDatabase.Create(dialect);
        var (called, asked) = (new ConcurrentQueue<string>(), new ConcurrentQueue<NamedQuestion>());
        await using (var first = await OpenAsync(new DyingStore(database.NewStore(), asked), called, asked, "A"))
        {
            await Should.ThrowAsync<CommandPartlyStoredException>(() => first.AsSystem().StartAsync("Paying").AsTask());
        }

        asked.ShouldHaveSingleItem();
        await using var second = await OpenAsync(database.NewStore(), called, asked, "B");
        (await second.RecoverAsync()).ShouldBe(1);

        called.ShouldHaveSingleItem();
        asked.ShouldBe([new(Approvers, FieldValue.From("IT")), new(Approvers, FieldValue.From("IT"))]);
        var approve = (await second.AsSystem().ReadAsync(_id)).Activities.ShouldHaveSingleItem();
        approve.Destinations.ShouldHaveSingleItem().Destinations.ShouldHaveSingleItem().Name.ShouldBe("B");
    }

    /// <summary>The answer is stored, so the next host does not ask.</summary>
    [Test]
    public async Task An_answer_that_was_stored_is_not_asked_for_again()
    {
        await using var database = TestDatabase.Create(dialect);
        var (called, asked) = (new ConcurrentQueue<string>(), new ConcurrentQueue<NamedQuestion>());
        await using (var first = await OpenAsync(database.NewStore(), called, asked, "A"))
        {
            await first.AsSystem().StartAsync("Paying");
        }

        await using var second = await OpenAsync(database.NewStore(), called, asked, "B");
        (await second.RecoverAsync()).ShouldBe(0);

        asked.ShouldHaveSingleItem();
        (await second.As("A").Worklist.ListAsync()).ShouldHaveSingleItem();
    }

    private const string Approvers = "Approvers";

    /// <code>
    /// ►──► Pay: Charge ──► Approve (for the answer) ──►
    /// </code>
    private static async Task<WorkflowEngine> OpenAsync(
        IProcessStore store, ConcurrentQueue<string> called, ConcurrentQueue<NamedQuestion> asked, string approver)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.DestinationResolver = new StaticDestinations().Answers(Approvers, question =>
            {
                asked.Enqueue(question);
                return [Destination.User(approver)];
            });
        });
        await engine.DeployAsync(ProcessDefinition.Define("Paying", process =>
        {
            process.OpenToAll().Fields(_centre);
            var approve = process.Activity("Approve", activity => activity
                .Destinations(to => to.Question(Approvers, _centre)).PlanPerDestination().Client("Approve", task => task.Action("Yes")));
            var pay = process.Activity("Pay", activity => activity.Server("Charge", context =>
            {
                called.Enqueue(context.IdempotencyKey);
                context.Set(_centre, "IT");
            }));
            process.StartsWith(pay);
            pay.To(approve);
        }));
        return engine;
    }

    /// <summary>A store of a host that dies when it has the answer.</summary>
    private sealed class DyingStore(IProcessStore store, ConcurrentQueue<NamedQuestion> asked) : StoreAround
    {
        protected override IProcessStore Asked => store;

        public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) =>
            asked.IsEmpty ? base.CommitAsync(commit, cancellation) : throw new IOException("killed");
    }
}
