using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>News of what commits change.</summary>
[TestFixture]
[Statement("13.12")]
public sealed class Chapter13News
{
    private static readonly ProcessField<string> Secret = new("Secret");

    /// <code>
    /// ► Decide ──► Pay (waits for the bank) ──►
    /// </code>
    private static readonly ProcessDefinition _payment = ProcessDefinition.Define("Payment", process =>
    {
        process.OpenToAll().Fields(Secret);
        var decide = process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann", "bob").Role("Clerks"))
            .Client("Decide it", task => task.Action("Yes")));
        process.StartsWith(decide);
        decide.To(process.Activity("Pay", activity => activity.Waits("Order the transfer")));
    });

    private static Task<WorkflowTestBed> BedAsync(ProcessDefinition definition, Action<WorkflowOptions>? configure = null) =>
        WorkflowTestBed.CreateAsync(definition, options =>
        {
            options.SilencedFindings = FindingIds.All;
            configure?.Invoke(options);
        });

    [Test]
    public async Task Each_commit_tells_what_it_has_changed_of_tasks_and_server_items([Values(0, 1_000)] int resident)
    {
        await using var bed = await BedAsync(_payment, options => options.ResidentInstances = resident);
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        var id = await bed.BeginAsync();
        (await watcher.TakeAsync()).ShouldBe("1#1 new to Active | Opened 1_1 Decide for ann, bob, Clerks");
        var serial = id.Task(1);
        await bed.Engine.As("ann").Worklist.OpenAsync(serial);
        (await watcher.TakeAsync()).ShouldBe("1#2 | Changed 1_1 Decide for ann, bob, Clerks");
        await bed.Engine.As("ann").Worklist.ReleaseAsync(serial);
        (await watcher.TakeAsync()).ShouldBe("1#3 | Changed 1_1 Decide for ann, bob, Clerks");
        await bed.Engine.As("ann").Worklist.RedirectAsync(serial, "cy");
        (await watcher.TakeAsync()).ShouldBe("1#4 | Removed 1_1 Decide for ann | Added 1_1 Decide for cy | Changed 1_1 Decide for cy, bob, Clerks");
        await bed.Engine.As("bob").Worklist.DelegateAsync(serial, Destination.User("dan"));
        (await watcher.TakeAsync()).ShouldBe("1#5 | Added 1_1 Decide for dan | Changed 1_1 Decide for cy, bob, Clerks, dan");
        await bed.Engine.As("cy").Worklist.SleepAsync(serial, TimeSpan.FromDays(1));
        (await watcher.TakeAsync()).ShouldBe("1#6 | Changed 1_1 Decide for cy, bob, Clerks, dan | timers");
        await bed.ActAsync("bob", serial, "Yes");
        (await watcher.TakeAsync()).ShouldBe("1#7 | Completed 1_1 Decide for cy, bob, Clerks, dan | timers");
        (await watcher.TakeAsync()).ShouldBe("1#8 | Waiting 1_2 Pay");
        await bed.FinishAsync(id.Task(2));
        (await watcher.TakeAsync()).ShouldBe("1#9 Active to Completed | Finished 1_2 Pay");
    }

    [Test]
    public async Task A_change_of_the_status_tells_the_one_before([Values(0, 1_000)] int resident)
    {
        await using var bed = await BedAsync(_payment, options => options.ResidentInstances = resident);
        var id = await bed.BeginAsync();
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        await bed.Admin().StopAsync(id);
        (await watcher.TakeAsync()).ShouldBe("1#2 Active to Stopped");
        await bed.Admin().ResumeAsync(id);
        (await watcher.TakeAsync()).ShouldBe("1#3 Stopped to Active");
        await bed.Admin().DeleteAsync(id);
        (await watcher.TakeAsync()).ShouldBe("1#4 Active to Deleted | Expired 1_1 Decide for ann, bob, Clerks");
    }

    [Test]
    public async Task Code_that_fails_and_a_timer_that_fires_are_told()
    {
        await using var bed = await BedAsync(ProcessDefinition.Define("Late", process => process.OpenToAll().StartsWith(
            process.Activity("Decide", activity => activity.Destinations(to => to.Users("ann")).Client("Decide it", task => task
                .Action("Yes")
                .Escalation("Remind", TimeSpan.FromDays(1), then => then.Run("Remind", _ => throw new InvalidOperationException("No."))))))));
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        await bed.BeginAsync();
        (await watcher.TakeAsync()).ShouldBe("1#1 new to Active | Opened 1_1 Decide for ann | timers");
        await bed.AdvanceAsync(TimeSpan.FromDays(1));
        (await watcher.TakeAsync()).ShouldBe("1#2 | Changed 1_1 Decide for ann | timers");
        (await watcher.TakeAsync()).ShouldStartWith("1#3 Active to Error");
    }

    /// <summary>The store has to find the task under its new name. For its people nothing began.</summary>
    [Test]
    public async Task A_task_that_a_change_of_version_renames_has_not_begun_anew()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Destinations(to => to.Users("ann")).Client("Ask her", task => task.Action("Yes"))),
            Migrations.Asking(activity => activity.Destinations(to => to.Users("ann")).Client("Ask her again", task => task.Action("Yes"))));
        var id = await bed.BeginAsync();
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        await bed.MigrateAsync(id, Renames.None.Event("Ask", "Ask her", "Ask her again"));

        (await watcher.TakeAsync()).ShouldBe("1#2 | Changed 1_1 Ask for ann");
    }

    [Test]
    public async Task News_names_the_process_and_has_neither_values_nor_texts()
    {
        await using var bed = await BedAsync(_payment);
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        await bed.BeginAsync(start => start.Folio("Ransom").Set(Secret, "Swordfish"));

        var change = (await watcher.NextAsync()).ShouldBeOfType<ProcessNews.Changed>();
        (change.Definition, change.DefinitionVersion).ShouldBe(("Payment", 1));
        change.ToString().ShouldNotContain("Ransom");
        change.ToString().ShouldNotContain("Swordfish");
    }

    /// <summary>A command that is refused, or changes nothing, makes no commit.</summary>
    [Test]
    public async Task A_command_that_is_refused_is_no_news()
    {
        await using var bed = await BedAsync(_payment);
        var id = await bed.BeginAsync();
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("eve", id.Task(1), "Yes"));
        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("ann", id.Task(1), "Maybe"));
        await Should.ThrowAsync<WorkflowException>(() => bed.FinishAsync(id.Task(1)));
        await bed.Engine.As("ann").Worklist.OpenAsync(id.Task(1), allocate: false);
        await bed.Engine.As("ann").ManageProcesses().Preview.StopAsync(id);
        await bed.DisposeAsync();

        (await watcher.RestAsync()).ShouldBeEmpty();
    }

    [Test]
    public async Task The_commits_of_each_instance_are_told_once_and_in_their_order()
    {
        const int Instances = 20;
        await using var bed = await BedAsync(_payment);
        await using var watcher = await NewsWatcher.BeginAsync(bed.Engine);

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(_ => Task.Run(async () =>
        {
            var id = (await bed.Engine.As("dora").StartAsync("Payment")).Id;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(user => bed.Engine.As("ann").Worklist
                .DelegateAsync(id.Task(1), Destination.User(user.Invariant())).AsTask()));
            await bed.Engine.As("ann").Worklist.ExecuteAsync(id.Task(1), "Yes");
        })));
        await bed.DisposeAsync();

        var news = (await watcher.RestAsync()).Select(line => line.Split(' ')[0].Split('#')).ToLookup(parts => parts[0], parts => parts[1]);
        news.Count.ShouldBe(Instances);
        news.ShouldAllBe(numbers => string.Concat(numbers) == "1234567");
    }

    [Test]
    public async Task Everybody_who_watches_gets_all_news_from_when_they_begin()
    {
        await using var bed = await BedAsync(_payment);
        await using var first = await NewsWatcher.BeginAsync(bed.Engine);
        await bed.BeginAsync();
        await using var second = await NewsWatcher.BeginAsync(bed.Engine);
        await bed.BeginAsync();
        await bed.DisposeAsync();

        (await first.RestAsync()).Select(line => line.Split(' ')[0]).ShouldBe(["1#1", "2#1"]);
        (await second.RestAsync()).Select(line => line.Split(' ')[0]).ShouldBe(["2#1"]);
    }
}
