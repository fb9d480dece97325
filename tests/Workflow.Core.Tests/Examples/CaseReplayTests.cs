using Cases;
using Workflow.Core.Persistence;
using Workflow.Core.Tests.Runtime;

namespace Workflow.Core.Tests.Examples;

/// <summary>The replay of recorded cases finds what differs, nothing else, and goes on where a run was cut off.</summary>
[TestFixture]
internal sealed class CaseReplayTests
{
    private SmallCases _cases = null!;

    [SetUp]
    public void WriteCases() => _cases = new SmallCases();

    [TearDown]
    public void RemoveCases() => _cases.Dispose();

    [TestCase(1)]
    [TestCase(3)]
    public async Task Cases_that_went_as_they_must_have_no_difference(int atOnce)
    {
        var result = await RunAsync(new InMemoryProcessStore(), options => options with { AtOnce = atOnce });

        result.Differences.Concat(result.MonthEndDifferences).ShouldBeEmpty();
        result.Logs.ShouldBe([("Declaration", 2, 12, 0), ("WABO receipt phase", 2, 13, 0)]);
        result.MonthEnds.ShouldBe(2);
        result.Counts.ShouldBe(7);
        result.MostAlive.ShouldBeInRange(1, 4);
    }

    [Test]
    public async Task What_the_engine_does_otherwise_is_told_with_the_transcript()
    {
        _cases.Replace(SmallCases.ExpenseDefinition, "\"Rework\", \"pywhen\": \"Outcome=='Reject'\"", "\"Resubmit\", \"pywhen\": \"Outcome=='Reject'\"");
        _cases.Replace(SmallCases.ExpenseCases, ",[\"Rework\",\"Withdraw\",\"EMPLOYEE\",\"2020-02-09T09:00:00+01:00\"]", "");

        var result = await RunAsync(new InMemoryProcessStore(), options => options);

        var difference = result.Differences.ShouldHaveSingleItem();
        difference.Case.ShouldBe("one");
        difference.What.ShouldBe("after step 3, Administration Reject by ADMINISTRATION open is Rework and must be Resubmit");
        difference.Transcript.ShouldContain("2020-01-08 08:00:00.000 SlotCompleted Reject");
        result.Logs[1].Differences.ShouldBe(0);
    }

    [Test]
    public async Task A_month_end_that_differs_is_told()
    {
        _cases.Replace(SmallCases.ExpenseMonthEnds, "Rework,1", "Rework,2");
        _cases.Replace(SmallCases.ExpenseMonthEnds, "small,2020-03-01T00:00:00+01:00,Resubmit,1\n", "");

        var result = await RunAsync(new InMemoryProcessStore(), options => options);

        result.MonthEndDifferences.Select(difference => difference.What).ShouldBe(["Rework: 1 found, and must be 2", "Resubmit: 1 found, and must be 0"]);
    }

    [Test]
    public async Task The_month_ends_are_not_asked_about_when_cases_are_left_out()
    {
        var result = await RunAsync(new InMemoryProcessStore(), options => options with { Cases = 1 });

        result.Differences.ShouldBeEmpty();
        result.Logs.Select(log => log.Cases).ShouldBe([1, 1]);
        result.MonthEnds.ShouldBe(0);
    }

    /// <summary>Wherever the store breaks down, before a commit or after it, the next run does what is left and nothing twice: the audit compares every
    /// step.</summary>
    [Test]
    public async Task A_run_that_was_cut_off_is_gone_on_with([Values] bool isStored)
    {
        var commits = 0;
        var isCutOff = true;
        while (isCutOff)
        {
            var store = new InMemoryProcessStore();
            try
            {
                await RunAsync(new BreakingStore(store, commits, isStored), options => options);
                isCutOff = false;
            }
            catch (ProcessStoreException)
            {
                commits++;
            }

            var resumed = await RunAsync(store, options => options with { IsResumed = true });

            resumed.Differences.Concat(resumed.MonthEndDifferences).ShouldBeEmpty($"after {commits} commits");
            resumed.Logs.ShouldAllBe(log => isCutOff || log.Steps == 0);
        }

        commits.ShouldBeGreaterThan(50);
    }

    [Test]
    public async Task What_an_earlier_run_has_left_is_gone_on_with_only_when_told_to()
    {
        var store = new InMemoryProcessStore();
        await RunAsync(store, options => options);

        var refusal = await Should.ThrowAsync<BadInputException>(() => RunAsync(store, options => options));

        refusal.Message.ShouldContain("holds 4 process instances already. Give --resume to go on with them, or another store.");
    }

    private async Task<ReplayResult> RunAsync(IProcessStore store, Func<ReplayOptions, ReplayOptions> change) =>
        await Replay.RunAsync(change(new ReplayOptions { Folder = _cases.Folder }), store, TextWriter.Null);

    /// <summary>A store that breaks down at a commit: before it is stored, or before it is acknowledged.</summary>
    private sealed class BreakingStore(IProcessStore store, int commits, bool isStored) : StoreAround
    {
        private int _left = commits;

        protected override IProcessStore Asked => store;

        public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
        {
            if (--_left >= 0 || isStored)
            {
                await base.CommitAsync(commit, cancellation);
            }

            if (_left < 0)
            {
                throw new ProcessStoreException("The plug is pulled.");
            }
        }
    }
}
