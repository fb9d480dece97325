using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Long runs of commands in no order, each compared with what the manual says.</summary>
[TestFixture]
public sealed class Chapter01RandomWalks
{
    private const int Steps = 60;

    [Test]
    [Statement("1.4")]
    [Statement("1.6")]
    [Statement("1.9")]
    [Statement("1.10")]
    public async Task Slots_have_the_statuses_of_the_manual_after_all_commands(
        [Seeds(12)] int seed, [Values] bool once, [Values(0, 1_000)] int residentInstances)
    {
        var random = new Mutations((ulong)seed);
        var people = 1 + random.Next(5);
        var slots = 1 + random.Next(people);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => (once ? activity.Once(people, slots) : activity.Each(people, slots)).Chooses().SucceedingRule(Answers.AllGiven)),
            options => options.ResidentInstances = residentInstances);
        var id = await bed.BeginAsync();
        var model = new SlotModel(people, slots);
        var items = new WorklistItem[people];
        for (var user = 0; user < people; user++)
        {
            items[user] = await bed.ItemAsync(Worklists.Users[user], id);
        }

        for (var step = 0; step < Steps && !model.IsOver; step++)
        {
            var user = random.Next(people);
            await StepAsync(bed, model, items[user], user, random.Next(9), 1 + random.Next(99));
            (await bed.StandingAsync(id, Worklists.First(people))).ShouldBe(model.Standing(), $"step {step} of {model}");
        }

        (await bed.PathAsync(id)).ShouldBe(model.IsOver ? "Ask After" : "Active: Ask");
    }

    private static Task StepAsync(WorkflowTestBed bed, SlotModel model, WorklistItem item, int user, int command, int seconds) => command switch
    {
        0 or 1 => TakeAsync(bed, model, item, user, async () => await item.OpenAsync(), () => model.Open(user)),
        2 => TakeAsync(bed, model, item, user, async () => await item.ExecuteAsync("Save"), () => model.Open(user)),
        3 when seconds < 50 => TakeAsync(bed, model, item, user, async () => await item.ExecuteAsync("Reject"), () => model.Finish(user)),
        4 or 5 => ReleaseAsync(bed, model, item, user),
        6 => SleepAsync(bed, model, item, user, seconds),
        7 => WakeAsync(bed, model, item, user),
        _ => AdvanceAsync(bed, model, seconds),
    };

    private static async Task TakeAsync(WorkflowTestBed bed, SlotModel model, WorklistItem item, int user, Func<Task> command, Action change)
    {
        if (model.MayOpen(user))
        {
            await command();
            change();
            return;
        }

        var refusal = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(item.ProcessInstance, command);
        refusal.Reason.ShouldBeOneOf(model.IsDone(user) ? [WorklistItemEnd.PartDone, WorklistItemEnd.Completed] : [WorklistItemEnd.NoSlotLeft]);
    }

    private static async Task ReleaseAsync(WorkflowTestBed bed, SlotModel model, WorklistItem item, int user)
    {
        if (model.IsAsleep(user))
        {
            return;
        }

        if (model.IsOpen(user))
        {
            await item.ReleaseAsync();
            model.Release(user);
            return;
        }

        await bed.ShouldRefuseAsync<WorkflowException>(item.ProcessInstance, async () => await item.ReleaseAsync());
    }

    private static async Task SleepAsync(WorkflowTestBed bed, SlotModel model, WorklistItem item, int user, int seconds)
    {
        if (model.MayOpen(user))
        {
            await item.SleepAsync(TimeSpan.FromSeconds(seconds));
            model.Sleep(user, bed.Clock.GetUtcNow().AddSeconds(seconds));
        }
        else if (!model.IsAsleep(user))
        {
            await bed.ShouldRefuseAsync<WorkflowException>(item.ProcessInstance, async () => await item.SleepAsync(TimeSpan.FromSeconds(seconds)));
        }
    }

    private static async Task WakeAsync(WorkflowTestBed bed, SlotModel model, WorklistItem item, int user)
    {
        if (model.IsAsleep(user))
        {
            await item.WakeAsync();
            model.Wake(user);
            return;
        }

        await bed.ShouldRefuseAsync<WorkflowException>(item.ProcessInstance, async () => await item.WakeAsync());
    }

    private static async Task AdvanceAsync(WorkflowTestBed bed, SlotModel model, int seconds)
    {
        await bed.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        model.Advance(bed.Clock.GetUtcNow());
    }
}
