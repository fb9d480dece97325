using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Exception rules decide whether an instance goes on without what has failed.</summary>
[TestFixture]
public sealed class Chapter08ExceptionRules
{
    private static readonly ProcessField<int> Amount = new("Amount", 3);

    private static readonly ActivityField<int> Weight = new("Weight", 7);

    private static readonly Rule Broken = Rule.Named("broken", _ => throw new TimeoutException("no rate"));

    private readonly List<string> _ran = [];

    private readonly List<string> _asked = [];

    [SetUp]
    public void Clear()
    {
        _ran.Clear();
        _asked.Clear();
    }

    [Test]
    [Statement("8.3")]
    public async Task An_event_whose_exception_rule_continues_is_completed_without_results_and_the_next_one_runs()
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => activity
            .Server("Pack", _ => _ran.Add("Pack"))
            .Server("Send", context => SetAndThrow(context, Amount), define: send => send.ExceptionRule(Says("event", ExceptionDecision.Continue)))
            .Server("Bill", _ => _ran.Add("Bill")))));
        var id = (await bed.StartAsync("dora")).Id;

        _ran.ShouldBe(["Pack", "Bill"]);
        var process = await bed.ReadAsync(id);
        (process.Status, process.Fields.Get(Amount)).ShouldBe((ProcessInstanceStatus.Completed, 3));
        _asked.ShouldBe(["event: server event 'Send' of 'Ship', TimeoutException no truck, call 1"]);
        var history = await bed.HistoryAsync(id);
        var passed = history.Single(fact => fact.Kind is JournalKind.ExceptionPassed);
        (passed.Name, passed.Detail).ShouldBe(("server event 'Send' of 'Ship'", "no truck"));
        history.ShouldContain(fact => fact.Kind == JournalKind.EventFailed);
        history.ShouldNotContain(fact => fact.Kind == JournalKind.ProcessError);
        history.ShouldNotContain(fact => fact.Kind == JournalKind.EventCompleted && fact.Name == "Send");
    }

    [Test]
    [Statement("8.3")]
    [Description("X04")]
    public async Task An_exception_rule_that_says_error_puts_the_instance_into_error_and_no_other_level_is_asked()
    {
        await using var bed = await CreateAsync(process =>
        {
            process.ExceptionRule(Says("process", ExceptionDecision.Continue));
            process.StartsWith(process.Activity("Ship", activity => activity
                .ExceptionRule(Says("activity", ExceptionDecision.Continue))
                .Server("Pack", _ => _ran.Add("Pack"))
                .Server("Send", Throw, define: send => send.ExceptionRule(Says("event", ExceptionDecision.Error)))
                .Server("Bill", _ => _ran.Add("Bill"))));
        });
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(id)).Error!.Message.ShouldBe("no truck");
        _ran.ShouldBe(["Pack"]);
        _asked.Select(Level).ShouldBe(["event"]);
    }

    [TestCase(true, true, "event")]
    [TestCase(false, true, "activity")]
    [TestCase(false, false, "process")]
    [Statement("8.3")]
    public async Task The_nearest_exception_rule_decides(bool hasEvent, bool hasActivity, string level)
    {
        await using var bed = await CreateAsync(process =>
        {
            process.ExceptionRule(Says("process", ExceptionDecision.Continue));
            process.StartsWith(process.Activity("Ship", activity =>
            {
                if (hasActivity)
                {
                    activity.ExceptionRule(Says("activity", ExceptionDecision.Continue));
                }

                activity.Server("Send", Throw, define: send =>
                {
                    if (hasEvent)
                    {
                        send.ExceptionRule(Says("event", ExceptionDecision.Continue));
                    }
                });
            }));
        });

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        _asked.Select(Level).ShouldBe([level]);
    }

    [Test]
    [Statement("8.3b")]
    [Description("X2-06")]
    public async Task An_exception_rule_that_throws_passes_to_the_next_level()
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => activity
            .ExceptionRule(Says("activity", ExceptionDecision.Continue))
            .Server("Send", Throw, define: send => send.ExceptionRule(_ => throw new NotSupportedException("no idea")))
            .Server("Bill", _ => _ran.Add("Bill")))));
        var id = (await bed.StartAsync("dora")).Id;

        _ran.ShouldBe(["Bill"]);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ExceptionPassed).Detail.ShouldBe(
            "no truck Then the exception rule of event 'Send' threw: no idea");
    }

    [Test]
    [Statement("8.3b")]
    [Description("X2-06")]
    public async Task Where_all_exception_rules_throw_the_error_has_every_exception_and_the_first_is_that_of_the_event()
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => activity
            .ExceptionRule(failure => failure.Get(new ActivityField<int>("Absent")) > 0 ? ExceptionDecision.Continue : ExceptionDecision.Error)
            .Server("Send", Throw, define: send => send.ExceptionRule(_ => throw new NotSupportedException("no idea"))))));
        var id = (await bed.StartAsync("dora")).Id;

        var error = (await bed.ReadAsync(id)).Error!;
        error.ExceptionType.ShouldBe(nameof(TimeoutException));
        error.Message.ShouldStartWith(
            "no truck Then the exception rule of event 'Send' threw: no idea Then the exception rule of activity 'Ship' threw: ");
        error.Message.ShouldContain("Absent");
        error.Details.ShouldStartWith("TimeoutException: no truck");
        error.Details.ShouldContain("Then the exception rule of event 'Send' threw NotSupportedException: no idea");
        error.Details.ShouldContain("Then the exception rule of activity 'Ship' threw DataFieldException: ");
        await bed.Admin().SkipAsync(id, error);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.3b")]
    public async Task A_message_that_is_very_long_leaves_room_for_what_the_exception_rule_threw([Values(5_000, 100_000)] int length)
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => activity.Server(
            "Send", _ => throw new TimeoutException(new string('x', length), new TimeoutException(new string('y', length))),
            define: send => send.ExceptionRule(_ => throw new NotSupportedException(new string('z', length)))))));
        var id = (await bed.StartAsync("dora")).Id;

        var error = (await bed.ReadAsync(id)).Error!;
        error.Message.ShouldStartWith("xxx");
        error.Message.ShouldContain("Then the exception rule of event 'Send' threw: zzz");
        error.Message.Length.ShouldBeLessThanOrEqualTo(4_096);
        error.Details.ShouldContain("Then the exception rule of event 'Send' threw NotSupportedException: zzz");
        error.Details.Length.ShouldBeLessThanOrEqualTo(16_384);
    }

    [Test]
    [Statement("8.3")]
    public async Task A_line_whose_exception_rule_continues_is_not_followed_and_the_others_are([Values] bool ofProcess)
    {
        await using var bed = await CreateAsync(process =>
        {
            if (ofProcess)
            {
                process.ExceptionRule(Says("process", ExceptionDecision.Continue));
            }

            var ship = process.Activity("Ship", activity => activity.ExceptionRule(Says("activity", ExceptionDecision.Continue)));
            process.StartsWith(ship);
            ship.To(process.Activity("First", activity => Ask(activity)));
            ship.To(
                process.Activity("Second", activity => Ask(activity)), Broken, exceptionRule: ofProcess ? null : Says("line", ExceptionDecision.Continue));
            ship.To(process.Activity("Third", activity => Ask(activity)));
        });
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["First", "Third"]);
        _asked.Select(Level).ShouldBe([ofProcess ? "process" : "line"]);
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.ExceptionPassed).Name.ShouldBe("line rule of 'Ship to Second'");
    }

    [Test]
    [Statement("8.3")]
    public async Task The_exception_rule_of_an_activity_is_not_asked_about_its_lines()
    {
        await using var bed = await CreateAsync(process =>
        {
            var ship = process.Activity("Ship", activity => activity.ExceptionRule(Says("activity", ExceptionDecision.Continue)));
            process.StartsWith(ship);
            ship.To(process.Activity("Next"), when: Broken);
        });

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Error);
        _asked.ShouldBeEmpty();
    }

    [Test]
    [Statement("8.3")]
    public async Task A_preceding_rule_that_is_passed_over_is_false_so_the_arrival_expires()
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => Ask(activity
            .PrecedingRule(Broken).ExceptionRule(Says("activity", ExceptionDecision.Continue))))));
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).ShouldContain(fact => fact.Kind == JournalKind.ActivityExpired && fact.Name == "Ship");
    }

    [Test]
    [Statement("8.3")]
    [Statement("0.3")]
    public async Task A_succeeding_rule_that_is_passed_over_is_false_this_one_time([Values] bool ofEvent)
    {
        var fails = true;
        var rule = Rule.Named("once", _ => fails ? throw new TimeoutException("no rate") : true);
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity =>
        {
            activity.Destinations(to => to.Users("ann", "bob")).PlanJustOnce(Slots.Number(2)).ExceptionRule(Says("activity", ExceptionDecision.Continue));
            activity.Client("Ship", task =>
            {
                task.Action("Done");
                if (ofEvent)
                {
                    task.SucceedingRule(rule).ExceptionRule(Says("event", ExceptionDecision.Continue));
                }
            });
            if (!ofEvent)
            {
                activity.SucceedingRule(rule);
            }
        })));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Done");
        if (ofEvent)
        {
            (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
            fails = false;
        }

        await bed.ActAsync("bob", "Done");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        _asked.Select(Level).ShouldBe([ofEvent ? "event" : "activity"]);
    }

    [Test]
    [Statement("8.3")]
    [Statement("8.4")]
    [Description("X06")]
    public async Task A_finish_rule_that_throws_completes_only_where_the_exception_rule_of_the_process_continues([Values] bool continues)
    {
        await using var bed = await CreateAsync(process =>
        {
            if (continues)
            {
                process.ExceptionRule(Says("process", ExceptionDecision.Continue));
            }

            var ship = process.Activity("Ship");
            process.StartsWith(ship);
            process.FinishRule(Broken, ship);
        });

        (await bed.StartAsync("dora")).Status.ShouldBe(continues ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Error);
    }

    [Test]
    [Statement("8.3")]
    public async Task Two_rules_of_one_step_can_both_be_passed_over()
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => Ask(activity
            .ExceptionRule(Says("activity", ExceptionDecision.Continue))
            .Escalation("One", DueTime.At("one", _ => throw new TimeoutException("no date")), then => then.ExpireActivity())
            .Escalation("Two", DueTime.At("two", _ => throw new TimeoutException("no date")), then => then.ExpireActivity())))));
        var id = (await bed.StartAsync("dora")).Id;

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ship"]);
        _asked.Count.ShouldBe(2);
        (await bed.HistoryAsync(id)).Count(fact => fact.Kind is JournalKind.EscalationNotArmed).ShouldBe(2);
        await bed.ActAsync("ann", "Done");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.3")]
    [Statement("8.2b")]
    public async Task A_rule_that_was_passed_over_stays_so_when_another_of_the_same_step_is_retried([Values] bool fromStore)
    {
        var fails = true;
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => Ask(activity
            .ExceptionRule(failure => failure.Element.Contains("One", StringComparison.Ordinal)
                ? Says("activity", ExceptionDecision.Continue)(failure)
                : ExceptionDecision.Error)
            .Escalation("One", DueTime.At("one", _ => throw new TimeoutException("no date")), then => then.ExpireActivity())
            .Escalation(
                "Two", DueTime.At("two", _ => fails ? throw new TimeoutException("no date") : WorkflowTestBed.Beginning.AddDays(1)),
                then => then.ExpireActivity())))));
        var id = (await bed.StartAsync("dora")).Id;
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        fails = false;
        await bed.Admin().RetryAsync(id);

        _asked.Count.ShouldBe(1);
        (await bed.ReadAsync(id)).Activities[0].Escalations.Select(armed => armed.Name).ShouldBe(["Two"]);
    }

    [Test]
    [Statement("8.3")]
    [Statement("6.11b")]
    public async Task A_failed_escalation_that_is_passed_over_is_done_and_its_repeats_keep_their_instants([Values] bool ofEvent)
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity =>
        {
            activity.ExceptionRule(Says("activity", ExceptionDecision.Continue)).Destinations(to => to.Users("ann"));
            var repeat = Repeat.Times(2);
            if (ofEvent)
            {
                activity.Client("Ship", task => task.Action("Done")
                    .ExceptionRule(Says("event", ExceptionDecision.Continue))
                    .Escalation("Remind", TimeSpan.FromHours(1), then => then.Run("Mail", _ => throw new TimeoutException("no mail")), repeat));
                return;
            }

            activity.Client("Ship", task => task.Action("Done"))
                .Escalation("Remind", TimeSpan.FromHours(1), then => then.Run("Mail", _ => throw new TimeoutException("no mail")), repeat);
        })));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromHours(12));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        _asked.Select(Level).ShouldBe(Enumerable.Repeat(ofEvent ? "event" : "activity", 3));
        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.EscalationFired).Select(fact => fact.Time.Hour).ShouldBe([9, 10, 11]);
        await bed.ActAsync("ann", "Done");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.3")]
    public async Task A_destination_rule_that_throws_asks_no_exception_rule()
    {
        await using var bed = await CreateAsync(process =>
        {
            process.ExceptionRule(Says("process", ExceptionDecision.Continue));
            process.StartsWith(process.Activity("Ship", activity => activity
                .ExceptionRule(Says("activity", ExceptionDecision.Continue))
                .Destinations(to => to.Set("All", Broken).Users("ann"))
                .Client("Ship", task => task.Action("Done"))));
        });

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Error);
        _asked.ShouldBeEmpty();
    }

    [Test]
    [Statement("8.3")]
    [Statement("10.7")]
    public async Task A_limit_asks_no_exception_rule()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Define(process =>
            {
                process.ExceptionRule(Says("process", ExceptionDecision.Continue));
                var ship = process.Activity("Ship");
                process.StartsWith(ship);
                ship.To(ship);
            }),
            options => options.AutomaticStepLimit = 20);

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Error);
        _asked.ShouldBeEmpty();
    }

    [Test]
    [Statement("8.3")]
    public async Task An_exception_rule_reads_the_fields_that_were_there_when_the_code_failed()
    {
        var read = (Amount: 0, Weight: 0, Folio: "", Originator: "", HasOwn: true);
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => activity
            .Fields(Weight)
            .ExceptionRule(failure =>
            {
                read = (failure.Get(Amount), failure.Get(Weight), failure.Folio, failure.Originator, failure.TryGet(new ProcessField<int>("Amount"), out _));
                return ExceptionDecision.Continue;
            })
            .Server("Weigh", context => context.Set(Weight, 8))
            .Server("Send", context => SetAndThrow(context, Weight)))));
        await bed.StartAsync("dora", start => start.Folio("F").Set(Amount, 5));

        read.ShouldBe((5, 8, "F", "dora", true));
    }

    [Test]
    [Statement("8.3")]
    public async Task An_answer_that_does_not_exist_means_error()
    {
        await using var bed = await CreateAsync(process => process.StartsWith(process.Activity("Ship", activity => activity
            .Server("Send", Throw, define: send => send.ExceptionRule(_ => (ExceptionDecision)9)))));

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Error);
    }

    private static ActivityBuilder Ask(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Done"));

    private static string Level(string asked) => asked[..asked.IndexOf(':', StringComparison.Ordinal)];

    private static void Throw(ServerEventContext context) => throw new TimeoutException("no truck");

    private static void SetAndThrow(ServerEventContext context, Field<int> field)
    {
        context.Set(field, 9);
        Throw(context);
    }

    private static Task<WorkflowTestBed> CreateAsync(Action<ProcessBuilder> build) => WorkflowTestBed.CreateAsync(Define(process =>
    {
        process.Fields(Amount);
        build(process);
    }));

    private ExceptionHandler Says(string level, ExceptionDecision decision) => failure =>
    {
        _asked.Add($"{level}: {failure.Element}, {failure.ExceptionType} {failure.Exception!.Message}, call {failure.Attempts}");
        return decision;
    };
}
