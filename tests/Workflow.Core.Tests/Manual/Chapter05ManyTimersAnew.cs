using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The timers of many instances that are worked out anew, the hours that code of the host gives, and what is refused. The test bed begins on Monday
/// 2026-01-05 at 08:00 in UTC.</summary>
[TestFixture]
public sealed class Chapter05ManyTimersAnew
{
    private static readonly Action<ProcessBuilder> Reminding = process => process.StartsWith(process.Activity("Approve", activity => activity
        .Once(1, 1).Chooses().Escalation("Remind", Delay.WorkingDays(1).In("Office"), then => then.Mails())));

    private readonly OfficeHours _hours = new();

    private Task<WorkflowTestBed> BedAsync(params ProcessDefinition[] definitions) => WorkflowTestBed.CreateAsync(definitions, _hours.AddTo);

    private static ProcessDefinition Other(string administrator) => ProcessDefinition.Define("Other", process =>
    {
        process.Rights(rights => rights.Start("dora").Admin(administrator));
        Reminding(process);
    });

    [SetUp]
    public void Forget() => _hours.Replace();

    [Test]
    [Statement("5.9")]
    public async Task Each_of_several_instances_has_its_own_result_and_a_repetition_finds_nothing_to_do()
    {
        await using var bed = await BedAsync(Orders.Define(Reminding), Other(Orders.Boss));
        List<ProcessInstanceId> ids = [await bed.BeginAsync(), await bed.BeginAsync(), await bed.BeginAsync(), await bed.BeginAsync()];
        var other = (await bed.StartAsync("Other", "dora")).Id;
        await bed.Admin().StopAsync(ids[1]);
        await bed.ActAsync("A", new SerialNumber(ids[2], 1), "Approve");
        _hours.Replace(6);
        var previews = await bed.Admin().Preview.RecomputeTimersOfAllAsync("Office", "Order");
        var heard = new List<RecomputeResult>();

        var results = await bed.Admin().RecomputeTimersOfAllAsync("Office", "Order", "The holidays have changed.", new Heard(heard));

        results.Select(result => result.ProcessInstance).ShouldBe([ids[0], ids[1], ids[3]], "those that have not ended");
        results.ShouldAllBe(result => result.IsDone && OfficeHours.Words(result.Timers).Single() == "Remind 01-06 09:00 to 01-07 09:00");
        heard.ShouldBe(results);
        previews.SelectMany(preview => preview.Timers).ShouldBe(results.SelectMany(result => result.Timers));
        (await bed.TimersAsync(other)).ShouldBe(["01-06 09:00 Remind"]);

        var all = await bed.Admin().RecomputeTimersOfAllAsync("Office");

        all.Select(result => (result.ProcessInstance, result.Timers.Count(timer => timer.IsMoved)))
            .ShouldBe([(ids[0], 0), (ids[1], 0), (ids[3], 0), (other, 1)]);
        foreach (var id in new[] { ids[0], ids[1], ids[3], other })
        {
            (await bed.CountAsync(id, JournalKind.TimersRecomputed)).ShouldBe(1);
        }
    }

    [Test]
    [Statement("5.9")]
    [Statement("14.7d")]
    public async Task A_call_that_is_cut_short_tells_what_was_done_and_its_repetition_does_the_rest()
    {
        await using var bed = await BedAsync(Orders.Define(Reminding));
        List<ProcessInstanceId> ids = [await bed.BeginAsync(), await bed.BeginAsync(), await bed.BeginAsync()];
        _hours.Replace(6);
        using var ending = new CancellationTokenSource();

        var first = await bed.Admin().RecomputeTimersOfAllAsync("Office", progress: new Heard([], ending.Cancel), cancellation: ending.Token);
        var second = await bed.Admin().RecomputeTimersOfAllAsync("Office");

        first.Select(result => (result.ProcessInstance, result.IsDone)).ShouldBe([(ids[0], true), (ids[1], false)]);
        first[1].Refusal.ShouldBeAssignableTo<OperationCanceledException>();
        second.Select(result => result.Timers.Count(timer => timer.IsMoved)).ShouldBe([0, 1, 1]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("9.1")]
    public async Task Only_instances_are_touched_on_which_the_user_has_the_admin_right()
    {
        await using var bed = await BedAsync(
            ProcessDefinition.Define("Order", process => Reminding(process.Managed())), Other("chief"));
        var own = await bed.BeginAsync();
        var other = (await bed.StartAsync("Other", "dora")).Id;
        _hours.Replace(6);

        (await bed.Engine.As("chief").ManageProcesses().RecomputeTimersOfAllAsync("Office")).ShouldHaveSingleItem().ProcessInstance.ShouldBe(other);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(
            () => bed.Engine.As("chief").ManageProcesses().RecomputeTimersOfAllAsync("Office", "Order").AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("dora").ManageProcesses().RecomputeTimersAsync(own, "Office").AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(
            () => bed.Engine.As("dora").ManageProcesses().Preview.RecomputeTimersAsync(own, "Office").AsTask());

        (await bed.Engine.As("dora").ManageProcesses().RecomputeTimersOfAllAsync("Office")).ShouldBeEmpty();
        (await bed.TimersAsync(own)).ShouldBe(["01-06 09:00 Remind"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("5.5b")]
    public async Task A_calendar_that_nobody_knows_an_instance_that_has_ended_and_one_that_never_was_are_refused()
    {
        await using var bed = await BedAsync(Orders.Define(Reminding));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        var unknown = await Should.ThrowAsync<CalendarException>(() => bed.Admin().RecomputeTimersAsync(id, "Ofice").AsTask());
        var ended = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RecomputeTimersAsync(id, "Office").AsTask());

        unknown.Message.ShouldContain("Did you mean the working hours 'Office'?");
        ended.Message.ShouldContain("Completed");
        await Should.ThrowAsync<CalendarException>(() => bed.Admin().RecomputeTimersOfAllAsync("Ofice").AsTask());
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.Admin().RecomputeTimersAsync(new ProcessInstanceId(99), "Office").AsTask());
        await Should.ThrowAsync<ArgumentException>(() => bed.Admin().RecomputeTimersAsync(id, "").AsTask());
    }

    [Test]
    [Statement("5.9")]
    [Statement("13.7")]
    public async Task A_repetition_under_its_key_does_nothing()
    {
        await using var bed = await BedAsync(Orders.Define(Reminding));
        var id = await bed.BeginAsync();
        _hours.Replace(6);
        var keyed = bed.Engine.As(Orders.Boss).Once("holidays").ManageProcesses();
        OfficeHours.Words(await keyed.RecomputeTimersAsync(id, "Office")).ShouldBe(["Remind 01-06 09:00 to 01-07 09:00"]);
        _hours.Replace(6, 7);

        (await keyed.RecomputeTimersAsync(id, "Office")).ShouldBeEmpty();

        (await bed.TimersAsync(id)).ShouldBe(["01-07 09:00 Remind"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("5.2")]
    public async Task The_default_calendar_means_the_timers_that_name_none()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Orders.Define(process => process.StartsWith(process.Activity("Approve", activity => activity
                .Once(1, 1).Chooses().Escalation("Remind", Delay.WorkingDays(1), then => then.Mails())))),
            options =>
            {
                _hours.AddTo(options);
                options.WorkingHours.Default = "Office";
            });
        var id = await bed.BeginAsync();
        _hours.Replace(6);

        OfficeHours.Words(await bed.Admin().RecomputeTimersAsync(id, "Office")).ShouldBe(["Remind 01-06 09:00 to 01-07 09:00"]);
    }

    /// <summary>An answer is good for an hour. For this command it is asked for again, once for all instances.</summary>
    [Test]
    [Statement("5.9")]
    [Statement("5.5e")]
    public async Task Hours_from_code_of_the_host_are_asked_for_again_and_without_an_answer_nothing_moves()
    {
        var (holidays, asked) = (Array.Empty<int>(), 0);
        Exception? failure = null;
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(Reminding), options => options.WorkingHoursSource = (_, _) =>
        {
            asked++;
            return failure is null ? ValueTask.FromResult<WorkingHours?>(_hours.With(holidays)) : throw failure;
        });
        List<ProcessInstanceId> ids = [await bed.BeginAsync(), await bed.BeginAsync()];
        (holidays, asked, failure) = ([6], 0, new InvalidOperationException("no database"));

        var refusal = await Should.ThrowAsync<CalendarException>(() => bed.Admin().RecomputeTimersAsync(ids[0], "Office").AsTask());
        refusal.Message.ShouldContain("no database");
        (await bed.TimersAsync(ids[0])).ShouldBe(["01-06 09:00 Remind"]);
        (asked, failure) = (0, null);
        var results = await bed.Admin().RecomputeTimersOfAllAsync("Office");

        results.ShouldAllBe(result => OfficeHours.Words(result.Timers).Single() == "Remind 01-06 09:00 to 01-07 09:00");
        asked.ShouldBe(1);
    }

    private sealed class Heard(List<RecomputeResult> results, Action? then = null) : IProgress<RecomputeResult>
    {
        public void Report(RecomputeResult value)
        {
            results.Add(value);
            then?.Invoke();
        }
    }
}
