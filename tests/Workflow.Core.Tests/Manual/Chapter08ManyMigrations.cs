using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Many instances go on in another version of their definition, and what is known of versions in use.</summary>
[TestFixture]
public sealed class Chapter08ManyMigrations
{
    private static readonly Action<ProcessBuilder> Plain = Migrations.Asking(activity => activity.Once(1, 1).Chooses());

    private bool _fails;

    [SetUp]
    public void Mend() => _fails = false;

    [Test]
    [Statement("8.8d")]
    [Statement("8.6")]
    [Description("V2-12")]
    public async Task Each_of_several_instances_has_its_own_result_and_its_status_stays([Values] bool isPreview)
    {
        await using var bed = await Migrations.BedAsync(MayFail(), MayFail());
        var ids = await SixAsync(bed);
        var before = await StoredAsync(bed, ids);
        var migration = bed.Admin().Migration("Order", from: 1, to: 2);

        if (isPreview)
        {
            var previews = await migration.PreviewAsync(ids);

            previews.Select(preview => (preview.ProcessInstance, preview.Outcome)).ShouldBe(ids.Zip(Expected));
            previews[3].Refusal.ShouldNotBeNull().Message.ShouldContain("Completed");
            previews[4].Refusal.ShouldNotBeNull().Message.ShouldContain("Deleted");
            (await StoredAsync(bed, ids)).ShouldBe(before, "nothing has changed");
            (await migration.PreviewAsync()).Select(preview => preview.ProcessInstance).ShouldBe(ids[..3], "those of version 1 that have not ended");
            return;
        }

        var heard = new List<MigrationResult>();
        var results = await migration.ApplyAsync(ids, "The form has changed.", new Heard(heard));

        results.Select(result => (result.ProcessInstance, result.Outcome)).ShouldBe(ids.Zip(Expected));
        heard.ShouldBe(results);
        results[3].Refusal.ShouldNotBeNull().Message.ShouldContain("Completed");
        results[4].Refusal.ShouldNotBeNull().Message.ShouldContain("Deleted");
        var changes = new List<int>();
        foreach (var id in ids)
        {
            changes.Add(await bed.CountAsync(id, JournalKind.VersionChanged));
        }

        changes.ShouldBe([1, 1, 1, 0, 0, 1], "the last one was moved before");
        var statuses = new List<ProcessInstanceStatus>();
        foreach (var id in ids)
        {
            statuses.Add(await bed.StatusAsync(id));
        }

        statuses.ShouldBe(
            [
                ProcessInstanceStatus.Active, ProcessInstanceStatus.Stopped, ProcessInstanceStatus.Error, ProcessInstanceStatus.Completed,
                ProcessInstanceStatus.Deleted, ProcessInstanceStatus.Active,
            ]);
    }

    [Test]
    [Statement("8.8d")]
    [Statement("14.7d")]
    [Description("V2-13")]
    public async Task A_call_that_was_cut_short_is_repeated_and_moves_the_rest_once([Values] bool byList)
    {
        await using var bed = await Migrations.BedAsync(Plain, Plain);
        var ids = new List<ProcessInstanceId>();
        for (var number = 0; number < 10; number++)
        {
            ids.Add(await bed.BeginAsync());
        }

        using var cancelling = new CancellationTokenSource();
        var migration = bed.Admin().Migration("Order", from: 1, to: 2);
        var heard = new List<MigrationResult>();
        var first = await migration.ApplyAsync(progress: new Heard(heard, () =>
        {
            if (heard.Count == 3)
            {
                cancelling.Cancel();
            }
        }), cancellation: cancelling.Token);
        first.Select(result => result.IsDone).ShouldBe([true, true, true, false]);
        first[^1].Refusal.ShouldBeOfType<OperationCanceledException>();

        var second = byList ? await migration.ApplyAsync(ids) : await migration.ApplyAsync();

        second.Count(result => result.Outcome is MigrationOutcome.NothingToDo).ShouldBe(byList ? 3 : 0);
        second.Count(result => result.Outcome is MigrationOutcome.Migrated).ShouldBe(7);
        foreach (var id in ids)
        {
            (await bed.CountAsync(id, JournalKind.VersionChanged)).ShouldBe(1);
        }
    }

    [Test]
    [Statement("8.8d")]
    [Description("V2-02")]
    public async Task A_preview_names_the_obstacles_of_each_instance_and_the_escalations_that_will_not_be_armed()
    {
        await using var bed = await Migrations.BedAsync(Plain, process =>
        {
            process.Escalation("Late", TimeSpan.FromDays(9), then => then.Mails());
            Migrations.Asking(activity => activity.Once(1, 1)
                .Escalation("Remind", TimeSpan.FromDays(1), then => then.Mails())
                .Chooses(more: task => task.Escalation("Nudge", TimeSpan.FromDays(1), then => then.Mails())))(process);
        });
        var id = await bed.BeginAsync();

        var preview = (await bed.Admin().Migration("Order", from: 1, to: 2).PreviewAsync()).ShouldHaveSingleItem();
        var wrong = (await bed.Admin().Migration("Order", from: 1, to: 2, Renames.None.Activity("Ask", "Nowhere")).PreviewAsync([id])).Single();

        preview.Outcome.ShouldBe(MigrationOutcome.Migrated);
        preview.NotArmed.ShouldBe(
            ["escalation 'Late'", "escalation 'Remind' of activity 'Ask'", "escalation 'Nudge' of event 'Decision' of activity 'Ask'"]);
        (wrong.Outcome, wrong.Obstacles.Count).ShouldBe((MigrationOutcome.Refused, 1));
        (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("8.8d")]
    public async Task An_instance_of_another_version_or_definition_or_none_at_all_is_refused_and_keeps_no_other_from_its_move()
    {
        var other = ProcessDefinition.Define("Other", process =>
        {
            process.OpenToAll().Rights(rights => rights.Admin(Orders.Boss));
            Plain(process);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(
            [Orders.Define(process => Plain(process.Version(3))), Orders.Define(process => Plain(process.Version(2))), Orders.Define(Plain), other]);
        var definitions = bed.Engine.As(Orders.Boss).ManageDefinitions();
        await definitions.SetDefaultAsync("Order", 3);
        var third = await bed.BeginAsync();
        await definitions.SetDefaultAsync("Order", 1);
        var strange = (await bed.StartAsync("Other", "dora")).Id;
        var first = await bed.BeginAsync();

        var results = await bed.Admin().Migration("Order", from: 1, to: 2).ApplyAsync([third, strange, new ProcessInstanceId(99), first]);

        results.Select(result => result.Outcome).ShouldBe(
            [MigrationOutcome.Refused, MigrationOutcome.Refused, MigrationOutcome.Refused, MigrationOutcome.Migrated]);
        results[0].Refusal.ShouldNotBeNull().Message.ShouldContain("on version 3 and not on version 1");
        results[1].Refusal.ShouldBeAssignableTo<WorkflowException>();
        results[2].Refusal.ShouldBeOfType<ProcessInstanceNotFoundException>();
    }

    [Test]
    [Statement("8.8d")]
    public async Task A_call_without_the_right_or_without_one_of_the_versions_is_refused_as_a_whole()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process => Plain(process.Managed())));
        await bed.BeginAsync();

        await Should.ThrowAsync<WorkflowAccessDeniedException>(
            () => bed.Engine.As("dora").ManageProcesses().Migration("Order", from: 1, to: 2).ApplyAsync().AsTask());
        (await Should.ThrowAsync<ProcessDefinitionNotFoundException>(
            () => bed.Admin().Migration("Order", from: 1, to: 2).PreviewAsync().AsTask())).Version.ShouldBe(2);
        Should.Throw<ArgumentException>(() => bed.Admin().Migration("Order", from: 1, to: 1));
    }

    [Test]
    [Statement("8.2")]
    [Statement("8.2c")]
    public async Task Everything_that_failed_in_one_way_is_retried_on_a_corrected_version()
    {
        _fails = true;
        await using var bed = await Migrations.BedAsync(MayFail(), MayFail());
        List<ProcessInstanceId> ids = [await bed.BeginAsync(), await bed.BeginAsync()];
        var found = await bed.Admin().FindErrorsAsync(new ErrorQuery { Definition = "Order" });
        var refused = await bed.Admin().RetryEachAsync(found, onVersion: 2, Renames.None.Activity("Nothing", "Nowhere"));
        refused.ShouldAllBe(result => result.Refusal is ProcessInstanceRefusedException);
        _fails = false;

        var results = await bed.Admin().RetryEachAsync(found, onVersion: 2, reason: "The sum is right now.");

        results.Select(result => (result.ProcessInstance, result.IsDone)).ShouldBe(ids.Select(id => (id, true)));
        foreach (var id in ids)
        {
            (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(2);
        }
    }

    [Test]
    [Statement("8.7c")]
    public async Task Versions_on_which_instances_run_are_shown_with_those_that_are_not_deployed_here()
    {
        await using var bed = await Migrations.BedAsync(Plain, Plain);
        var ids = new List<ProcessInstanceId> { await bed.BeginAsync(), await bed.BeginAsync(), await bed.BeginAsync() };
        await bed.MigrateAsync(ids[0]);
        await bed.ActAsync("A", new SerialNumber(ids[1], 1), "Approve");
        await using var second = WorkflowEngine.Create(options => options.Store = bed.Store);
        await second.DeployAsync(Orders.Define(process => Plain(process.Version(2))), new DeploymentOptions { BecomesDefault = false });
        var bytes = await bed.StoredBytesAsync(ids[2]);
        await second.RecoverAsync();
        await second.RunDueTimersAsync();

        (await second.As(Orders.Boss).ManageDefinitions().FindRunningAsync("Order")).ShouldBe(
            [new RunningVersion("Order", 1, 1, IsDeployedHere: false), new RunningVersion("Order", 2, 1, IsDeployedHere: true)]);
        (await bed.StoredBytesAsync(ids[2])).ShouldBe(bytes, "nothing of it is touched");
        (await second.As(Orders.Boss).ManageDefinitions().FindRunningAsync()).Count.ShouldBe(2);
        await using var third = WorkflowEngine.Create(options => options.Store = bed.Store);
        (await third.AsSystem().ManageDefinitions().FindRunningAsync()).ShouldAllBe(version => !version.IsDeployedHere);
        (await third.As(Orders.Boss).ManageDefinitions().FindRunningAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => third.As(Orders.Boss).ManageDefinitions().FindRunningAsync("Order").AsTask());
    }

    private static MigrationOutcome[] Expected =>
    [
        MigrationOutcome.Migrated, MigrationOutcome.Migrated, MigrationOutcome.Migrated, MigrationOutcome.Refused, MigrationOutcome.Refused,
        MigrationOutcome.NothingToDo,
    ];

    private Action<ProcessBuilder> MayFail() => Migrations.Asking(activity => activity.Once(1, 1).Server("Check", _ =>
    {
        if (_fails)
        {
            throw new InvalidOperationException("broken");
        }
    }).Chooses());

    /// <summary>Active, stopped, in Error, completed, deleted, and on version 2 already.</summary>
    private async Task<List<ProcessInstanceId>> SixAsync(WorkflowTestBed bed)
    {
        var ids = new List<ProcessInstanceId> { await bed.BeginAsync(), await bed.BeginAsync() };
        await bed.Admin().StopAsync(ids[1]);
        _fails = true;
        ids.Add(await bed.BeginAsync());
        _fails = false;
        ids.AddRange([await bed.BeginAsync(), await bed.BeginAsync(), await bed.BeginAsync()]);
        await bed.ActAsync("A", new SerialNumber(ids[3], 1), "Approve");
        await bed.Admin().DeleteAsync(ids[4]);
        await bed.MigrateAsync(ids[5]);
        return ids;
    }

    private static async Task<List<string>> StoredAsync(WorkflowTestBed bed, List<ProcessInstanceId> ids)
    {
        var stored = new List<string>();
        foreach (var id in ids)
        {
            stored.Add(await bed.StoredBytesAsync(id));
        }

        return stored;
    }

    private sealed class Heard(List<MigrationResult> results, Action? then = null) : IProgress<MigrationResult>
    {
        public void Report(MigrationResult value)
        {
            results.Add(value);
            then?.Invoke();
        }
    }
}
