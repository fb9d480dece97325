using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators let instances go to an activity, or end one.</summary>
[TestFixture]
public sealed class Chapter08Goto
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 50);

    [Test]
    [Statement("8.9")]
    [Description("G2-02")]
    public async Task A_goto_of_everything_ends_all_activities_and_their_timers_and_asks_no_line()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            foreach (var name in (string[])["A1", "B1"])
            {
                var activity = process.Activity(name, Waiting);
                process.StartsWith(activity);
                activity.To(process.Activity($"After {name}", Waiting));
            }

            process.StartsWith(process.Activity("C1", activity => Waiting(activity.StartRule(DueTime.After(TimeSpan.FromDays(1))))));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        (await bed.Engine.FindTimersAsync()).Count.ShouldBe(3);

        await bed.Admin().GoToAsync(id, "X", reason: "It was the wrong form.");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["X"]);
        (await bed.ExpiredAsync(id)).Order().ShouldBe(["A1", "B1", "C1"]);
        (await bed.Engine.FindTimersAsync()).Count.ShouldBe(1, "only that of X");
        (await bed.StartedAsync(id)).Count(name => name.StartsWith("After", StringComparison.Ordinal)).ShouldBe(0);
        var fact = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.GotoOrdered);
        (fact.Name, fact.Detail, fact.User).ShouldBe(("X", "It was the wrong form.", Boss));
    }

    [Test]
    [Statement("8.9")]
    [Description("G2-03")]
    public async Task A_goto_to_the_activity_that_is_active_begins_it_anew()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("A", Waiting))));
        var id = await bed.BeginAsync();
        var old = (await bed.WorklistAsync("ann")).Single();
        await bed.AdvanceAsync(TimeSpan.FromDays(5));

        await bed.Admin().GoToAsync(id, "A");

        var now = (await bed.WorklistAsync("ann")).Single();
        now.Serial.ShouldNotBe(old.Serial);
        (await bed.Engine.FindTimersAsync()).Single().DueAt.ShouldBe(WorkflowTestBed.Beginning.AddDays(12));
        await Should.ThrowAsync<WorklistItemNotFoundException>(() => bed.ActAsync("ann", old.Serial, "Approve"));
    }

    [Test]
    [Statement("8.9")]
    [Description("G07, G2-12")]
    public async Task A_goto_takes_an_instance_out_of_error_and_the_old_error_cannot_be_retried()
    {
        var runs = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("Other", Waiting));
            process.StartsWith(process.Activity("S", activity => activity.Server("Throw", context =>
            {
                runs++;
                throw new InvalidOperationException("no money");
            })));
            process.Activity("Rework", Waiting);
        }));
        var id = await bed.BeginAsync();
        var error = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();

        await bed.Admin().GoToAsync(id, "Rework");

        var process = await bed.ReadAsync(id);
        (process.Status, process.Error).ShouldBe((ProcessInstanceStatus.Active, null));
        process.Fields.Get(Amount).ShouldBe(50);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Rework"]);
        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().RetryAsync(id, error).AsTask());
        runs.ShouldBe(1);
    }

    [Test]
    [Statement("8.9")]
    public async Task A_goto_of_one_activity_in_error_does_again_what_failed_elsewhere_only([Values] bool endsTheFailed)
    {
        var (broken, runs) = (true, new List<string>());
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("Task", Waiting));
            process.StartsWith(process.Activity("S", activity => activity.Server("Pay", _ =>
            {
                if (broken)
                {
                    throw new InvalidOperationException("no money");
                }

                runs.Add("Pay");
            })));
            process.StartsWith(process.Activity("L", activity => activity.Logs("Late", runs)));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        broken = false;

        await bed.Admin().GoToAsync(id, "X", Expiring.Only(endsTheFailed ? "S" : "Task"));

        runs.ShouldBe(endsTheFailed ? ["L/Late 1_3"] : ["Pay", "L/Late 1_3"]);
        (await bed.OpenActivitiesAsync(id)).Order().ShouldBe(endsTheFailed ? ["Task", "X"] : ["X"]);
    }

    [Test]
    [Statement("8.9")]
    public async Task A_line_that_failed_is_not_asked_again_after_a_goto_that_ends_its_activity()
    {
        var asked = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var first = process.Activity("A", Waiting);
            process.StartsWith(first);
            first.To(process.Activity("After", Waiting), Rule.Named("breaks", _ => ++asked > 0 ? throw new InvalidOperationException("no rate") : true));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        await bed.ActAsync("ann", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.Admin().GoToAsync(id, "X", Expiring.Only("A"));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().Name.ShouldBe("X");
        asked.ShouldBe(1);
    }

    [Test]
    [Statement("8.9")]
    public async Task A_goto_of_a_process_that_failed_at_its_start_tells_of_escalations_that_are_never_armed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.Escalation(
                "Stale", DueTime.At("never", _ => throw new InvalidOperationException("no date")), then => then.GoTo("X"));
            process.StartsWith(process.Activity("A", Waiting));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.Admin().GoToAsync(id, "X");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["X"]);
        (await bed.NamesAsync(id, JournalKind.EscalationNotArmed)).ShouldBe(["Stale"]);
    }

    [Test]
    [Statement("8.9")]
    [Description("G2-07")]
    public async Task A_target_whose_preceding_rule_is_false_expires_and_the_process_completes()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("A", Waiting));
            process.Activity("X", activity => Waiting(activity.PrecedingRule(Amount > 100)));
        }));
        var id = await bed.BeginAsync();

        await bed.Admin().GoToAsync(id, "X");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.ExpiredAsync(id)).ShouldBe(["A", "X"]);
    }

    [Test]
    [Statement("7.3")]
    [Description("G2-10")]
    public async Task A_server_item_that_a_goto_ended_cannot_be_finished()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("A", activity => activity.Waits()));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        var serial = (await bed.ServerItemsAsync(id)).Single();

        await bed.Admin().GoToAsync(id, "X");

        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync(serial));
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["X"]);
    }

    [Test]
    [Statement("10.10c")]
    [Description("G2-13, G2-14")]
    public async Task A_goto_of_one_activity_ends_all_its_instances_or_none([Values(0, 2)] int active)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("B", Waiting));
            var many = process.Activity("A", Waiting);
            process.Activity("X", Waiting);
            for (var line = 0; line < active; line++)
            {
                process.StartsWith(many, name: $"Line {line.Invariant()}");
            }
        }));
        var id = await bed.BeginAsync();

        await bed.Admin().GoToAsync(id, "X", Expiring.Only("A"));

        (await bed.OpenActivitiesAsync(id)).Order().ShouldBe(["B", "X"]);
        (await bed.ExpiredAsync(id)).Length.ShouldBe(active);
    }

    [Test]
    [Statement("10.10d")]
    public async Task A_target_that_is_still_active_starts_again_or_stays_or_refuses_the_goto([Values] ActiveTarget ifActive)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("A", Waiting)).StartsWith(process.Activity("X", Waiting))));
        var id = await bed.BeginAsync();
        var version = (await bed.ReadAsync(id)).Version;
        var going = bed.Admin().GoToAsync(id, "X", Expiring.Only("A"), ifActive).AsTask();

        if (ifActive is ActiveTarget.Refuse)
        {
            (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => going)).Statement.ShouldBe("10.10d");
            (await bed.ReadAsync(id)).Version.ShouldBe(version);
            return;
        }

        await going;
        (await bed.ReadAsync(id)).Activities.Count.ShouldBe(ifActive is ActiveTarget.Again ? 2 : 1);
    }

    [Test]
    [Statement("8.9")]
    [Description("G2-16")]
    public async Task A_goto_to_a_name_that_is_not_there_is_refused_and_stores_nothing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approval", Waiting))));
        var id = await bed.BeginAsync();
        var version = (await bed.ReadAsync(id)).Version;

        var target = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().GoToAsync(id, "Aproval").AsTask());
        var scope = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().GoToAsync(id, "Approval", Expiring.Only("No")).AsTask());
        await Should.ThrowAsync<ArgumentException>(() => bed.Admin().GoToAsync(id, "Approval", Expiring.OwnActivity).AsTask());

        target.Message.ShouldBe($"Process instance {id}: its definition has no activity 'Aproval'. Did you mean 'Approval'?");
        scope.Message.ShouldContain("'No'");
        (await bed.ReadAsync(id)).Version.ShouldBe(version);
    }

    [Test]
    [Statement("14.7")]
    [Description("G2-16")]
    public async Task A_goto_by_a_user_without_the_admin_right_is_denied()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Guarded", process => process
            .Rights(rights => rights.Everyone(ProcessRight.Start).Everyone(ProcessRight.View))
            .StartsWith(process.Activity("A", Waiting))));
        var id = await bed.BeginAsync();

        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Admin().GoToAsync(id, "A").AsTask())).Message.ShouldContain("Admin");
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Admin().ExpireActivityAsync(id, "A").AsTask());
        (await bed.ExpiredAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("5.4b")]
    [Statement("8.9")]
    public async Task An_instance_that_has_not_begun_goes_nowhere()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartRule(DueTime.After(TimeSpan.FromDays(1))).StartsWith(process.Activity("A", Waiting))));
        var id = await bed.BeginAsync();

        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().GoToAsync(id, "A").AsTask())).Message.ShouldContain("has not begun");
    }

    [Test]
    [Statement("10.10e")]
    public async Task An_activity_that_an_administrator_ends_has_its_lines_asked()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var first = process.Activity("A", Waiting);
            process.StartsWith(first).StartsWith(process.Activity("Other", Waiting));
            first.To(process.Activity("After", Waiting));
        }));
        var id = await bed.BeginAsync();

        await bed.Admin().ExpireActivityAsync(id, "A", "Nobody is there.");

        (await bed.OpenActivitiesAsync(id)).Order().ShouldBe(["After", "Other"]);
        (await bed.ExpiredAsync(id)).ShouldBe(["A"]);
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.ExpiryOrdered).Detail.ShouldBe("Nobody is there.");
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().ExpireActivityAsync(id, "A").AsTask())).Statement.ShouldBe("10.10e");
    }

    private static ProcessDefinition Define(Action<ProcessBuilder> build) => ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll().Fields(Amount).Rights(rights => rights.Admin(Boss));
        build(process);
    });

    private static void Waiting(ActivityBuilder activity) => activity
        .Destinations(to => to.Users("ann"))
        .Client("Decide", task => task.Action("Approve"))
        .Escalation("Remind", TimeSpan.FromDays(7), then => then.Run("Remind", _ => { }));
}
