using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Idempotency keys, questions over instances, and transactions of the host, as far as they need no database.</summary>
[TestFixture]
internal sealed class Chapter13Commands
{
    private static readonly ProcessField<string> _costCentre = new("Cost centre") { IsSearchable = true };

    private static readonly ProcessField<decimal> _amount = new("Amount") { IsSearchable = true };

    /// <summary><code>► Decide [ann, bob; per destination] ──► Pay (waits) ►</code></summary>
    private static readonly ProcessDefinition _claim = ProcessDefinition.Define("Claim", process =>
    {
        process.Fields(_costCentre, _amount);
        process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.ViewParticipate).View("boss").ServerEvent("bank"));
        var decide = process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .PlanPerDestination()
            .Client("Approve", task => task.Action("Yes"))
            .SucceedingRule(Answers.AllSlots == "Yes"));
        var pay = process.Activity("Pay", activity => activity.Server("Order", context =>
        {
            context.Set(_amount, context.Get(_amount) + 1);
            context.WaitUntilFinished();
        }));
        process.StartsWith(decide);
        decide.To(pay);
    });

    [Test]
    [Statement("13.7")]
    public async Task A_start_under_one_key_starts_one_instance()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var dora = bed.Engine.As("dora");

        var first = await dora.Once("claim-1").StartAsync("Claim");
        var again = await dora.Once("claim-1").StartAsync("Claim");
        var other = await dora.Once("claim-2").StartAsync("Claim");

        again.ShouldBe(first);
        other.Id.ShouldNotBe(first.Id);
        (await bed.HistoryAsync(first.Id)).Count(entry => entry.Kind is JournalKind.ProcessStarted).ShouldBe(1);
    }

    [Test]
    [Statement("13.7")]
    public async Task Starts_under_one_key_at_once_are_one_start()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);

        var started = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => bed.Engine.As("dora").Once("claim-1").StartAsync("Claim").AsTask())));

        started.Select(item => item.Id).Distinct().ShouldHaveSingleItem();
        (await bed.Engine.AsSystem().FindProcessesAsync()).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("13.7")]
    public async Task An_action_under_one_key_is_taken_once()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var claim = await bed.StartAsync("dora");
        var serial = (await bed.Engine.As("ann").Worklist.SingleAsync(claim.Id)).Serial;

        await bed.Engine.As("ann").Once("yes").Worklist.ExecuteAsync(serial, "Yes");
        await bed.Engine.As("ann").Once("yes").Worklist.ExecuteAsync(serial, "Yes");

        (await bed.HistoryAsync(claim.Id)).Count(entry => entry.Kind is JournalKind.SlotCompleted).ShouldBe(1);
        await Should.ThrowAsync<WorklistItemNotFoundException>(() => bed.Engine.As("ann").Worklist.ExecuteAsync(serial, "Yes").AsTask());
    }

    [Test]
    [Statement("13.7")]
    public async Task Each_of_several_tasks_has_a_key_of_its_own()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        await bed.StartAsync("dora");
        await bed.StartAsync("dora");
        var serials = (await bed.WorklistAsync("ann")).Select(item => item.Serial).ToList();

        var first = await bed.Engine.As("ann").Once("all").Worklist.ExecuteAsync(serials, "Yes");
        var again = await bed.Engine.As("ann").Once("all").Worklist.ExecuteAsync(serials, "Yes");

        serials.Count.ShouldBe(2);
        first.Concat(again).ShouldAllBe(result => result.Error == null);
    }

    [Test]
    [Statement("13.7")]
    [Statement("7.1")]
    public async Task A_finish_under_one_key_is_answered_as_the_first_was()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var claim = await DecidedAsync(bed);
        var serial = (await bed.ServerItemsAsync(claim)).ShouldHaveSingleItem();

        var first = await bed.Engine.As("bank").Once("paid").FinishAsync(serial);
        var again = await bed.Engine.As("bank").Once("paid").FinishAsync(serial);

        (first, again).ShouldBe((FinishReceipt.Applied, FinishReceipt.Applied));
        (await bed.ReadAsync(claim)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>An engine that stopped has left two things to be asked: the resolver, and then the code whose item is finished early.</summary>
    [Test]
    [Statement("13.7")]
    [Statement("7.1")]
    public async Task A_finish_that_was_only_stored_is_answered_so_under_its_key_regardless_of_earlier_questions()
    {
        var resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "ann" } })
        {
            Members = async (_, cancellation) =>
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                throw new UnreachableException();
            },
        };
        var definition = ProcessDefinition.Define("Two", process => process
            .StartsWith(process.Activity(
                "Decide", activity => activity.Destinations(to => to.Role("R").ResolvedToUsers()).Client("Approve", task => task.Action("Yes"))))
            .StartsWith(process.Activity("Pay", activity => activity.Server("Order", context => context.WaitUntilFinished()))));
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = resolver);
        var starting = bed.Engine.AsSystem().StartAsync("Two").AsTask();
        await resolver.Reached;
        await bed.Engine.DisposeAsync();
        await starting;
        resolver.Members = null;
        await using var next = WorkflowEngine.Create(
            options => (options.Store, options.DestinationResolver, options.TakesUpWork) = (bed.Store, resolver, false));
        await next.DeployAsync(definition);
        var serial = new SerialNumber((await starting).Id, 1);

        var first = await next.AsSystem().Once("paid").FinishAsync(serial);
        var again = await next.AsSystem().Once("paid").FinishAsync(serial);

        (first, again).ShouldBe((FinishReceipt.Stored, FinishReceipt.Stored));
    }

    [Test]
    [Statement("13.7")]
    public async Task A_key_belongs_to_one_command_of_one_user()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var claim = await bed.Engine.As("dora").Once("key").StartAsync("Claim");
        var serial = (await bed.Engine.As("ann").Worklist.SingleAsync(claim.Id)).Serial;

        var ottos = await bed.Engine.As("otto").Once("key").StartAsync("Claim");
        ottos.Id.ShouldNotBe(claim.Id);
        (await bed.Engine.As("otto").Once("key").StartAsync("Claim")).Id.ShouldBe(ottos.Id);
        await Should.ThrowAsync<IdempotencyKeyException>(() => bed.Engine.As("dora").Once("key").Worklist.ExecuteAsync(serial, "Yes").AsTask());

        (await bed.Engine.As("DORA").Once("key").StartAsync("Claim")).Id.ShouldBe(claim.Id);
    }

    [Test]
    [Statement("13.7")]
    public async Task The_content_of_a_command_belongs_to_the_key()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var dora = bed.Engine.As("dora");
        var claim = await dora.Once("start").StartAsync("Claim", start => start.Folio("Lisbon").Set(_amount, 1m));
        var ann = bed.Engine.As("ann");
        var serial = (await ann.Worklist.SingleAsync(claim.Id)).Serial;
        await ann.Once("open").Worklist.OpenAsync(serial);

        await Should.ThrowAsync<IdempotencyKeyException>(() => dora.Once("start").StartAsync("Claim", start => start.Folio("Rome").Set(_amount, 1m)).AsTask());
        await Should.ThrowAsync<IdempotencyKeyException>(
            () => dora.Once("start").StartAsync("Claim", start => start.Folio("Lisbon").Set(_amount, 2m)).AsTask());
        await Should.ThrowAsync<IdempotencyKeyException>(() => ann.Once("open").Worklist.OpenAsync(serial, allocate: false).AsTask());

        (await ann.Once("open").Worklist.OpenAsync(serial)).Status.ShouldBe(WorklistItemStatus.Open);
    }

    /// <summary>The answer of the first was lost while it was still under way, and its sender sends it again.</summary>
    [Test]
    [Statement("13.7")]
    public async Task A_repeat_that_overtakes_the_first_is_answered_as_the_first_is()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var claim = await bed.StartAsync("dora");
        var serial = (await bed.Engine.As("ann").Worklist.SingleAsync(claim.Id)).Serial;

        var all = Enumerable.Range(0, 8).Select(_ => Task.Run(() => bed.Engine.As("ann").Once("yes").Worklist.ExecuteAsync(serial, "Yes").AsTask()));
        await Task.WhenAll(all);

        (await bed.HistoryAsync(claim.Id)).Count(entry => entry.Kind is JournalKind.SlotCompleted).ShouldBe(1);
    }

    [Test]
    [Statement("13.7")]
    public async Task A_command_that_was_refused_leaves_no_key_behind()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var claim = await bed.StartAsync("dora");
        var serial = (await bed.Engine.As("ann").Worklist.SingleAsync(claim.Id)).Serial;
        await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.Engine.As("eve").Once("key").Worklist.ExecuteAsync(serial, "Yes").AsTask());

        await bed.Engine.As("ann").Once("key").Worklist.ExecuteAsync(serial, "Yes");

        (await bed.Store.FindRequestAsync($"ANN{StoredRequest.KeySeparator}key", default)).ShouldNotBeNull().ProcessInstance.ShouldBe(claim.Id);
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\nb")]
    [Statement("13.7")]
    public async Task A_key_that_cannot_be_one_is_refused(string key)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);

        Should.Throw<ArgumentException>(() => bed.Engine.As("dora").Once(key));
        Should.Throw<ArgumentException>(() => bed.Engine.As("dora").Once(new string('k', 201)));
    }

    [Test]
    [Statement("13.10")]
    public async Task Instances_are_found_by_the_values_of_their_searchable_fields()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var one = await bed.StartAsync("dora", start => start.Set(_costCentre, "4711").Set(_amount, 2.50m));
        var two = await bed.StartAsync("dora", start => start.Set(_costCentre, "4711").Set(_amount, 3m));
        await bed.StartAsync("dora", start => start.Set(_costCentre, "8").Set(_amount, 2.5m));

        (await FoundAsync(bed, new() { Fields = [_costCentre.With("4711")] })).ShouldBe([one.Id, two.Id]);
        (await FoundAsync(bed, new() { Fields = [_costCentre.With("4711")], NewestFirst = true })).ShouldBe([two.Id, one.Id]);
        (await FoundAsync(bed, new() { Fields = [_costCentre.With("4711"), _amount.With(2.5m)] })).ShouldBe([one.Id]);
        (await FoundAsync(bed, new() { Fields = [_costCentre.With("471")] })).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.10")]
    public async Task A_field_that_changes_is_found_by_its_new_value()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var claim = await DecidedAsync(bed, start => start.Set(_amount, 2m));

        (await FoundAsync(bed, new() { Fields = [_amount.With(2m)] })).ShouldBeEmpty();
        (await FoundAsync(bed, new() { Fields = [_amount.With(3m)] })).ShouldBe([claim]);
    }

    [Test]
    [Statement("13.10")]
    [Statement("9.1")]
    public async Task A_user_who_asks_for_instances_is_shown_those_that_they_may_see()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var one = await bed.StartAsync("dora");
        var two = await bed.StartAsync("otto");

        (await bed.Engine.As("dora").FindProcessesAsync()).Select(record => record.Id).ShouldBe([one.Id]);
        (await bed.Engine.As("ann").FindProcessesAsync()).Select(record => record.Id).ShouldBe([one.Id, two.Id], "ann takes part in both");
        (await bed.Engine.As("boss").FindProcessesAsync()).Select(record => record.Id).ShouldBe([one.Id, two.Id]);
        (await bed.Engine.As("eve").FindProcessesAsync()).ShouldBeEmpty();
        (await bed.Engine.As("boss").FindProcessesAsync(new() { Limit = 1, After = one.Id })).Select(record => record.Id).ShouldBe([two.Id]);
    }

    [Test]
    [Statement("13.10")]
    public async Task A_field_that_nobody_could_search_by_is_refused()
    {
        var list = new ProcessField<IReadOnlyList<string>>("Tags") { IsSearchable = true };
        var plain = new ProcessField<string>("Plain");

        Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Bad", process => process.Fields(list).StartsWith(process.Activity("A"))))
            .Message.ShouldContain("IsSearchable");
        Should.Throw<InvalidOperationException>(() => plain.With("x")).Message.ShouldContain("IsSearchable");
        await Task.CompletedTask;
    }

    [Test]
    [Statement("13.10")]
    public async Task Completed_instances_are_purged_with_their_history()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        var open = await bed.StartAsync("dora");
        var done = await DecidedAsync(bed);
        await bed.FinishAsync("bank", (await bed.ServerItemsAsync(done)).Single());

        (await bed.Engine.PurgeAsync(bed.Clock.GetUtcNow())).ShouldBe(0, "it ended at this very instant");
        (await bed.Engine.PurgeAsync(bed.Clock.GetUtcNow().AddTicks(1), "Other")).ShouldBe(0);
        (await bed.Engine.PurgeAsync(bed.Clock.GetUtcNow().AddTicks(1))).ShouldBe(1);

        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.ReadAsync(done));
        (await bed.ReadAsync(open.Id)).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("13.6")]
    public async Task A_store_that_is_not_in_a_database_refuses_a_transaction()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_claim);
        using var transaction = new NoTransaction();

        Should.Throw<NotSupportedException>(() => bed.Engine.Within(transaction)).Message.ShouldContain("Workflow.Core.Relational");
    }

    private static async Task<IEnumerable<ProcessInstanceId>> FoundAsync(WorkflowTestBed bed, ProcessQuery query) =>
        (await bed.Engine.AsSystem().FindProcessesAsync(query)).Select(record => record.Id);

    private static async Task<ProcessInstanceId> DecidedAsync(WorkflowTestBed bed, Action<ProcessStart>? begin = null)
    {
        var claim = await bed.StartAsync("dora", start =>
        {
            start.Set(_amount, 1m);
            begin?.Invoke(start);
        });
        foreach (var user in new[] { "ann", "bob" })
        {
            await (await bed.Engine.As(user).Worklist.SingleAsync(claim.Id)).ExecuteAsync("Yes");
        }

        return claim.Id;
    }

    private sealed class NoTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
