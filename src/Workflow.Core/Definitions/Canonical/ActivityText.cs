using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>An activity as canonical text.</summary>
internal static class ActivityText
{
    public static TextTree Of(ActivityDefinition activity) => ElementText.Of("activity", activity.Name)
        .Elements(activity.Fields.Where(field => !IsImplied(field, activity)).Select(DefinitionText.Field))
        .Property("join", activity.Join?.ToString())
        .Property("preceding rule", activity.PrecedingRule?.ToTree())
        .Property("start rule", activity.StartRule?.ToTree())
        .Property("milestone", activity.Milestone?.ToTree())
        .Choice("plan", activity.DestinationRule.Plan, PlanOption.JustOnce)
        .Property("slots", Slots(activity.DestinationRule))
        .Property("slot data", activity.DestinationRule.Slots.Source?.Exact)
        .Elements(activity.DestinationRule.Sets.Select(Set))
        .Choice("when nobody", activity.DestinationRule.WhenNobody, NoDestinations.Error)
        .Elements(activity.Events.Select(Event))
        .Property("succeeding rule", activity.SucceedingRule?.ToTree())
        .Elements(activity.Outcomes.Select(outcome => ElementText.Of("outcome", outcome.Name).Property("when", outcome.Rule?.ToTree()).Build()))
        .Flag("keeps the rest", activity.KeepsRest)
        .Flag("ends the process", activity.EndsProcess)
        .Choice("when unresolved", activity.WhenUnresolved, WhenUnresolved.ByPlan)
        .Choice("priority", activity.Priority, Priority.Medium)
        .Elements(activity.Escalations.Select(EscalationText.Of))
        .Flag("exception rule", activity.HasExceptionRule)
        .Property("expected duration", activity.ExpectedDuration?.ToString("c", CultureInfo.InvariantCulture))
        .Build();

    /// <summary>Whether it is a field that the activity has by itself because of its tasks and outcomes (statement 2.4), as it has it by itself.</summary>
    private static bool IsImplied(DataFieldDefinition field, ActivityDefinition activity) =>
        AnswerFields.AddTo([], activity.Events.Any(item => item.TakesAnswers), activity.Outcomes.Count > 0, Outcome.Field)
            .Any(implied =>
                DefinitionText.Field(new DataFieldDefinition(implied, isRequiredAtStart: false)).ToString() == DefinitionText.Field(field).ToString());

    /// <returns>Null for what the plan has by itself: one slot, or one for each destination.</returns>
    private static TextTree? Slots(DestinationRule rule) => rule.Slots switch
    {
        SlotAllocation.Fixed { Count: 1, Source: null } when !rule.IsPerDestination => null,
        SlotAllocation.EachDestination when rule.IsPerDestination => null,
        SlotAllocation.EachDestination => new TextTree("one for each destination"),
        SlotAllocation.Fixed { Count: var count } => new TextTree(count.ToString(CultureInfo.InvariantCulture)),
        SlotAllocation.Counted counted => counted.Count.ToTree(),
        SlotAllocation.EachElement => new TextTree("one for each element"),
        _ => throw new UnreachableException(),
    };

    /// <summary>The treatment of roles and groups holds for all sets. It is written where it was set, as always.</summary>
    private static TextTree Set(DestinationSet set) => ElementText.Of("destination set", set.Name)
        .Property("when", set.Rule?.ToTree())
        .Properties("to", set.Sources.Select(Source))
        .Properties("except", set.Except.Select(Source))
        .Choice("roles and groups", set.SaidTreatment, RoleTreatment.Unresolved)
        .Build();

    private static string Source(DestinationSource source) => source switch
    {
        DestinationSource.Named named => DefinitionText.Who(named.Destination),
        DestinationSource.FromField from => $"{Destination.Word(from.Kind)} in {from.Field.ToTree().Label}",
        DestinationSource.ActorsOf actors => $"actors of activity {ExactText.Quoted(actors.Activity)}",
        DestinationSource.Originator => "originator",
        DestinationSource.OfQuestion asking => asking.Question.Exact,
        _ => throw new UnreachableException(),
    };

    private static TextTree Event(EventDefinition item)
    {
        var text = item switch
        {
            ClientEventDefinition task => ElementText.Of("client event", task.Name)
                .Property("url", task.KeepsUrl ? null : Quoted(task.Url))
                .Property("url", task.KeepsUrl ? task.UrlText!.ToTree() : null)
                .Property("data", task.Data?.ToTree())
                .Flag("any user may act", task.AllowsAnyUser)
                .Flag("may be sent back", task.AllowsSendBack)
                .Elements(task.Actions.Select(Action)),
            ServerEventDefinition code => ElementText.Of("server event", code.Name)
                .Flag("pure", code.IsPure)
                .Flag("waits", code.Waits)
                .Properties("answer", code.Answers.Select(ExactText.Quoted))
                .Property("timeout", code.Timeout?.ToString("c", CultureInfo.InvariantCulture))
                .Elements(Retries(code.Retries)),
            SignalEventDefinition signal => ElementText.Of("signal event", signal.Name).Property("waits for", ExactText.Quoted(signal.Signal)),
            IpcEventDefinition start => SubProcessText.Of(start),
            _ => throw new UnreachableException(),
        };
        return text.Property("succeeding rule", item.SucceedingRule?.ToTree())
            .Elements(item.Escalations.Select(EscalationText.Of))
            .Flag("exception rule", item.HasExceptionRule)
            .Build();
    }

    private static IEnumerable<TextTree> Retries(RetryPolicy? policy) => policy is null ? [] :
    [
        ElementText.Only("retry")
            .Property("attempts", policy.Attempts.ToString(CultureInfo.InvariantCulture))
            .Property("wait", policy.Wait.ToString("c", CultureInfo.InvariantCulture))
            .Property("factor", policy.Factor is 1 ? null : policy.Factor.ToString("R", CultureInfo.InvariantCulture))
            .Property("at most", policy.AtMost?.ToString("c", CultureInfo.InvariantCulture))
            .Property("jitter", policy.Jitter is 0 ? null : policy.Jitter.ToString("R", CultureInfo.InvariantCulture))
            .Flag("only some exceptions", policy.HasFilter)
            .Build(),
    ];

    private static TextTree Action(ActionDefinition action) => ElementText.Of("action", action.Name)
        .Choice("kind", action.Kind, ActionKind.Finish)
        .Property("goto", action.Goto is { } request ? GotoText.Of(request) : null)
        .Flag("batchable", action.IsBatchable, byItself: action.Kind is not ActionKind.Release)
        .Properties("allowed for", InOrder(action.Rights.Allowed))
        .Properties("denied for", InOrder(action.Rights.Denied))
        .Properties("allowed for", action.Rights.AllowedByData.Select(Source))
        .Properties("denied for", action.Rights.DeniedByData.Select(Source))
        .Elements(action.Receivers.Select(receiver => new TextTree("to:", receiver.ToTree())))
        .Elements(action.Sets.Select(set => set.ToTree()))
        .Elements(action.AskedFields.Select(field => new TextTree($"asks for: {field.ToTree().Label}")))
        .Build();

    private static string? Quoted(string? text) => text is null ? null : ExactText.Quoted(text);

    /// <summary>Rights have no order, so they are written in the order of their names.</summary>
    private static IEnumerable<string> InOrder(IReadOnlyList<Destination> entries) => entries
        .OrderBy(entry => entry.Kind)
        .ThenBy(entry => entry.Name, StringComparer.Ordinal)
        .Select(DefinitionText.Who);
}
