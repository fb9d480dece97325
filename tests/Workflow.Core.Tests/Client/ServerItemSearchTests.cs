using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class ServerItemSearchTests
{
    /// <code>
    /// ►─┬─► Order (waits under a key of its own) ──►
    ///   └─► Ship  (2 slots; each waits twice) ──►
    /// </code>
    private static ProcessDefinition Named(string name, string user) => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Admin("root").ServerEvent(user));
        process.StartsWith(process.Activity("Order", activity => activity
            .Server("Ask", context => context.WaitUntilFinished($"{name}-{context.ProcessInstance}"))));
        process.StartsWith(process.Activity("Ship", activity => activity.PlanPerSlot(Slots.Number(2)).Waits("Pack").Waits("Send")));
    });

    private static async Task<WorkflowTestBed> BedAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync([Named("Shop", "bank"), Named("Mail", "post")]);
        await bed.StartAsync("Shop", "root");
        await bed.StartAsync("Mail", "root");
        await bed.StartAsync("Shop", "root");
        await bed.FinishAsync("root", SerialNumber.Parse("3_2"));
        return bed;
    }

    private static async Task<string[]> FindAsync(WorkflowTestBed bed, ServerItemQuery query, string user = "root") =>
        [.. (await bed.Engine.As(user).FindServerItemsAsync(query)).Select(item => $"{item.Serial} {item.Event}")];

    private static IEnumerable<TestCaseData> Queries()
    {
        yield return Query(
            "everything that waits", new(), "1_1 Ask", "1_2 Pack", "1_3 Pack", "2_1 Ask", "2_2 Pack", "2_3 Pack", "3_1 Ask", "3_2 Send", "3_3 Pack");
        yield return Query("an instance", new() { ProcessInstance = new(2) }, "2_1 Ask", "2_2 Pack", "2_3 Pack");
        yield return Query("a definition", new() { Definition = "Mail" }, "2_1 Ask", "2_2 Pack", "2_3 Pack");
        yield return Query("an activity", new() { Activity = "Order" }, "1_1 Ask", "2_1 Ask", "3_1 Ask");
        yield return Query("an event", new() { Event = "Send" }, "3_2 Send");
        yield return Query("a key", new() { CorrelationKey = "Shop-3" }, "3_1 Ask");
        yield return Query("a key in the wrong case", new() { CorrelationKey = "shop-3" });
        yield return Query("everything at once", new() { ProcessInstance = new(3), Activity = "Ship", Event = "Pack" }, "3_3 Pack");
        yield return Query("what does not exist", new() { ProcessInstance = new(9) });
        yield return Query("a page", new() { Limit = 4 }, "1_1 Ask", "1_2 Pack", "1_3 Pack", "2_1 Ask");
        yield return Query("the next page", new() { Limit = 4, After = SerialNumber.Parse("2_1") }, "2_2 Pack", "2_3 Pack", "3_1 Ask", "3_2 Send");

        static TestCaseData Query(string says, ServerItemQuery query, params string[] expected) => new TestCaseData(query, expected).SetArgDisplayNames(says);
    }

    [Statement("7.2")]
    [TestCaseSource(nameof(Queries))]
    public async Task Server_items_can_be_searched(ServerItemQuery query, string[] expected)
    {
        await using var bed = await BedAsync();

        (await FindAsync(bed, query)).ShouldBe(expected);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_search_finds_only_what_its_user_may_finish()
    {
        await using var bed = await BedAsync();

        (await FindAsync(bed, new() { Event = "Ask" }, "bank")).ShouldBe(["1_1 Ask", "3_1 Ask"]);
        (await FindAsync(bed, new() { Event = "Ask" }, "post")).ShouldBe(["2_1 Ask"]);
        (await FindAsync(bed, new(), "nobody")).ShouldBeEmpty();
        var refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => FindAsync(bed, new() { Definition = "Shop" }, "post"));
        refusal.MissingRight.ShouldBe(ProcessRight.ServerEvent);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_page_is_full_although_items_of_others_lie_between()
    {
        await using var bed = await BedAsync();

        (await FindAsync(bed, new() { Limit = 4 }, "bank")).ShouldBe(["1_1 Ask", "1_2 Pack", "1_3 Pack", "3_1 Ask"]);
        (await FindAsync(bed, new() { Limit = 4, After = SerialNumber.Parse("3_1") }, "bank")).ShouldBe(["3_2 Send", "3_3 Pack"]);
    }

    [Test]
    [Statement("7.2")]
    public async Task Items_that_have_ended_can_be_searched_by_status()
    {
        await using var bed = await BedAsync();
        bed.Clock.Advance(TimeSpan.FromMinutes(5));
        await bed.FinishAsync("root", SerialNumber.Parse("3_2"));

        var ended = await bed.Engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = new(3), Activity = "Ship", Status = null });
        ended.Select(item => (item.Serial.Destination, item.Event, item.Status, item.EndedBy, item.EndedAt)).ShouldBe(
        [
            (2, "Send", ServerItemStatus.Finished, "root", WorkflowTestBed.Beginning.AddMinutes(5)),
            (3, "Pack", ServerItemStatus.Expired, null, WorkflowTestBed.Beginning.AddMinutes(5)),
        ]);
        (await FindAsync(bed, new() { Status = ServerItemStatus.Finished })).ShouldBe(["3_2 Send"]);
        (await FindAsync(bed, new() { Status = ServerItemStatus.Expired })).ShouldBe(["3_3 Pack"]);
    }
}
