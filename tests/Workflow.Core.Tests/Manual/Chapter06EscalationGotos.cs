using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations that send the process to another activity.</summary>
[TestFixture]
public sealed class Chapter06EscalationGotos
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public enum Level
    {
        Activity,
        Event,
        ActivityCode,
        EventCode,
    }

    /// <code>
    /// ►─┬─► A1 (A; escalates) ──► F (A)
    ///   └─► B1 (B) ──► G (B)          X (C)
    /// </code>
    private static ProcessDefinition Parallel(
        Action<ActivityBuilder>? first = null,
        Action<ClientEventBuilder>? task = null,
        Action<ProcessBuilder>? whole = null,
        Action<ActivityBuilder>? x = null) =>
        ProcessDefinition.Define("Parallel", process =>
        {
            process.Managed();
            whole?.Invoke(process);
            var (a, b) = (process.Activity("A1", activity =>
            {
                first?.Invoke(activity);
                activity.Destinations(to => to.Users("A")).Chooses(more: task);
            }), process.Activity("B1", activity => activity.Destinations(to => to.Users("B")).Chooses()));
            process.StartsWith(a).StartsWith(b);
            a.To(process.Activity("F", activity => activity.Destinations(to => to.Users("A")).Chooses()));
            b.To(process.Activity("G", activity => activity.Destinations(to => to.Users("B")).Chooses()));
            process.Activity("X", activity =>
            {
                x?.Invoke(activity);
                activity.Destinations(to => to.Users("C")).Chooses();
            });
        });

    private static ProcessDefinition Leaving(Level level, Expiring? expiring) => level switch
    {
        Level.Activity => Parallel(activity => activity.Escalation("Leave", after: Hour, then => then.GoTo("X", expiring))),
        Level.Event => Parallel(task: task => task.Escalation("Leave", after: Hour, then => then.GoTo("X", expiring))),
        Level.ActivityCode => Parallel(
            activity => activity.Escalation("Leave", after: Hour, then => then.Run("Leave", context => context.GoTo("X", expiring)))),
        _ => Parallel(task: task => task.Escalation("Leave", after: Hour, then => then.Run("Leave", context => context.GoTo("X", expiring)))),
    };

    [Test]
    [Statement("10.10")]
    [Statement("10.1")]
    public async Task Without_a_scope_everything_expires_and_no_line_is_asked([Values] Level level, [Values] bool byName)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Leaving(level, byName ? Expiring.Everything : null));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour * 2);

        (await bed.PathAsync(id)).ShouldBe("Active: X");
        (await bed.ExpiredAsync(id)).ShouldBe(["A1", "B1"], ignoreOrder: true);
        (await bed.StartedAsync(id)).ShouldBe(["A1", "B1", "X"]);
        (await bed.LinesFromAsync(id, 1)).ShouldBeEmpty();
        (await bed.LinesFromAsync(id, 2)).ShouldBeEmpty();
        (await bed.NamesAsync(id, JournalKind.Goto)).ShouldBe(["X"]);
        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.ActivityExpired).ShouldAllBe(fact => fact.Detail == "Goto");
        (await bed.TimersAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("6.7c")]
    [Statement("10.10")]
    public async Task Its_own_activity_alone_expires_where_the_scope_says_so([Values] Level level)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Leaving(level, Expiring.OwnActivity));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour * 2);

        (await bed.PathAsync(id)).ShouldBe("Active: B1 X");
        (await bed.ExpiredAsync(id)).ShouldBe(["A1"]);
        (await bed.LinesFromAsync(id, 1)).ShouldBeEmpty();
        await bed.ActAsync("C", "Approve");
        await bed.ActAsync("B", "Approve");
        (await bed.PathAsync(id)).ShouldBe("Active: G");
    }

    [Test]
    [Statement("6.4")]
    [Statement("10.10")]
    public async Task E2_16_an_activity_that_left_by_goto_escalates_no_more()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(activity => activity
            .Escalation("Leave", after: Hour, then => then.GoTo("X", Expiring.OwnActivity), repeat: 3)
            .Escalation("Mail", after: Hour * 2, then => then.Mails())));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour * 50);

        (await bed.FiringsAsync(id)).ShouldBe(["Leave 01-05 09:00"]);
        (await bed.PathAsync(id)).ShouldBe("Active: B1 X");
        (await bed.StartedAsync(id)).ShouldBe(["A1", "B1", "X"]);
    }

    [Test]
    [Statement("10.10")]
    public async Task G05_a_goto_of_the_process_expires_everything_and_only_the_target_is_left()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(whole: process => process.Escalation("Stale", after: Hour, then => then.GoTo("X"))));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", id.Task(1));

        await bed.AdvanceAsync(Hour);

        (await bed.PathAsync(id)).ShouldBe("Active: X");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- -- Av");
        await bed.ShouldNotFindAsync("A", id.Task(1), WorklistItemEnd.Expired);
        (await bed.LinesFromAsync(id, 1)).ShouldBeEmpty();
        await bed.ActAsync("C", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [TestCase("B1", "Active: A1 X")]
    [TestCase("G", "Active: A1 B1 X")]
    [Statement("10.10")]
    [Statement("10.10c")]
    public async Task A_goto_of_the_process_that_names_an_activity_expires_that_one_and_starts_the_target_anyway(string named, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(
            whole: process => process.Escalation("Stale", after: Hour, then => then.GoTo("X", Expiring.Only(named)))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.PathAsync(id)).ShouldBe(path);
    }

    [Test]
    [Statement("10.10")]
    [Statement("6.4")]
    public async Task A_process_escalation_goes_on_after_its_goto()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(
            whole: process => process.Escalation("Again", after: Hour, then => then.GoTo("A1"), repeat: 2)));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour * 9);

        (await bed.FiringsAsync(id)).ShouldBe(["Again 01-05 09:00", "Again 01-05 10:00", "Again 01-05 11:00"]);
        (await bed.StartedAsync(id)).ShouldBe(["A1", "B1", "A1", "A1", "A1"]);
        (await bed.PathAsync(id)).ShouldBe("Active: A1");
    }

    [Test]
    [Statement("5.3")]
    [Statement("10.10")]
    public async Task E2_14_a_goto_removes_a_start_that_is_pending()
    {
        var definition = ProcessDefinition.Define("Pending", process =>
        {
            process.Managed().Escalation("Stale", after: Hour, then => then.GoTo("X"));
            process.StartsWith(process.Activity("Ask", activity => activity.StartRule(DueTime.After(Hour * 2)).Once(1, 1).Chooses()));
            process.Activity("X", activity => activity.Destinations(to => to.Users("C")).Chooses());
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);
        (await bed.PathAsync(id)).ShouldBe("Active: X");
        (await bed.TimersAsync(id)).ShouldBeEmpty();
        (await bed.ExpiredAsync(id)).ShouldBe(["Ask"]);
        (await bed.AdvanceAsync(Hour * 9)).ShouldBe(0);

        (await bed.SeenByAsync(id, "A")).ShouldBe("");
        (await bed.PathAsync(id)).ShouldBe("Active: X");
    }

    /// <summary>X escalates itself. It was entered by goto, and counts from there.</summary>
    [Test]
    [Statement("6.2")]
    [Statement("10.10")]
    public async Task A_target_follows_its_own_start_rule_and_counts_from_there()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(
            activity => activity.Escalation("Leave", after: Hour, then => then.GoTo("X")),
            x: activity => activity.StartRule(DueTime.After(Hour * 2)).Escalation("Of the target", after: Hour * 3, then => then.Mails())));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);
        (await bed.SeenByAsync(id, "C")).ShouldBe("");
        await bed.AdvanceAsync(Hour * 9);

        (await bed.SeenByAsync(id, "C")).ShouldBe("C");
        (await bed.FiringsAsync(id)).ShouldBe(["Leave 01-05 09:00", "Of the target 01-05 14:00"]);
    }

    [Test]
    [Statement("10.10b")]
    [Statement("0.4")]
    public async Task A_target_whose_preceding_rule_is_false_expires_and_the_process_completes()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(
            activity => activity.Escalation("Leave", after: Hour, then => then.GoTo("X")),
            x: activity => activity.PrecedingRule(Rule.Named("no", _ => false))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.ExpiredAsync(id)).ShouldBe(["A1", "B1", "X"], ignoreOrder: true);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [TestCase(ActiveTarget.Again, "B1 B1", 1)]
    [TestCase(ActiveTarget.Keep, "B1", 1)]
    [TestCase(ActiveTarget.Refuse, "A1 B1", 2)]
    [Statement("10.10d")]
    public async Task A_target_that_is_still_active_is_started_again_kept_or_refused(ActiveTarget ifActive, string open, int firings)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(activity => activity.Escalation(
            "Leave", after: Hour, then => then.GoTo("B1", Expiring.OwnActivity, ifActive), repeat: 1)));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour * 9);

        (await bed.PathAsync(id)).ShouldBe($"Active: {open}");
        (await bed.FiringsAsync(id)).Length.ShouldBe(firings, "an activity that has left does not fire again");
        (await bed.CountAsync(id, JournalKind.GotoRefused)).ShouldBe(ifActive is ActiveTarget.Refuse ? 2 : 0);
        (await bed.CountAsync(id, JournalKind.Goto)).ShouldBe(ifActive is ActiveTarget.Refuse ? 0 : 1);
    }

    [Test]
    [Statement("10.10d")]
    public async Task A_target_that_the_goto_itself_expires_is_not_active_any_more([Values] ActiveTarget ifActive)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(activity => activity.Escalation(
            "Again", after: Hour, then => then.GoTo("A1", Expiring.OwnActivity, ifActive))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.StartedAsync(id)).ShouldBe(["A1", "B1", "A1"]);
        (await bed.PathAsync(id)).ShouldBe("Active: B1 A1");
    }

    [Test]
    [Statement("6.7c")]
    [Statement("11.6")]
    public async Task Values_that_the_code_has_written_stay_when_it_goes_elsewhere()
    {
        var reason = new ProcessField<string>("Reason");
        await using var bed = await WorkflowTestBed.CreateAsync(Parallel(
            whole: process => process.Fields(reason).Escalation(
                "Stale",
                after: Hour,
                then => then.Run("Leave", context =>
                {
                    context.Set(reason, "Nobody answered");
                    context.GoTo("X", Expiring.Only("A1"));
                }))));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.ReadAsync(id)).Fields.Get<string>("Reason").ShouldBe("Nobody answered");
        (await bed.PathAsync(id)).ShouldBe("Active: B1 X");
    }

    [Test]
    [Statement("10.9")]
    [Statement("6.4")]
    public async Task The_escalations_of_the_process_go_on_after_a_goto_of_the_finish_rule()
    {
        var rounds = new ProcessField<int>("Rounds", initial: 0);
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Rounds", process =>
        {
            process.Managed().Fields(rounds).Escalation("Stale", after: Hour, then => then.Mails(), repeat: 1);
            process.StartsWith(process.Activity("Once"));
            var more = process.Activity("More", activity => activity.Server("Count", context => context.Set(rounds, 1)).Waits());
            process.FinishRule(rounds == 0, goTo: more);
        }));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour * 9);

        (await bed.PathAsync(id)).ShouldBe("Active: More");
        (await bed.FiringsAsync(id)).ShouldBe(["Stale 01-05 09:00", "Stale 01-05 10:00"]);
    }
}
