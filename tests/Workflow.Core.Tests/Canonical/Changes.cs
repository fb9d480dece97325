using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of definitions.</summary>
internal static class Changes
{
    private const string Derived = "it follows from what the other properties say";
    private const string Code = "code stands for itself by the name of its event";

    public static IReadOnlyList<Change> OfDefinitions { get; } =
    [
        .. OfProcesses(), .. OfFields(), .. OfActivities(), .. OfDestinations(), .. OfSlots(), .. OfEvents(), .. EscalationChanges.All,
        .. ExceptionChanges.All, .. JoinChanges.All, .. GroupChanges.All, .. SubProcessChanges.All,
        .. ActionChanges.All,
    ];

    private static IEnumerable<Change> OfProcesses() =>
    [
        new("ProcessDefinition.Name", Named("A"), Named("B"), null),
        InProcess("ProcessDefinition.Version", process => process.Version(1), process => process.Version(2)),
        InProcess("ProcessDefinition.Activities", _ => { }, process => process.Activity("More")),
        InProcess("ProcessDefinition.Lines", process => process.Activity("More"), process => process.StartsWith(process.Activity("More"))),
        InProcess("ProcessDefinition.Fields", _ => { }, process => process.Fields(new ProcessField<int>("More"))),
        InProcess("ProcessDefinition.FinishRule", _ => { }, process => process.FinishRule(Amount == 1, process.Activity("Late"))),
        InProcess("ProcessDefinition.DefaultCalendar", process => process.DefaultCalendar("Office"), process => process.DefaultCalendar("Plant")),
        InProcess("ProcessDefinition.StartRule", _ => { }, process => process.StartRule(Amount == 1)),
        InProcess("ProcessStartRule.Condition", process => process.StartRule(Amount == 1), process => process.StartRule(Amount == 2)),
        InProcess(
            "ProcessStartRule.Due", process => process.StartRule(DueTime.After(TimeSpan.FromDays(1))),
            process => process.StartRule(DueTime.After(TimeSpan.FromDays(2)))),
        InProcess("ProcessDefinition.Rights", _ => { }, process => process.Rights(rights => rights.View("ann"))),
        InProcess(
            "ProcessRights.Granted", process => process.Rights(rights => rights.View("ann")), process => process.Rights(rights => rights.View("ann", "bob"))),
        InProcess(
            "ProcessRights.Everyone", process => process.Rights(rights => rights.View("ann")),
            process => process.Rights(rights => rights.View("ann").Everyone(ProcessRight.Start))),
        InProcess(
            "ProcessGrant.Who", process => process.Rights(rights => rights.View("ann")),
            process => process.Rights(rights => rights.View(Destination.Role("ann")))),
        InProcess("ProcessGrant.Right", process => process.Rights(rights => rights.View("ann")), process => process.Rights(rights => rights.Admin("ann"))),
        InProcess("LineDefinition.Name", process => Line(process, name: "a"), process => Line(process, name: "b")),
        InProcess("LineDefinition.From", process => Line(process, from: "Two"), process => Line(process, from: "One")),
        InProcess("LineDefinition.To", process => Line(process, to: "One"), process => Line(process, to: "Two")),
        InProcess("LineDefinition.Rule", process => Line(process), process => Line(process, when: Amount == 1)),
        InProcess("FinishRule.Rule", process => Finish(process, Amount == 1, "One"), process => Finish(process, Amount == 2, "One")),
        InProcess("FinishRule.Activity", process => Finish(process, Amount == 1, "One"), process => Finish(process, Amount == 1, "Two")),
        None("ProcessDefinition.ActivityArray", Derived), None("ProcessDefinition.LineArray", Derived), None("ProcessDefinition.FieldArray", Derived),
        None("ProcessDefinition.ProcessFields", Derived), None("ProcessDefinition.StartLines", Derived), None("ProcessDefinition.RequiredAtStart", Derived),
        None("ProcessDefinition.DueTimes", Derived), None("ProcessDefinition.Calendars", Derived), None("ProcessDefinition.SearchFields", Derived),
        None("LineDefinition.Ordinal", Derived),
        None("LineDefinition.Target", Derived), None("FinishRule.Target", Derived),
    ];

    private static IEnumerable<Change> OfFields() =>
    [
        Field("Name", new ProcessField<int>("A"), new ProcessField<int>("B")),
        InActivity(
            "DataFieldDefinition.Scope", activity => activity.Fields(new ActivityField<int>("A")), activity => activity.Fields(new DestinationField<int>("A"))),
        Field("Shape", new ProcessField<int>("A"), new ProcessField<IReadOnlyList<int>>("A")),
        Field("InitialValue", new ProcessField<int>("A"), new ProcessField<int>("A", 1)),
        Field("IsHidden", new ProcessField<int>("A"), new ProcessField<int>("A") { IsHidden = true }),
        Field("KeepAudit", new ProcessField<int>("A"), new ProcessField<int>("A") { KeepAudit = false }),
        Field("KeepLog", new ProcessField<int>("A"), new ProcessField<int>("A") { KeepLog = false }),
        Field("IsSearchable", new ProcessField<int>("A"), new ProcessField<int>("A") { IsSearchable = true }),
        InProcess(
            "DataFieldDefinition.IsRequiredAtStart", process => process.Fields(new ProcessField<int>("A")),
            process => process.RequiredFields(new ProcessField<int>("A"))),
    ];

    private static IEnumerable<Change> OfActivities() =>
    [
        InProcess("ActivityDefinition.Name", process => process.Activity("A"), process => process.Activity("B")),
        InActivity("ActivityDefinition.PrecedingRule", _ => { }, activity => activity.PrecedingRule(Amount == 1)),
        InActivity("ActivityDefinition.StartRule", _ => { }, activity => activity.StartRule(DueTime.After(TimeSpan.FromDays(1)))),
        None("ActivityDefinition.HasNoStartRule", Derived),
        InActivity("ActivityDefinition.DestinationRule", _ => { }, activity => activity.Destinations(to => to.Users("ann"))),
        InActivity("ActivityDefinition.Events", _ => { }, activity => activity.Server("Call", _ => { })),
        InActivity("ActivityDefinition.SucceedingRule", _ => { }, activity => activity.SucceedingRule(Amount == 1)),
        InActivity("ActivityDefinition.Outcomes", activity => Task(activity, _ => { }), activity => Task(activity.Outcome("Done"), _ => { })),
        InActivity("ActivityDefinition.Priority", _ => { }, activity => activity.Priority(Priority.High)),
        InActivity("ActivityDefinition.ExpectedDuration", _ => { }, activity => activity.ExpectedDuration(TimeSpan.FromHours(1))),
        InActivity("ActivityDefinition.WhenUnresolved", _ => { }, activity => activity.WhenUnresolved(WhenUnresolved.Fail)),
        InActivity("ActivityDefinition.Fields", _ => { }, activity => activity.Fields(new ActivityField<int>("A"))),
        InActivity("OutcomeDefinition.Name", activity => Task(activity.Outcome("A"), _ => { }), activity => Task(activity.Outcome("B"), _ => { })),
        InActivity("OutcomeDefinition.Rule", activity => Task(activity.Outcome("A"), _ => { }), activity => Task(activity.Outcome("A", Amount == 1), _ => { })),
        None("ActivityDefinition.Lines", Derived), None("ActivityDefinition.Ordinal", Derived), None("ActivityDefinition.EventArray", Derived),
        None("ActivityDefinition.OutcomeArray", Derived), None("ActivityDefinition.OutcomeOrdinal", Derived),
        None("ActivityDefinition.ActionResultOrdinal", Derived),
        None("ActivityDefinition.AreActorsWanted", Derived), None("ActivityDefinition.NeedsSomebody", Derived),
        None("ActivityDefinition.SharedFields", Derived),
        None("ActivityDefinition.OwnFields", Derived), None("ActivityDefinition.ActivityFields", Derived),
        None("ActivityDefinition.DestinationFields", Derived),
        None("ActivityDefinition.OutgoingLines", Derived),
    ];

    private static IEnumerable<Change> OfDestinations() =>
    [
        InActivity("DestinationRule.Plan", activity => activity.PlanJustOnce(Slots.Number(2)), activity => activity.PlanPerSlot(Slots.Number(2))),
        InActivity("DestinationRule.Slots", activity => activity.PlanJustOnce(), activity => activity.PlanJustOnce(Slots.Number(2))),
        InActivity("DestinationRule.Sets", _ => { }, activity => activity.Destinations(to => to.Users("ann"))),
        InActivity("DestinationRule.WhenNobody", _ => { }, activity => activity.WhenNobody(NoDestinations.SkipActivity)),
        InActivity(
            "DestinationSet.Name", activity => activity.Destinations(to => to.Set("A").Users("ann")),
            activity => activity.Destinations(to => to.Set("B").Users("ann"))),
        InActivity(
            "DestinationSet.Rule", activity => activity.Destinations(to => to.Set("A").Users("ann")),
            activity => activity.Destinations(to => to.Set("A", Amount == 1).Users("ann"))),
        InActivity(
            "DestinationSet.Sources", activity => activity.Destinations(to => to.Users("ann")),
            activity => activity.Destinations(to => to.Users("ann", "bob"))),
        InActivity(
            "DestinationSet.Except", activity => activity.Destinations(to => to.Users("ann")),
            activity => activity.Destinations(to => to.Users("ann").ExceptOriginator())),
        InActivity(
            "DestinationSet.SaidTreatment", activity => activity.Destinations(to => to.Role("A").ResolvedToUsers()),
            activity => activity.Destinations(to => to.Role("A").ResolvedToUsers(keepSynchronized: true))),
        InActivity("Named.Destination", activity => activity.Destinations(to => to.Role("A")), activity => activity.Destinations(to => to.Group("A"))),
        InActivity("FromField.Field", activity => activity.Destinations(to => to.Users(Who)), activity => activity.Destinations(to => to.Users(Whom))),
        InActivity("FromField.Kind", activity => activity.Destinations(to => to.Role(Who)), activity => activity.Destinations(to => to.Group(Who))),
        InActivity(
            "ActorsOf.Activity", activity => activity.Destinations(to => to.Users("ann").ExceptActorsOf("Work")),
            activity => activity.Destinations(to => to.Users("ann").ExceptActorsOf("Other"))),
        InActivity("OfQuestion.Question", activity => activity.Destinations(to => to.Question("A")), activity => activity.Destinations(to => to.Question("B"))),
        InActivity(
            "QuestionDefinition.Name", activity => activity.PlanPerSlot(Slots.ForEach<int>("A")), activity => activity.PlanPerSlot(Slots.ForEach<int>("B"))),
        InActivity(
            "QuestionDefinition.Arguments", activity => activity.Destinations(to => to.Question("A", Who)),
            activity => activity.Destinations(to => to.Question("A", Whom))),
        None("QuestionDefinition.Exact", Derived),
        None("DestinationRule.IsForTask", Derived), None("DestinationRule.Treatment", Derived),
        None("DestinationRule.IsOneForNobody", Derived), None("DestinationRule.IsPerDestination", Derived), None("DestinationRule.SharesSlots", Derived),
        None("DestinationRule.IsKeptSynchronized", Derived), None("DestinationRule.LeavesOut", Derived), None("FromField.Ordinal", Derived),
    ];

    private static IEnumerable<Change> OfSlots() =>
    [
        InActivity("Fixed.Count", activity => activity.PlanPerSlot(Slots.Number(2)), activity => activity.PlanPerSlot(Slots.Number(3))),
        InActivity("Fixed.Data", activity => activity.PlanPerSlot(Slots.Number(2, Texts)), activity => activity.PlanPerSlot(Slots.Number(2, Others))),
        InActivity("Counted.Count", activity => activity.PlanPerSlot(Slots.Number(Amount)), activity => activity.PlanPerSlot(Slots.Number(Limit))),
        InActivity("Counted.Data", activity => activity.PlanPerSlot(Slots.Number(Amount)), activity => activity.PlanPerSlot(Slots.Number(Amount, Texts))),
        InActivity("EachElement.List", activity => activity.PlanPerSlot(Slots.ForEach(Texts)), activity => activity.PlanPerSlot(Slots.ForEach(Others))),
        None("SlotAllocation.Source", Derived), None("Fixed.Source", Derived), None("Counted.Source", Derived), None("EachElement.Source", Derived),
        None("EachDestination.Source", Derived), None("ListSource.List", Derived), None("ListSource.Question", Derived), None("ListSource.Exact", Derived),
        None("OfField.List", Derived), None("OfField.Exact", Derived), None("OfQuestion.Exact", Derived),
        None("ListSource.Shape", Derived), None("OfField.Shape", Derived), None("OfQuestion.Shape", Derived),
        InActivity(
            "OfQuestion.Question", activity => activity.PlanPerSlot(Slots.ForEach<int>("A")), activity => activity.PlanPerSlot(Slots.ForEach<string>("A"))),
        InActivity(
            "SlotAllocation.Question", activity => activity.PlanPerSlot(Slots.Number<int>(2, "A")), activity => activity.PlanPerSlot(Slots.Number(2))),
    ];

    private static IEnumerable<Change> OfEvents() =>
    [
        InActivity("EventDefinition.Name", activity => activity.Server("A", _ => { }), activity => activity.Server("B", _ => { })),
        InActivity("EventDefinition.SucceedingRule", activity => activity.Server("A", _ => { }), activity => activity.Server("A", _ => { }, Amount == 1)),
        InTask("ClientEventDefinition.Actions", _ => { }, task => task.Action("No")),
        InTask("ClientEventDefinition.Url", task => task.Url("a"), task => task.Url("b")),
        InTask("ClientEventDefinition.UrlText", task => task.Url($"{Who}"), task => task.Url($"{Whom}")),
        None("ClientEventDefinition.KeepsUrl", Derived),
        InTask("ClientEventDefinition.Data", task => task.Data(Who), task => task.Data(Whom)),
        InTask("ClientEventDefinition.AllowsAnyUser", _ => { }, task => task.AllowAnyUser()),
        InActivity("ServerEventDefinition.IsPure", activity => activity.Server("A", _ => { }), activity => activity.PureServer("A", _ => { })),
        InActivity("ServerEventDefinition.Answers", activity => activity.Waits("A", answers: ["B"]), activity => activity.Waits("A", answers: ["C"])),
        InActivity("ServerEventDefinition.Waits", activity => activity.Server("A", _ => { }), activity => activity.Waits("A")),
        None("EventDefinition.FinalAnswers", Derived), None("ClientEventDefinition.FinalAnswers", Derived), None("EventDefinition.TakesAnswers", Derived),
        None("ServerEventDefinition.FinalAnswers", Derived), None("ClientEventDefinition.TakesAnswers", Derived),
        InActivity("SignalEventDefinition.Signal", activity => activity.Signal("A", "One"), activity => activity.Signal("A", "Two")),
        None("ActivityDefinition.Signals", Derived),
        None("ServerEventDefinition.Code", Code), None("ServerEventDefinition.Class", Code),
        None("ClientEventDefinition.ActionArray", Derived), None("ClientEventDefinition.NamesRoles", Derived),
    ];

    private static ProcessDefinition Named(string name) => ProcessDefinition.Define(name, process => process.StartsWith(process.Activity("Work")));

    private static Change Field(string property, Field before, Field after) =>
        InProcess($"DataFieldDefinition.{property}", process => process.Fields(before), process => process.Fields(after));

    private static void Line(
        Workflow.Core.Definitions.Building.ProcessBuilder process, string from = "One", string to = "Two", Rule? when = null, string name = "line")
    {
        var one = process.Activity("One");
        var two = process.Activity("Two");
        (from == "One" ? one : two).To(to, when, name);
    }

    private static void Finish(Workflow.Core.Definitions.Building.ProcessBuilder process, Rule when, string activity)
    {
        var one = process.Activity("One");
        var two = process.Activity("Two");
        process.FinishRule(when, activity == "One" ? one : two);
    }
}
