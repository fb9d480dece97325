using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators find what has failed, and retry many instances in one call.</summary>
[TestFixture]
public sealed class Chapter08FoundErrors
{
    private readonly HashSet<string> _broken = [];

    [SetUp]
    public void Clear() => _broken.Clear();

    [Test]
    [Statement("8.2c")]
    [Statement("13.10")]
    public async Task Errors_are_found_with_their_element_their_message_and_the_attempts_of_the_code()
    {
        await using var bed = await CreateAsync();
        var ids = await FailAsync(bed, "one", "two", "three");
        await StartAsync(bed, "good");
        await bed.Admin().RetryAsync(ids[1]);

        var found = await bed.Admin().FindErrorsAsync();

        found.Select(item => (item.ProcessInstance, item.Folio, item.Error!.Message, item.Attempts, item.Problem)).ShouldBe(
        [
            (ids[0], "one", "no money for one", 1, null), (ids[1], "two", "no money for two", 2, null), (ids[2], "three", "no money for three", 1, null),
        ]);
        found.ShouldAllBe(item => item.Error!.Element == "server event 'Pay' of 'Pay'" && item.Error.ExceptionType == "InvalidOperationException");
        (await bed.Admin().FindErrorsAsync(new ErrorQuery { Element = "server event 'Pay' of 'Pay'", Limit = 2 })).Count.ShouldBe(2);
        (await bed.Admin().FindErrorsAsync(new ErrorQuery { After = ids[1], Limit = 2 })).Single().ProcessInstance.ShouldBe(ids[2]);
        (await bed.Admin().FindErrorsAsync(new ErrorQuery { Element = "another" })).ShouldBeEmpty();
        (await bed.Admin().FindErrorsAsync(new ErrorQuery { ExceptionType = "IOException", Limit = 1 })).ShouldBeEmpty();
        (await bed.Admin().FindErrorsAsync(new ErrorQuery { Definition = "Order", ExceptionType = "InvalidOperationException" })).Count.ShouldBe(3);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => bed.Admin().FindErrorsAsync(new ErrorQuery { Limit = 501 }).AsTask());
    }

    /// <summary>The instances that do not match are passed over, and the page is full all the same.</summary>
    [Test]
    [Statement("13.10")]
    public async Task A_page_of_errors_is_filled_from_behind_those_that_do_not_match()
    {
        await using var bed = await CreateAsync();
        _broken.Add("line");
        var first = await FailAsync(bed, "one", "two", "three");
        _broken.Remove("line");
        var second = await FailAsync(bed, "four", "five", "six");

        var page = await bed.Admin().FindErrorsAsync(new ErrorQuery { Element = "server event 'Pay' of 'Pay'", Limit = 2 });

        first.Count.ShouldBe(3);
        page.Select(item => item.ProcessInstance).ShouldBe(second.Take(2));
        var rest = await bed.Admin().FindErrorsAsync(new ErrorQuery { Element = "server event 'Pay' of 'Pay'", Limit = 2, After = page[^1].ProcessInstance });
        rest.Single().ProcessInstance.ShouldBe(second[2]);
    }

    [Test]
    [Statement("9.1")]
    public async Task Errors_are_shown_to_administrators_of_their_process_only()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Guarded", process => process
            .Rights(rights => rights.Everyone(ProcessRight.Start).Everyone(ProcessRight.View))
            .StartsWith(process.Activity("Pay", activity => activity.Server("Pay", _ => throw new InvalidOperationException("no money"))))));
        await bed.StartAsync("dora");

        (await bed.Admin().FindErrorsAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Admin().FindErrorsAsync(new ErrorQuery { Definition = "Guarded" }).AsTask());
        (await bed.Engine.AsSystem().ManageProcesses().FindErrorsAsync()).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("8.2c")]
    [Description("X2-09")]
    public async Task Each_retry_of_many_has_a_result_of_its_own_and_one_that_fails_keeps_no_other_from_its_retry()
    {
        await using var bed = await CreateAsync();
        var ids = await FailAsync(bed, "1", "2", "3", "4", "5");
        var found = await bed.Admin().FindErrorsAsync();
        await bed.Admin().DeleteAsync(ids[4]);
        _broken.IntersectWith(["3"]);
        var heard = new List<RetryResult>();

        var results = await bed.Engine.As(Boss).Once("all of them").ManageProcesses().RetryEachAsync(found, "The bank answers again.", new Progress(heard));

        results.Select(result => result.ProcessInstance).ShouldBe(ids);
        results.Select(result => result.IsDone).ShouldBe([true, true, false, true, false]);
        results[2].Error.ShouldNotBeNull().Number.ShouldBeGreaterThan(found[2].Error!.Number);
        results[2].Refusal.ShouldBeNull();
        results[4].Refusal.ShouldBeOfType<ProcessInstanceRefusedException>().Message.ShouldContain("Deleted");
        heard.ShouldBe(results);
        var again = await bed.Engine.As(Boss).Once("all of them").ManageProcesses().RetryEachAsync([.. found.Take(4)], "The bank answers again.");
        again.ShouldBe(results.Take(4), "nothing is done twice, and the one that failed again is not told as done");
        (await bed.StatusAsync(ids[3])).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.Admin().FindErrorsAsync()).Single().ProcessInstance.ShouldBe(ids[2]);
        (await bed.HistoryAsync(ids[0])).Single(entry => entry.Kind is JournalKind.Retried).Detail.ShouldBe("The bank answers again.");
    }

    [Test]
    [Statement("8.2c")]
    public async Task A_call_that_is_cancelled_after_some_retries_tells_their_results()
    {
        await using var bed = await CreateAsync();
        var ids = await FailAsync(bed, "1", "2", "3");
        var found = await bed.Admin().FindErrorsAsync();
        _broken.Clear();
        using var cancelling = new CancellationTokenSource();

        var results = await bed.Admin().RetryEachAsync(found, progress: new Cancelling(cancelling), cancellation: cancelling.Token);

        results.Count.ShouldBe(2);
        results[0].IsDone.ShouldBeTrue();
        results[1].Refusal.ShouldBeOfType<OperationCanceledException>();
        (await bed.StatusAsync(ids[1])).ShouldBe(ProcessInstanceStatus.Error);
        await Should.ThrowAsync<OperationCanceledException>(() => bed.Admin().RetryEachAsync(found, cancellation: cancelling.Token).AsTask());
    }

    private static async Task<ProcessInstanceId> StartAsync(WorkflowTestBed bed, string folio) =>
        (await bed.StartAsync("dora", start => start.Folio(folio))).Id;

    private Task<WorkflowTestBed> CreateAsync() => WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll().Rights(rights => rights.Admin(Boss));
        process.StartsWith(
            process.Activity("Pay", activity => activity.Server("Pay", context =>
            {
                if (_broken.Contains(context.Folio))
                {
                    throw new InvalidOperationException($"no money for {context.Folio}");
                }
            })),
            Rule.Named("open", _ => _broken.Contains("line") ? throw new InvalidOperationException("no line") : true));
    }));

    private async Task<List<ProcessInstanceId>> FailAsync(WorkflowTestBed bed, params string[] folios)
    {
        _broken.UnionWith(folios);
        var ids = new List<ProcessInstanceId>();
        foreach (var folio in folios)
        {
            ids.Add(await StartAsync(bed, folio));
            (await bed.StatusAsync(ids[^1])).ShouldBe(ProcessInstanceStatus.Error);
        }

        return ids;
    }

    private sealed class Progress(List<RetryResult> heard) : IProgress<RetryResult>
    {
        public void Report(RetryResult value) => heard.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource cancelling) : IProgress<RetryResult>
    {
        public void Report(RetryResult value) => cancelling.Cancel();
    }
}
