using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>The tasks of one user, and how an administrator gives all of them to another.</summary>
[TestFixture]
[Statement("13.11")]
public sealed class HandOverTests
{
    private static readonly Destination _clerks = Destination.Role("Clerks");

    private static ProcessDefinition Define(string name, Action<DestinationBuilder> to, Action<ClientEventBuilder>? more = null, string admin = "boss") =>
        ProcessDefinition.Define(name, process =>
        {
            process.Rights(rights => rights.Start("dora").Admin(admin));
            process.StartsWith(process.Activity("Work", activity => activity
                .ExpectedDuration(TimeSpan.FromHours(1))
                .Destinations(to)
                .Client("Do it", task =>
                {
                    task.Action("Do");
                    more?.Invoke(task);
                })));
        });

    private static Task<WorkflowTestBed> BedAsync(params ProcessDefinition[] definitions) => WorkflowTestBed.CreateAsync(definitions, options =>
    {
        options.DestinationResolver = new StaticDestinations { { _clerks, "ann", "bob" } };
        options.SilencedFindings = FindingIds.All;
    });

    private static WorklistManagement Boss(WorkflowTestBed bed) => bed.Engine.As("boss").ManageWorklists();

    private static async Task<SerialNumber> StartAsync(WorkflowTestBed bed, string definition) => (await bed.StartAsync(definition, "dora")).Id.Task(1);

    [Test]
    [Statement("1.16")]
    public async Task An_entry_tells_the_folio_the_originator_and_how_late_the_task_is()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("ann")));
        await bed.StartAsync("Own", "dora", start => start.Folio("Trip to Oslo"));

        var (early, _, late) = (await Boss(bed).ListOfAsync("ann"), await bed.AdvanceAsync(TimeSpan.FromHours(2)), await Boss(bed).ListOfAsync("ann"));

        var entry = early.ShouldHaveSingleItem();
        (entry.Folio, entry.Originator, entry.StartedAt, entry.Flag).ShouldBe(("Trip to Oslo", "dora", WorkflowTestBed.Beginning, PriorityFlag.Green));
        late.ShouldHaveSingleItem().Flag.ShouldBe(PriorityFlag.Yellow);
    }

    [Test]
    public async Task The_tasks_of_a_user_are_listed_with_those_of_roles_of_which_they_hold_a_slot()
    {
        await using var bed = await BedAsync(
            Define("Own", to => to.Users("ann", "bob")), Define("Role", to => to.Role(_clerks.Name)), Define("Hidden", to => to.Users("ann"), admin: "zoe"),
            Define("Others", to => to.Users("bob")));
        var own = await StartAsync(bed, "Own");
        var free = await StartAsync(bed, "Role");
        var held = await StartAsync(bed, "Role");
        await StartAsync(bed, "Hidden");
        await StartAsync(bed, "Others");
        await bed.OpenAsync("ann", held);

        var hers = await Boss(bed).ListOfAsync("ANN");

        hers.Select(entry => (entry.Serial, entry.Destination, entry.User)).ShouldBe(
        [
            (own, Destination.User("ann"), null),
            (held, _clerks, "ann"),
        ]);
        (await Boss(bed).ListOfAsync("bob", new WorklistQuery { Limit = 1 })).ShouldHaveSingleItem().Serial.ShouldBe(own);
        free.ShouldNotBe(held);
        (await Boss(bed).ListOfAsync("nobody")).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(async () => await Boss(bed).ListOfAsync(" "));
    }

    [Test]
    [Statement("1.11")]
    public async Task All_tasks_go_to_the_other_user_and_one_that_is_open_stays_open()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("ann", "bob")));
        var (first, second) = (await StartAsync(bed, "Own"), await StartAsync(bed, "Own"));
        await bed.OpenAsync("ann", second);
        var heard = new Heard();

        var results = await Boss(bed).HandOverAsync("ann", "cid", "Ann has left.", heard);

        results.ShouldBe([new(first, HandOverOutcome.Reassigned, null), new(second, HandOverOutcome.Reassigned, null)]);
        heard.Results.ShouldBe(results);
        (await Boss(bed).ListOfAsync("ann")).ShouldBeEmpty();
        (await Boss(bed).ListOfAsync("cid")).Select(entry => entry.Status).ShouldBe([WorklistItemStatus.Available, WorklistItemStatus.Open]);
        (await bed.HistoryAsync(second.ProcessInstance)).ShouldContain(fact => fact.Kind == JournalKind.Reassigned && fact.Detail!.Contains("Ann has left."));
        (await Boss(bed).HandOverAsync("ann", "cid")).ShouldBeEmpty();
    }

    [Test]
    [Statement("1.9")]
    public async Task A_slot_of_a_role_is_released_and_a_task_of_a_delegator_is_left()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("bob")), Define("Role", to => to.Role(_clerks.Name)));
        var (delegated, held) = (await StartAsync(bed, "Own"), await StartAsync(bed, "Role"));
        await bed.Engine.As("bob").Worklist.DelegateAsync(delegated, Destination.User("ann"));
        await bed.OpenAsync("ann", held);

        var results = await Boss(bed).HandOverAsync("ann", "cid");

        results.ShouldBe([new(delegated, HandOverOutcome.LeftToDelegator, null), new(held, HandOverOutcome.Released, null)]);
        (await Boss(bed).ListOfAsync("ann")).ShouldHaveSingleItem().ActingFor.ShouldBe("bob");
        (await bed.Engine.As("bob").Worklist.ListAsync()).Count.ShouldBe(2);
    }

    [Test]
    [Statement("2.10")]
    public async Task A_task_that_anyone_may_act_on_belongs_to_its_destinations()
    {
        await using var bed = await BedAsync(Define("Anyone", to => to.Users("bob"), task => task.AllowAnyUser()));
        var serial = await StartAsync(bed, "Anyone");
        await bed.OpenAsync("zoe", serial);

        (await Boss(bed).ListOfAsync("zoe")).ShouldBeEmpty();
        (await Boss(bed).ListOfAsync("bob")).ShouldHaveSingleItem().Status.ShouldBe(WorklistItemStatus.Allocated);
        (await Boss(bed).ListAsync()).Count(entry => entry.User == "zoe").ShouldBe(1);
    }

    [Test]
    [Statement("1.12")]
    public async Task An_item_of_a_user_stays_theirs_while_a_delegate_has_it_open()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("ann")));
        var serial = await StartAsync(bed, "Own");
        await bed.Engine.As("ann").Worklist.DelegateAsync(serial, Destination.User("bob"));
        await bed.OpenAsync("bob", serial);

        (await Boss(bed).ListOfAsync("ann")).ShouldHaveSingleItem().Destination.Name.ShouldBe("ann");
        (await Boss(bed).ListOfAsync("bob")).ShouldHaveSingleItem().ActingFor.ShouldBe("ann");

        (await Boss(bed).HandOverAsync("ann", "cid")).ShouldHaveSingleItem().Outcome.ShouldBe(HandOverOutcome.Reassigned);
        (await Boss(bed).ListOfAsync("cid")).ShouldHaveSingleItem();
    }

    [Test]
    public async Task One_that_is_refused_keeps_no_other_from_its_turn()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("ann", "cid")), Define("Alone", to => to.Users("ann")));
        var (both, stopped, alone) = (await StartAsync(bed, "Own"), await StartAsync(bed, "Alone"), await StartAsync(bed, "Alone"));
        await bed.Engine.As("boss").ManageProcesses().StopAsync(stopped.ProcessInstance);

        var results = await Boss(bed).HandOverAsync("ann", "cid");

        results.Select(result => (result.Serial, result.Outcome)).ShouldBe(
            [(both, HandOverOutcome.Refused), (stopped, HandOverOutcome.Refused), (alone, HandOverOutcome.Reassigned)]);
        results[0].Error.ShouldBeOfType<WorklistItemRefusedException>();
        results[1].Error.ShouldBeOfType<ProcessInstanceHaltedException>();
    }

    [Test]
    [Statement("9.1")]
    public async Task Tasks_of_processes_without_the_right_are_left_alone()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("ann")), Define("Hidden", to => to.Users("ann"), admin: "zoe"));
        await StartAsync(bed, "Hidden");
        var own = await StartAsync(bed, "Own");

        (await bed.Engine.As("dora").ManageWorklists().HandOverAsync("ann", "cid")).ShouldBeEmpty();
        (await Boss(bed).HandOverAsync("ann", "cid")).ShouldHaveSingleItem().Serial.ShouldBe(own);

        (await bed.Engine.As("zoe").ManageWorklists().ListOfAsync("ann")).ShouldHaveSingleItem();
        var same = await Should.ThrowAsync<ArgumentException>(async () => await Boss(bed).HandOverAsync("ann", "ANN"));
        same.Message.ShouldContain("'ann' has the tasks already");
    }

    [Test]
    [Statement("13.7")]
    public async Task A_repetition_under_the_same_key_goes_on_where_the_first_stopped()
    {
        await using var bed = await BedAsync(Define("Own", to => to.Users("ann")));
        await StartAsync(bed, "Own");
        await StartAsync(bed, "Own");
        using var cancellation = new CancellationTokenSource();
        var once = bed.Engine.As("boss").Once("leaver-7").ManageWorklists();
        var results = await once.HandOverAsync("ann", "cid", progress: new Heard(cancellation.Cancel), cancellation: cancellation.Token);
        results.Select(result => result.Outcome).ShouldBe([HandOverOutcome.Reassigned, HandOverOutcome.Interrupted]);
        results[1].Error.ShouldBeOfType<OperationCanceledException>();

        (await once.HandOverAsync("ann", "cid")).ShouldHaveSingleItem().Outcome.ShouldBe(HandOverOutcome.Reassigned);

        (await Boss(bed).ListOfAsync("cid")).Count.ShouldBe(2);
    }

    private sealed class Heard(Action? then = null) : IProgress<HandOverResult>
    {
        public List<HandOverResult> Results { get; } = [];

        public void Report(HandOverResult value)
        {
            Results.Add(value);
            then?.Invoke();
        }
    }
}
