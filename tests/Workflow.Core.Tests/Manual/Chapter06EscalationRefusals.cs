using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations that have no meaning are refused when they are built, with the name of their element.</summary>
[TestFixture]
public sealed class Chapter06EscalationRefusals
{
    private static readonly ProcessField<DateTimeOffset> Deadline = new("Deadline");
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Action<ActivityEscalationBuilder> Mail = then => then.Mails();

    private static ProcessDefinition Define(
        Action<ActivityBuilder>? activity = null, Action<ClientEventBuilder>? task = null, Action<ProcessBuilder>? whole = null) =>
        ProcessDefinition.Define("Refused", process =>
        {
            process.Managed().Fields(Deadline);
            process.StartsWith(process.Activity("Ask", ask =>
            {
                ask.Once(1, 1).Chooses(more: task);
                activity?.Invoke(ask);
            }));
            whole?.Invoke(process);
        });

    private static DefinitionProblem Problem(Func<ProcessDefinition> define) =>
        Should.Throw<ProcessDefinitionException>(define).Problems.ShouldHaveSingleItem();

    private static IEnumerable<TestCaseData> Times()
    {
        yield return After("no time", TimeSpan.Zero, "above zero");
        yield return After("less than no time", -Day, "above zero");
        yield return After("no working days", Delay.WorkingDays(0).In("Office"), "above zero");
        yield return After("a zone for elapsed time", Delay.Elapsed(Day).In("Europe/Rome"), "nothing in it is counted in a calendar");
        yield return When("an amount that is not above zero", DueTime.At(Deadline).Minus(TimeSpan.Zero), null, "above zero");
        yield return When("the year 9999", DueTime.At(DateTimeOffset.MaxValue), null, "year 9999");
        yield return When("a field that is not declared", DueTime.At(new ProcessField<DateTimeOffset>("Arrival")), null, "Arrival");
        yield return When("a repeat of a date alone", DueTime.At(Deadline), 2, "interval");
        yield return When("a repeat of a date of the calendar", DueTime.At(new DateOnly(2026, 12, 1)), 1, "interval");
        yield return When("a repeat before a date", DueTime.At(Deadline).Minus(Day), 2, "interval");
        yield return After("an interval of no time", Day, "above zero", Repeat.Times(2).Every(TimeSpan.Zero));
        yield return After("an interval of less than no time", Day, "above zero", Repeat.Times(2).Every(-Day));
        yield return After("10,000 repeats", Day, "9999", 10_000);
        yield return After("less than no repeat", Day, "9999", -1);

        static TestCaseData After(string says, Delay after, string reason, Repeat? repeat = null) => Case(
            says, reason, activity => activity.Escalation("Remind", after: after, Mail, repeat: repeat));

        static TestCaseData When(string says, DueTime when, Repeat? repeat, string reason) => Case(
            says, reason, activity => activity.Escalation("Remind", when: when, Mail, repeat: repeat));

        static TestCaseData Case(string says, string reason, Action<ActivityBuilder> activity) =>
            new TestCaseData(activity, reason).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Times))]
    [Statement("6.3")]
    [Statement("6.4")]
    [Statement("14.8")]
    public void A_time_without_a_meaning_is_refused(Action<ActivityBuilder> activity, string reason)
    {
        var problem = Problem(() => Define(activity));

        problem.Element.ShouldContain("'Remind'");
        problem.Element.ShouldContain("'Ask'");
        $"{problem.Message} {problem.Remedy}".Replace(",", "", StringComparison.Ordinal).ShouldContain(reason);
        problem.Remedy.ShouldNotBeNullOrWhiteSpace();
    }

    private static IEnumerable<TestCaseData> ActionsOfActivities()
    {
        yield return Case("no action", _ => { });
        yield return Case("two actions", then =>
        {
            then.ExpireActivity();
            then.RedirectTo("D");
        });
        yield return Case("the same action twice", then =>
        {
            then.Run("One", _ => { });
            then.Run("Two", _ => { });
        });
        yield return Case("an expiry and a goto", then =>
        {
            then.ExpireActivity();
            then.GoTo("Ask");
        });
        yield return Case("a goto to nowhere", then => then.GoTo("Asc"));
        yield return Case("a goto that expires what is not there", then => then.GoTo("Ask", Expiring.Only("Asc")));

        static TestCaseData Case(string says, Action<ActivityEscalationBuilder> then) => new TestCaseData(then).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(ActionsOfActivities))]
    [Statement("6.7")]
    [Statement("14.8")]
    public void Exactly_one_action_with_a_meaning_is_needed(Action<ActivityEscalationBuilder> then)
    {
        var problem = Problem(() => Define(activity => activity.Escalation("Remind", after: Day, then)));

        problem.Element.ShouldContain("'Remind'");
        problem.Element.ShouldContain("'Ask'");
        problem.Remedy.ShouldNotBeNullOrWhiteSpace();
    }

    [Test]
    [Statement("6.7")]
    [Statement("10.10")]
    public void The_whole_process_has_no_activity_of_its_own_to_expire()
    {
        var problem = Problem(() => Define(whole: process => process.Escalation("Stale", after: Day, then => then.GoTo("Ask", Expiring.OwnActivity))));

        problem.Element.ShouldContain("'Stale'");
        $"{problem.Message} {problem.Remedy}".ShouldContain("Expiring.");
    }

    private static IEnumerable<TestCaseData> ElsewhereThanActivities()
    {
        yield return new TestCaseData((Action<ProcessBuilder>)(process => process.Escalation("Stale", after: Day, _ => { })), null)
            .SetArgDisplayNames("no action at the process");
        yield return new TestCaseData((Action<ProcessBuilder>)(process => process.Escalation("Stale", after: TimeSpan.Zero, then => then.Mails())), null)
            .SetArgDisplayNames("no time at the process");
        yield return new TestCaseData(
            (Action<ProcessBuilder>)(process => process.Escalation("Stale", when: DueTime.At(new ActivityField<DateTimeOffset>("Due")), then => then.Mails())),
            null).SetArgDisplayNames("a field of an activity at the process");
        yield return new TestCaseData(null, (Action<ClientEventBuilder>)(task => task.Escalation("Stale", after: Day, _ => { })))
            .SetArgDisplayNames("no action at an event");
        yield return new TestCaseData(null, (Action<ClientEventBuilder>)(task => task.Escalation(
            "Stale", after: Day, then =>
            {
                then.ExpireEvent();
                then.ExpireActivity();
            }))).SetArgDisplayNames("two actions at an event");
    }

    [TestCaseSource(nameof(ElsewhereThanActivities))]
    [Statement("6.1")]
    [Statement("6.7")]
    public void Escalations_of_the_process_and_of_events_are_held_to_the_same(Action<ProcessBuilder>? whole, Action<ClientEventBuilder>? task)
    {
        var problem = Problem(() => Define(task: task, whole: whole));

        problem.Element.ShouldContain("'Stale'");
        if (task is not null)
        {
            problem.Element.ShouldContain("'Decision'");
        }
    }

    [Test]
    [Statement("13.4")]
    public void Two_escalations_of_one_element_have_two_names()
    {
        var problem = Problem(() => Define(activity => activity.Escalation("Remind", after: Day, Mail).Escalation("Remind", after: Day * 2, Mail)));

        $"{problem.Element}: {problem.Message}".ShouldContain("'Remind'");
        Should.NotThrow(() => Define(
            activity => activity.Escalation("Remind", after: Day, Mail),
            task => task.Escalation("Remind", after: Day, then => then.Mails()),
            process => process.Escalation("Remind", after: Day, then => then.Mails())));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\u0007b")]
    [Statement("14.8")]
    public void An_escalation_has_a_name_that_can_be_read(string name) => Should.Throw<Exception>(
        () => Define(activity => activity.Escalation(name, after: Day, Mail))).Message.ShouldNotBeNullOrWhiteSpace();

    [TestCase("")]
    [TestCase(" ")]
    [Statement("6.7")]
    [Statement("14.8")]
    public void A_redirect_has_a_user(string user)
    {
        var refusal = Should.Throw<Exception>(() => Define(activity => activity.Escalation("Remind", after: Day, then => then.RedirectTo(user))));

        (refusal is ProcessDefinitionException or ArgumentException).ShouldBeTrue(refusal.ToString());
    }

    [Test]
    [Statement("13.4")]
    [Statement("5.5b")]
    public async Task A_calendar_that_the_host_lacks_is_a_finding()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(
            activity => activity.Escalation("Remind", after: Delay.WorkingDays(2).In("Offcie"), Mail, repeat: 2)));

        var finding = bed.Deployments.ShouldHaveSingleItem().Findings.Where(found => found.Id == FindingIds.UnknownCalendar).ShouldHaveSingleItem();

        finding.Path.ShouldContain("'Remind'");
        finding.Path.ShouldContain("'Ask'");
        finding.Reason.ShouldContain("Offcie");
    }

    [Test]
    [Statement("13.4")]
    [Statement("6.4")]
    public async Task A_calendar_of_an_interval_that_the_host_lacks_is_a_finding()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(
            activity => activity.Escalation("Remind", after: Day, Mail, repeat: Repeat.Times(2).Every(Delay.WorkingDays(1).In("Offcie")))));

        bed.Deployments.ShouldHaveSingleItem().Findings.ShouldContain(found => found.Id == FindingIds.UnknownCalendar);
    }

    [TestCase(true)]
    [TestCase(false)]
    [Statement("13.4")]
    [Statement("5.2")]
    public async Task A_default_calendar_that_is_missing_is_a_finding(bool isInterval)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(activity => activity.Escalation(
            "Remind",
            after: isInterval ? Day : Delay.WorkingDays(1),
            Mail,
            repeat: isInterval ? Repeat.Times(2).Every(Delay.WorkingDays(1)) : null)));

        var finding = bed.Deployments.ShouldHaveSingleItem().Findings.Where(found => found.Id == FindingIds.UnknownCalendar).ShouldHaveSingleItem();

        finding.Path.ShouldContain("'Remind'");
        finding.Reason.ShouldContain("default calendar");
    }
}
