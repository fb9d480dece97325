using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>Every verb on a task by its serial number, without listing it first. A verb that is not possible throws, as it does for an item that was
/// listed.</summary>
[TestFixture]
[Statement("1.8")]
public sealed class ItemBySerialTests
{
    private static readonly WorklistItemStatus[] _every = [.. Enum.GetValues<WorklistItemStatus>()];

    private static async Task<(WorkflowTestBed Bed, Worklist Ann, SerialNumber Serial)> BeginAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Approve", activity => activity
                .Destinations(to => to.Users("ann", "bob")).Client("Approve it", task => task.Action("Approve").Action("Reject"))));
        }));
        return (bed, bed.Engine.As("ann").Worklist, (await bed.StartAsync("dora")).Id.Task(1));
    }

    private static async Task<WorklistItem?> OfAsync(WorkflowTestBed bed, string user) =>
        (await bed.Engine.As(user).Worklist.ListAsync(new WorklistQuery { Statuses = _every })).SingleOrDefault();

    [Test]
    [Statement("1.9")]
    public async Task A_task_is_released()
    {
        var (bed, ann, serial) = await BeginAsync();
        await using var _ = bed;
        (await Should.ThrowAsync<WorklistItemRefusedException>(() => ann.ReleaseAsync(serial).AsTask())).Serial.ShouldBe(serial);
        await ann.OpenAsync(serial);

        await ann.ReleaseAsync(serial);

        (await OfAsync(bed, "bob"))!.Status.ShouldBe(WorklistItemStatus.Available);
    }

    [Test]
    [Statement("1.11")]
    public async Task A_task_is_redirected()
    {
        var (bed, ann, serial) = await BeginAsync();
        await using var _ = bed;
        await Should.ThrowAsync<WorklistItemRefusedException>(() => ann.RedirectAsync(serial, "bob").AsTask());

        await ann.RedirectAsync(serial, "cid");

        (await OfAsync(bed, "cid"))!.Serial.ShouldBe(serial);
        (await OfAsync(bed, "ann")).ShouldBeNull();
        await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.Engine.As("zoe").Worklist.RedirectAsync(serial, "eve").AsTask());
        await Should.ThrowAsync<ArgumentException>(async () => await ann.RedirectAsync(serial, " "));
    }

    [Test]
    [Statement("1.12")]
    public async Task A_task_is_delegated_and_taken_back()
    {
        var (bed, ann, serial) = await BeginAsync();
        await using var _ = bed;
        await Should.ThrowAsync<ActionNotAllowedException>(() => ann.DelegateAsync(serial, Destination.User("cid"), ["Pay"]).AsTask());
        await ann.DelegateAsync(serial, Destination.User("cid"), ["Reject"]);
        (await OfAsync(bed, "cid"))!.Actions.Select(action => action.Name).ShouldBe(["Reject"]);

        await ann.UndelegateAsync(serial, Destination.User("cid"));

        (await OfAsync(bed, "cid")).ShouldBeNull();
        await Should.ThrowAsync<WorklistItemRefusedException>(() => ann.UndelegateAsync(serial, Destination.User("cid")).AsTask());
    }

    [Test]
    [Statement("1.10")]
    public async Task A_task_is_put_to_sleep_and_woken([Values] bool until)
    {
        var (bed, ann, serial) = await BeginAsync();
        await using var _ = bed;
        var tomorrow = WorkflowTestBed.Beginning.AddDays(1);
        await Should.ThrowAsync<WorklistItemRefusedException>(() => ann.WakeAsync(serial).AsTask());
        await Should.ThrowAsync<WorklistItemRefusedException>(() => ann.SleepUntilAsync(serial, WorkflowTestBed.Beginning).AsTask());

        await (until ? ann.SleepUntilAsync(serial, tomorrow) : ann.SleepAsync(serial, TimeSpan.FromDays(1)));

        (await OfAsync(bed, "ann"))!.SleepsUntil.ShouldBe(tomorrow);
        await ann.WakeAsync(serial);
        (await OfAsync(bed, "ann"))!.Status.ShouldBe(WorklistItemStatus.Available);
    }

    [Test]
    [Statement("13.7")]
    public async Task A_repetition_under_the_same_key_changes_nothing()
    {
        var (bed, _, serial) = await BeginAsync();
        await using var _1 = bed;
        var once = bed.Engine.As("ann").Once("message-1").Worklist;

        await once.RedirectAsync(serial, "cid");
        await once.RedirectAsync(serial, "cid");

        (await bed.HistoryAsync(serial.ProcessInstance)).Count(fact => fact.Kind is JournalKind.Redirected).ShouldBe(1);
    }

    [Test]
    public async Task A_task_that_does_not_exist_is_refused_by_each_verb()
    {
        var (bed, ann, _) = await BeginAsync();
        await using var _1 = bed;
        var unknown = new SerialNumber(new ProcessInstanceId(99), 1);
        Func<Task>[] verbs =
        [
            () => ann.ReleaseAsync(unknown).AsTask(), () => ann.RedirectAsync(unknown, "cid").AsTask(), () => ann.WakeAsync(unknown).AsTask(),
            () => ann.DelegateAsync(unknown, Destination.User("cid")).AsTask(), () => ann.UndelegateAsync(unknown, Destination.User("cid")).AsTask(),
            () => ann.SleepAsync(unknown, TimeSpan.FromDays(1)).AsTask(), () => ann.SleepUntilAsync(unknown, WorkflowTestBed.Beginning.AddDays(1)).AsTask(),
        ];
        foreach (var verb in verbs)
        {
            (await Should.ThrowAsync<WorklistItemNotFoundException>(verb)).Serial.ShouldBe(unknown);
        }
    }
}
