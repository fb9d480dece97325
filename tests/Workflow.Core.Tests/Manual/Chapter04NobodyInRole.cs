using Workflow.Core.Client;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles that are destinations themselves, that the resolver knows, and that have no member who may act.</summary>
[TestFixture]
public sealed class Chapter04NobodyInRole
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly WarningLog _log = new();
    private StaticDestinations _directory = null!;

    [SetUp]
    public void Begin() => _directory = new StaticDestinations { { Destination.Role("Managers") } };

    [OneTimeTearDown]
    public void End() => _log.Dispose();

    private async Task<WorkflowTestBed> BedAsync(Action<DestinationBuilder> to)
    {
        var bed = await WorkflowTestBed.CreateAsync(Staff.Deciding(activity => activity.Destinations(to)), options =>
        {
            options.DestinationResolver = _directory;
            options.LoggerFactory = _log;
        });
        await bed.StartAsync("dora");
        await bed.Engine.RunDueTimersAsync();
        return bed;
    }

    private static string Reported(IEnumerable<JournalEntry> history) => string.Join(", ", history
        .Where(fact => fact.Kind is JournalKind.NobodyInRole or JournalKind.UnknownRole)
        .Select(fact => $"{fact.Kind} {fact.Name}: {fact.Detail}"));

    private static async Task<string> ReportedAsync(WorkflowTestBed bed) => Reported(await bed.HistoryAsync(_id));

    [Test]
    [Statement("4.12")]
    [Statement("4.8b")]
    public async Task A_role_without_members_is_a_fact_and_a_warning_and_the_task_waits_for_new_members()
    {
        await using var bed = await BedAsync(to => to.Role("Managers"));

        (await ReportedAsync(bed)).ShouldBe("NobodyInRole Work: role Managers");
        _log.Warnings.ShouldContain(warning => warning.Contains(
            "a task of 'Work' is for the role Managers, which has no member who may act on it, so nobody has the task", StringComparison.Ordinal));
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Active);

        _directory.Replace(Destination.Role("Managers"), "A");
        await bed.ActAsync("A", "Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.10")]
    public async Task So_is_a_role_whose_members_are_all_left_out()
    {
        _directory.Replace(Destination.Role("Managers"), "DORA", "B");
        await using var bed = await BedAsync(to => to.Role("Managers").ExceptOriginator().Except("B", "C"));

        (await ReportedAsync(bed)).ShouldBe("NobodyInRole Work: role Managers");
    }

    [Test]
    [Statement("4.12")]
    [Statement("4.10")]
    public async Task A_role_of_which_somebody_may_act_is_not_reported()
    {
        _directory.Replace(Destination.Role("Managers"), "dora", "B");
        await using var bed = await BedAsync(to => to.Role("Managers").ExceptOriginator());
        await using var few = await BedAsync(to => to.Role("Managers").ExceptOriginator().Except("C"));
        _directory.Replace(Destination.Role("Managers"), "dora");
        await using var freed = await BedAsync(to => to.Set("Others").Role("Managers").ExceptOriginator().Set("All").Role("Managers"));

        (await ReportedAsync(bed)).ShouldBe("");
        (await ReportedAsync(few)).ShouldBe("");
        (await ReportedAsync(freed)).ShouldBe("", "the other set names the role without leaving anybody out");
    }

    [Test]
    [Statement("4.12")]
    public async Task It_is_reported_once()
    {
        await using var bed = await BedAsync(to => to.Role("Managers").Users("B", "C"));
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();
        await bed.ActAsync("B", "Approve");
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();

        (await ReportedAsync(bed)).ShouldBe("NobodyInRole Work: role Managers");
    }

    [Test]
    [Statement("4.12")]
    [Statement("1.12")]
    public async Task So_is_a_role_without_members_to_which_a_task_is_delegated()
    {
        await using var bed = await BedAsync(to => to.Users("A"));
        await (await bed.ItemAsync("A", _id)).DelegateAsync(Destination.Role("Managers"));
        await bed.Engine.RunDueTimersAsync();

        (await ReportedAsync(bed)).ShouldBe("NobodyInRole Work: role Managers");
    }

    [Test]
    [Statement("4.12")]
    public async Task A_question_that_an_engine_has_not_asked_is_found_by_the_next_one()
    {
        var store = new InMemoryProcessStore();
        var definition = Staff.Deciding(activity => activity.Destinations(to => to.Role("Managers")));
        await using (var first = await EngineAsync())
        {
            await first.As("dora").StartAsync("Expense");
        }

        await using var next = await EngineAsync();
        await next.RecoverAsync();
        await next.RunDueTimersAsync();

        Reported(await next.AsSystem().ReadHistoryAsync(_id, limit: 500)).ShouldBe("NobodyInRole Work: role Managers");

        async Task<WorkflowEngine> EngineAsync()
        {
            var engine = WorkflowEngine.Create(options =>
            {
                options.Store = store;
                options.DestinationResolver = _directory;
                options.TakesUpWork = false;
            });
            await engine.DeployAsync(definition);
            return engine;
        }
    }
}
