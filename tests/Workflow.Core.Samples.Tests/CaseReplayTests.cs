using Cases;
using Cases.Playing;
using Cases.Processes;
using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Samples.Tests;

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
        result.Logs.ShouldBe(
            [new LogResult("Declaration", 2, 12, 0, 0), new LogResult("WABO receipt phase", 2, 13, 1, 0), new LogResult("Road traffic fine", 4, 18, 3, 0)]);
        result.MonthEnds.Select(month => month.Counts).ShouldBe([4, 3]);
        result.StepsFound.ShouldBe(0);
        result.MostAlive.ShouldBeInRange(1, SmallCases.Cases);
    }

    [Test]
    public async Task A_difference_of_the_engine_is_told_with_the_transcript()
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

    /// <summary>A record in which fines become penalties after 59 days or after 61 days is not what the engine does.</summary>
    [TestCase("P59D", "2020-10-30", "it has not fired")]
    [TestCase("P61D", "2020-11-01", "the history has")]
    public async Task An_escalation_at_another_instant_is_told(string days, string date, string expected)
    {
        _cases.Replace(SmallCases.FineDefinition, "P60D", days);
        _cases.WritePacked(SmallCases.FineCases, SmallCases.LastFine.Replace("2020-10-31", date, StringComparison.Ordinal));

        var result = await RunAsync(new InMemoryProcessStore(), options => options);

        var difference = result.Differences.ShouldHaveSingleItem();
        difference.Case.ShouldBe("f4");
        difference.What.ShouldContain(expected);
    }

    /// <summary>An escalation that the record does not have is found even when it is due behind the last step of all.</summary>
    [Test]
    public async Task An_escalation_that_the_record_does_not_have_is_told()
    {
        _cases.Replace(SmallCases.FineDefinition, """, "escalations": [{ "name": "Add penalty", "after": "P60D" }]""", "");
        _cases.WritePacked(
            SmallCases.FineCases,
            SmallCases.LastFine.Replace(""",["*Add penalty","escalation","","2020-10-31T00:00:00Z",{"Amount":74.0}]""", "", StringComparison.Ordinal));

        var result = await RunAsync(new InMemoryProcessStore(), options => options);

        result.Differences.ShouldHaveSingleItem().What.ShouldBe("its history tells other steps than the log");
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
        result.Logs.Select(log => log.Cases).ShouldBe([1, 1, 1]);
        result.MonthEnds.ShouldBeEmpty();
    }

    /// <summary>Wherever the store breaks down, before a commit or after it, the next run does what is left and nothing twice. The audit compares every
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
                isCutOff = !(await RunAsync(new BreakingStore(store, commits, isStored), options => options)).IsAsItMust;
            }
            catch (WorkflowException exception) when (exception is ProcessStoreException or CommandPartlyStoredException)
            {
                commits++;
            }

            var resumed = await RunAsync(store, options => options with { IsResumed = true });

            resumed.Differences.Concat(resumed.MonthEndDifferences).ShouldBeEmpty($"after {commits} commits");
            resumed.Logs.Sum(log => log.Steps).ShouldBe(SmallCases.Steps);
            resumed.Logs.Sum(log => log.Escalations).ShouldBe(SmallCases.Escalations);
            (isCutOff || resumed.StepsFound == SmallCases.Steps + SmallCases.Escalations).ShouldBeTrue();
        }

        commits.ShouldBeGreaterThan(50);
    }

    /// <summary>A database may continue a commit after the program that sent it has been killed. It may finish when the next program has looked
    /// already.</summary>
    [Test]
    public async Task A_commit_that_arrives_behind_the_next_run_is_not_made_twice([Values] LateStore.Moment moment)
    {
        var arrived = 0;
        for (var commits = 0; commits < 160; commits++)
        {
            var store = new InMemoryProcessStore();
            var breaking = new BreakingStore(store, commits, isStored: false);
            if (await IsDoneAsync(breaking))
            {
                break;
            }

            // A call that begins late is taken up when its lease has run out, which takes as long as it takes.
            if (breaking.Lost!.HasPendingCall)
            {
                continue;
            }

            var late = new LateStore(store, breaking.Lost, moment);
            var resumed = await RunAsync(late, options => options with { IsResumed = true });

            resumed.Differences.Concat(resumed.MonthEndDifferences).ShouldBeEmpty($"after {commits} commits");
            resumed.Logs.Sum(log => log.Steps).ShouldBe(SmallCases.Steps);
            resumed.Logs.Sum(log => log.Escalations).ShouldBe(SmallCases.Escalations);
            arrived += late.HasArrived ? 1 : 0;
        }

        arrived.ShouldBeGreaterThan(20);
    }

    [Test]
    public async Task A_case_that_was_started_twice_is_told()
    {
        var store = new InMemoryProcessStore();
        await RunAsync(store, options => options);
        await using (var engine = WorkflowEngine.Create(options => options.Store = store))
        {
            await engine.DeployAsync(BuildingPermit.Define());
            await engine.As("Ann").StartAsync(BuildingPermit.Name, start => start.Folio("p1"));
        }

        var result = await RunAsync(store, options => options with { IsResumed = true });

        result.Differences.ShouldHaveSingleItem().What.ShouldBe("it was started twice, as process instances 2 and 9");
    }

    [Test]
    public async Task A_step_that_is_missing_in_a_case_that_has_completed_is_told()
    {
        var store = new InMemoryProcessStore();
        await RunAsync(store, options => options);
        _cases.Replace(
            SmallCases.ExpenseCases, """["Payment handled","Done","SYSTEM","2020-02-11T09:00:00+01:00"]""",
            """["Payment handled","Done","SYSTEM","2020-02-12T09:00:00+01:00"]""");

        var result = await RunAsync(store, options => options with { IsResumed = true });

        result.Differences.ShouldHaveSingleItem().What.ShouldBe("its history tells other steps than the log");
    }

    [Test]
    public async Task A_replay_does_not_continue_the_files_of_another_one()
    {
        var store = new InMemoryProcessStore();
        await RunAsync(store, options => options);

        var refusal = await Should.ThrowAsync<BadInputException>(() => RunAsync(store, options => options with { IsResumed = true, Cases = 1 }));

        refusal.Message.ShouldContain("holds the process instance 3, 'p2' of 'WABO receipt phase', which is none of the cases here: it is of another replay.");
    }

    [Test]
    public async Task A_run_continues_an_earlier_one_only_when_told_to()
    {
        var store = new InMemoryProcessStore();
        await RunAsync(store, options => options);

        var refusal = await Should.ThrowAsync<BadInputException>(() => RunAsync(store, options => options));

        refusal.Message.ShouldContain("holds 8 process instances already. Give --resume to go on with them, or another store.");
    }

    /// <returns>Whether it came to its end before the store broke down.</returns>
    private async Task<bool> IsDoneAsync(IProcessStore store)
    {
        try
        {
            return (await RunAsync(store, options => options)).IsAsItMust;
        }
        catch (WorkflowException exception) when (exception is ProcessStoreException or CommandPartlyStoredException)
        {
            return false;
        }
    }

    private async Task<ReplayResult> RunAsync(IProcessStore store, Func<ReplayOptions, ReplayOptions> change) =>
        await Replay.RunAsync(change(new ReplayOptions { Folder = _cases.Folder }), store, new Progress(TextWriter.Null));

    /// <summary>A store that breaks down at a commit: before it is stored, or before it is acknowledged.</summary>
    private sealed class BreakingStore(IProcessStore store, int commits, bool isStored) : StoreAround
    {
        private int _left = commits;

        /// <summary>The commit at which it broke down.</summary>
        public Commit? Lost { get; private set; }

        protected override IProcessStore Asked => store;

        public override async ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
        {
            if (--_left >= 0 || isStored)
            {
                await base.CommitAsync(commit, cancellation);
            }

            if (_left < 0)
            {
                Lost ??= Workflow.Core.Tests.Support.Commits.Copy(commit);
                throw new ProcessStoreException("The plug is pulled.");
            }
        }
    }
}
