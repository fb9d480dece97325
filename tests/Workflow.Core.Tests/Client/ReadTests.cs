using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class ReadTests
{
    private static async Task<ProcessInstanceId> BeginAsync(WorkflowTestBed bed, string user = "dora") =>
        (await bed.StartAsync(user, start => start.Set(Approvals.Purpose, "travel"))).Id;

    [Statement("9.1")]
    [TestCase("root", true)]
    [TestCase("viewer", true)]
    [TestCase("VIEWER", true)]
    [TestCase("dora", true)]
    [TestCase("Dora", true)]
    [TestCase("eve", false)]
    [TestCase("bank", false)]
    [TestCase("nobody", false)]
    public async Task A_user_who_may_see_an_instance_may_see_its_history_and_nobody_else(string user, bool maySee)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);
        var connection = bed.Engine.As(user);

        if (maySee)
        {
            (await connection.ReadAsync(id)).Id.ShouldBe(id);
            (await connection.ReadHistoryAsync(id)).ShouldNotBeEmpty();
            return;
        }

        (await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await connection.ReadAsync(id))).MissingRight.ShouldBe(ProcessRight.View);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await connection.ReadHistoryAsync(id));
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_who_takes_part_sees_only_the_instances_in_which_they_do()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var own = await BeginAsync(bed, "dora");
        var other = await BeginAsync(bed, "eve");

        (await bed.Engine.As("dora").ReadAsync(own)).Originator.ShouldBe("dora");
        await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await bed.Engine.As("dora").ReadAsync(other));
        await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await bed.Engine.As("eve").ReadAsync(other));
    }

    [Test]
    [Statement("14.7")]
    public async Task The_host_itself_needs_no_right_and_the_history_names_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var host = bed.Engine.AsSystem();

        var id = (await host.StartAsync("Approval", start => start.Set(Approvals.Purpose, "travel"))).Id;
        await host.FinishAsync(new SerialNumber(id, 1));

        (await host.ReadAsync(id)).Originator.ShouldBe("system");
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.ServerItemFinished).User.ShouldBe("system");
        Should.Throw<ArgumentException>(() => bed.Engine.As("System")).Message.ShouldContain("AsSystem");
    }

    [Test]
    [Statement("14.8")]
    public async Task An_instance_that_does_not_exist_is_refused_by_number()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);

        var refusal = await Should.ThrowAsync<ProcessInstanceNotFoundException>(async () => await bed.Engine.As("root").ReadAsync(new(77)));

        refusal.ProcessInstance.ShouldBe(new ProcessInstanceId(77));
    }

    [Test]
    [Statement("14.2")]
    public async Task An_instance_that_was_read_does_not_change_afterwards()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);
        var before = await bed.ReadAsync(id);

        await bed.FinishAsync("bank", new SerialNumber(id, 1), finish => finish.Set(Approvals.Amount, 9m).Set(Approvals.Granted, true));

        before.Fields.Get<decimal>("Amount").ShouldBe(1m);
        before.Activities[0].CompletedSlots.ShouldBe(0);
        before.Activities[0].Destinations[0].Fields.Get<bool>("Granted").ShouldBeFalse();
        (await bed.ReadAsync(id)).Activities[0].CompletedSlots.ShouldBe(1);
    }

    [Statement("13.10")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(500)]
    public async Task The_history_can_be_read_page_by_page_without_gaps_and_repetitions(int limit)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);
        await bed.FinishAsync("bank", new SerialNumber(id, 1));
        await bed.FinishAsync("bank", new SerialNumber(id, 2));
        var whole = await bed.HistoryAsync(id);

        var pages = new List<JournalEntry>();
        while (true)
        {
            var page = await bed.Engine.As("viewer").ReadHistoryAsync(id, pages.Count == 0 ? 0 : pages[^1].Number, limit);
            page.Count.ShouldBe(Math.Min(limit, whole.Count - pages.Count));
            if (page.Count == 0)
            {
                break;
            }

            pages.AddRange(page);
        }

        pages.ShouldBe(whole);
        pages.Select(entry => entry.Number).ShouldBe(Enumerable.Range(1, whole.Count).Select(number => (long)number));
    }

    [Statement("14.8")]
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(501)]
    public async Task A_page_that_is_too_small_or_too_large_is_refused(int limit)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Approvals.Approval);
        var id = await BeginAsync(bed);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("root").ReadHistoryAsync(id, limit: limit));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await bed.Engine.As("root").FindServerItemsAsync(new() { Limit = limit }));
    }
}
