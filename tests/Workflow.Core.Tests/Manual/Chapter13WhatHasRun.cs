using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>An instance knows itself which of its activities have run, so that sending back reads no history.</summary>
[TestFixture]
public sealed class Chapter13WhatHasRun
{
    /// <code>
    /// ► first (at once) ──► second (at once) ──► Ask (A) ──► last
    /// </code>
    private static Action<ProcessBuilder> Chain(string first, string second, string last) => process =>
    {
        var one = process.Activity(first, activity => activity.Server("Read", _ => { }));
        var two = process.Activity(second, activity => activity.Server("Check", _ => { }));
        var ask = process.Activity("Ask", activity => activity.Once(1, 1).Chooses(more: task => task.AllowSendBack()));
        process.StartsWith(one);
        one.To(two);
        two.To(ask);
        ask.To(process.Activity(last));
    };

    [Test]
    [Statement("13.11")]
    [Statement("14.6")]
    public async Task Sending_back_reads_no_history_whoever_does_it_and_however_often([Values] bool fromStore)
    {
        var store = new CountsReads();
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(Chain("Prepare", "Check", "Pay")), options => options.Store = store);
        var id = await bed.BeginAsync();
        for (var round = 0; round < 3; round++)
        {
            if (fromStore)
            {
                await bed.RestartAsync();
            }

            (await bed.Admin().Preview.SendBackAsync(id, "Prepare")).StartedActivities.ShouldBe(["Prepare"]);
            await bed.Admin().SendBackAsync(id, "Check");
            await (await bed.ItemAsync("A", id)).SendBackAsync("Prepare");
            await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SendBackAsync(id, "Pay").AsTask());
            await Should.ThrowAsync<WorklistItemRefusedException>(async () => await (await bed.ItemAsync("A", id)).SendBackAsync("Pay"));
        }

        store.Reads.ShouldBe(0);
    }

    [Test]
    [Statement("13.11")]
    [Statement("8.8")]
    public async Task A_renamed_activity_that_has_run_is_known_by_its_new_name([Values] bool fromStore)
    {
        await using var bed = await Migrations.BedAsync(Chain("Prepare", "Check", "Pay"), Chain("Collect", "Prepare", "Pay"));
        var id = await bed.BeginAsync();
        await bed.MigrateAsync(id, Renames.None.Activity("Prepare", "Collect").Activity("Check", "Prepare"));
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        (await bed.Admin().Preview.SendBackAsync(id, "Collect")).StartedActivities[0].ShouldBe("Collect");
        await bed.Admin().SendBackAsync(id, "Prepare");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ask"]);
    }

    /// <summary>The new version has an activity under a name that an activity had which has run.</summary>
    [Test]
    [Statement("13.11")]
    [Statement("8.8")]
    public async Task An_activity_that_is_new_has_not_run_whatever_another_was_called_before()
    {
        await using var bed = await Migrations.BedAsync(Chain("Prepare", "Check", "Pay"), process =>
        {
            Chain("Collect", "Check", "Pay")(process);
            process.Activity("Prepare");
        });
        var id = await bed.BeginAsync();
        await bed.MigrateAsync(id, Renames.None.Activity("Prepare", "Collect"));

        var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SendBackAsync(id, "Prepare").AsTask());

        refusal.Message.ShouldContain("has not run");
    }

    /// <summary>Positions up to 64 fit into one number.</summary>
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(200)]
    [Statement("13.11")]
    public async Task Each_of_many_activities_is_known_for_itself(int count)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var activities = Enumerable.Range(0, count).Select(number => process.Activity($"A{number}", activity => activity.Server("Run", _ => { }))).ToList();
            process.StartsWith(activities[0]);
            for (var number = 2; number < count; number += 2)
            {
                activities[number - 2].To(activities[number]);
            }

            activities[(count - 1) / 2 * 2].To(process.Activity("Ask", activity => activity.Once(1, 1).Chooses(more: task => task.AllowSendBack())));
        }), options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.RestartAsync();
        var process = await bed.ReadAsync(id);

        var run = Enumerable.Range(0, count).Where(number => process.HasRun(number) is true);

        run.ShouldBe(Enumerable.Range(0, count).Where(number => number % 2 == 0));
        process.HasRun(count).ShouldBe(true, "it is active");
    }

    [Test]
    [Statement("13.11")]
    public async Task An_activity_that_waits_for_its_start_or_whose_preceding_rule_is_false_has_not_run([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            process.StartsWith(process.Activity("Later", activity => activity.StartRule(DueTime.After(TimeSpan.FromDays(1))).Server("Run", _ => { })));
            process.StartsWith(process.Activity("Never", activity => activity.PrecedingRule(Rule.Named("never", _ => false)).Server("Run", _ => { })));
            process.StartsWith(process.Activity("Ask", activity => activity.Once(1, 1).Chooses()));
        }), options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        foreach (var name in new[] { "Later", "Never" })
        {
            (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().SendBackAsync(id, name).AsTask())).Message.ShouldContain("has not run");
        }

        await bed.AdvanceAsync(TimeSpan.FromDays(1));
        await bed.Admin().SendBackAsync(id, "Later", expiring: Expiring.Only("Later"));
    }

    /// <summary>A stranger learns nothing of an instance whose definition is missing, and the originator learns which one is.</summary>
    [Test]
    [Statement("13.11")]
    [Statement("14.7")]
    public async Task A_stranger_who_withdraws_an_instance_of_a_missing_definition_learns_nothing_of_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            process.Withdrawal();
            Chain("Prepare", "Check", "Pay")(process);
        }));
        var id = await bed.BeginAsync();
        await using var second = WorkflowEngine.Create(options => options.Store = bed.Store);

        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => second.As("eve").WithdrawAsync(id).AsTask());
        await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => second.As("dora").WithdrawAsync(id).AsTask());

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }

    private sealed class CountsReads : StoreAround
    {
        private readonly InMemoryProcessStore _inner = new();

        public int Reads { get; private set; }

        protected override IProcessStore Asked => _inner;

        public override ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
            ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation)
        {
            Reads++;
            return base.ReadJournalAsync(processInstance, after, limit, cancellation);
        }
    }
}
