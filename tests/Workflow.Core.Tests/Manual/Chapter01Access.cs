using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Shows what a user is told when they cannot have an item, in the order in which it is checked.</summary>
[TestFixture]
public sealed class Chapter01Access
{
    /// <code>
    ///     ┌──► Ask (A, B and C; two slots) ──► After ──►
    /// ►───┤
    ///     └──► Pay (waits, then throws) ──►
    /// </code>
    private static readonly ProcessDefinition Asking = ProcessDefinition.Define("Asking", process =>
    {
        process.Managed();
        var ask = process.Activity("Ask", activity => activity.Once(3, 2).Chooses());
        process.StartsWith(ask);
        process.StartsWith(process.Activity("Pay", activity => activity.Waits().Server("Throw", _ => throw new InvalidOperationException("no money"))));
        ask.To(process.Activity("After"));
    });

    private static async Task ShouldBeDeniedAsync(WorkflowTestBed bed, string user, SerialNumber serial)
    {
        Func<Task>[] commands =
        [
            () => bed.OpenAsync(user, serial), () => bed.OpenAsync(user, serial, allocate: false), () => bed.ActAsync(user, serial, "Approve"),
        ];
        foreach (var command in commands)
        {
            var denial = await bed.ShouldRefuseAsync<WorklistAccessDeniedException>(serial.ProcessInstance, command);
            (denial.User, denial.Serial).ShouldBe((user, serial));
            denial.Message.ShouldContain("24411");
        }
    }

    [Test]
    [Statement("1.8")]
    public async Task A_number_that_never_was_is_unknown_to_everybody([Values("A", "Z", "boss", "dora")] string user)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();

        await bed.ShouldNotFindAsync(user, new SerialNumber(id, 99), WorklistItemEnd.Unknown);
        var elsewhere = new SerialNumber(new ProcessInstanceId(id.Value + 1_000), 1);
        foreach (Func<Task> command in new Func<Task>[] { () => bed.OpenAsync(user, elsewhere), () => bed.ActAsync(user, elsewhere, "Approve") })
        {
            (await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, command)).Reason.ShouldBe(WorklistItemEnd.Unknown);
        }
    }

    [Test]
    [Statement("1.8")]
    public async Task The_number_of_a_server_item_is_no_task()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();

        await bed.ShouldNotFindAsync("A", new SerialNumber(id, 2), WorklistItemEnd.Unknown);
    }

    [Test]
    [Statement("1.8")]
    public async Task A_stranger_is_denied_in_every_state([Values("Z", "dora", "boss")] string stranger)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await ShouldBeDeniedAsync(bed, stranger, serial);
        await bed.OpenAsync("A", serial);
        await bed.OpenAsync("B", serial);
        await ShouldBeDeniedAsync(bed, stranger, serial);
        await bed.ActAsync("A", serial, "Approve");
        await bed.ActAsync("B", serial, "Approve");
        await ShouldBeDeniedAsync(bed, stranger, serial);
    }

    [Test]
    [Statement("1.8")]
    public async Task A_stranger_is_denied_even_when_the_instance_is_in_error()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        await bed.FinishAsync(id, "Pay");

        await ShouldBeDeniedAsync(bed, "Z", new SerialNumber(id, 1));
    }

    [Test]
    [Statement("1.8")]
    [Statement("1.14")]
    public async Task A_user_who_has_access_is_told_why_the_item_is_not_there()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ActAsync("A", serial, "Approve");
        await bed.ShouldNotFindAsync("A", serial, WorklistItemEnd.PartDone);
        await bed.OpenAsync("B", serial);
        await bed.ShouldNotFindAsync("C", serial, WorklistItemEnd.NoSlotLeft);
        await bed.ActAsync("B", serial, "Approve");
        foreach (var user in new[] { "A", "B", "C" })
        {
            await bed.ShouldNotFindAsync(user, serial, WorklistItemEnd.Completed);
        }
    }

    [Test]
    [Statement("1.8")]
    public async Task An_expired_task_is_told_from_a_completed_one()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(3).Chooses()));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("C", new SerialNumber(id, 3));

        await bed.ActAsync("A", "Approve");

        await bed.ShouldNotFindAsync("A", new SerialNumber(id, 1), WorklistItemEnd.Completed);
        await bed.ShouldNotFindAsync("B", new SerialNumber(id, 2), WorklistItemEnd.Expired);
        await bed.ShouldNotFindAsync("C", new SerialNumber(id, 3), WorklistItemEnd.Expired);
        await ShouldBeDeniedAsync(bed, "A", new SerialNumber(id, 2));
        await ShouldBeDeniedAsync(bed, "B", new SerialNumber(id, 1));
    }

    [Test]
    [Statement("1.8")]
    public async Task An_error_is_told_only_after_everything_else()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.ActAsync("A", serial, "Approve");
        await bed.OpenAsync("B", serial);

        await bed.FinishAsync(id, "Pay");

        await bed.ShouldNotFindAsync("A", serial, WorklistItemEnd.PartDone);
        await bed.ShouldNotFindAsync("C", serial, WorklistItemEnd.NoSlotLeft);
        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceHaltedException>(id, () => bed.ActAsync("B", serial, "Approve"));
        refusal.ProcessInstance.ShouldBe(id);
        refusal.Error.ShouldNotBeNull().Element.ShouldContain("Throw");
    }

    [Test]
    [Statement("1.8")]
    public async Task Others_than_the_destinations_cannot_redirect_delegate_or_put_to_sleep()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        SerialNumber[] serials = [new(id, 1)];
        var worklist = bed.Engine.As("Z").Worklist;
        var before = await bed.StoredBytesAsync(id);

        var results = new[]
        {
            await worklist.RedirectAsync(serials, "Z"),
            await worklist.DelegateAsync(serials, Destination.User("Z")),
            await worklist.SleepAsync(serials, TimeSpan.FromSeconds(60)),
            await worklist.ExecuteAsync(serials, "Approve"),
        };

        results.ShouldAllBe(result => result.Single().Error is WorklistAccessDeniedException);
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    [Test]
    [Statement("1.8")]
    public async Task The_name_of_a_user_counts_without_case()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();

        await bed.OpenAsync("a", new SerialNumber(id, 1));

        (await bed.StandingAsync(id, "A", "a", "B")).ShouldBe("Op Op Av");
    }
}
