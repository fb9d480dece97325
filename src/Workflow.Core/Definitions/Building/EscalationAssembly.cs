using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Builds the escalations of one element from their drafts, and collects the problems.</summary>
/// <param name="problems">Takes the problems.</param>
/// <param name="checkGoto">Finds the activities that a goto of an element names.</param>
/// <param name="defaultCalendar">The default calendar of the process; null for none.</param>
/// <param name="roles">The names of the roles and groups that the process names.</param>
internal sealed class EscalationAssembly(
    DefinitionProblems problems, Action<string, GotoRequest> checkGoto, string? defaultCalendar, IReadOnlySet<string> roles)
{
    /// <param name="drafts">The drafts.</param>
    /// <param name="owner">The element, in words.</param>
    /// <param name="binder">Makes a binder for each of them.</param>
    public EscalationDefinition[] Assemble(IReadOnlyList<EscalationDraft> drafts, string owner, Func<RuleBinder> binder)
    {
        if (drafts.Count == 0)
        {
            return [];
        }

        problems.CheckUnique(drafts.Select(draft => draft.Name), "escalation", $"the {owner}");
        return [.. drafts.Select(draft => Assemble(draft, $"escalation '{draft.Name}' of {owner}", binder()))];
    }

    private EscalationDefinition Assemble(EscalationDraft draft, string element, RuleBinder binder)
    {
        problems.CheckName(element, draft.Name);
        foreach (var (problem, statement, remedy) in draft.When.Problems().Concat(draft.Repeat.Interval?.Problems() ?? []))
        {
            problems.Add(element, problem, statement, remedy);
        }

        CheckRepeat(element, draft);
        var when = draft.When.Bind(binder, defaultCalendar);
        var interval = draft.Repeat.Interval?.Bind(binder, defaultCalendar);
        var action = Action(element, draft)?.Bind(binder);
        problems.Take(element, binder);
        return new EscalationDefinition(draft.Name, when, draft.Repeat, interval, action ?? new EscalationAction.ExpireActivity());
    }

    private void CheckRepeat(string element, EscalationDraft draft)
    {
        var count = draft.Repeat.Count;
        problems.AddIf(
            count is < 0 or > Repeat.Most, element, $"it repeats {count.Invariant()} times", "6.4", $"Repeat 0 to {Repeat.Most.Invariant()} times.");
        problems.AddIf(
            count > 0 && draft.Repeat.Interval is null && draft.When.Interval is null, element,
            "it repeats, and its rule has no amount of time after a date that could be the interval", "6.4",
            "Give the interval with Repeat.Times(...).Every(...).");
        problems.AddIf(
            count == 0 && draft.Repeat.Interval is not null, element, "it has an interval and does not repeat", "6.4",
            "Say how often with Repeat.Times(...), or leave the interval out.");
    }

    private void CheckNames(string element, EscalationAction? action)
    {
        switch (action)
        {
            case EscalationAction.GoTo { Request: var request }:
                checkGoto(element, request);
                break;
            case EscalationAction.Run { Name: var name } when Names.Problem(name) is { } problem:
                problems.Add(element, $"the name of its code cannot be used: {problem}", "6.7", "Give the code another name.");
                break;
            case EscalationAction.Redirect { User.OnlyValues: [var user] }:
                CheckReceiver(element, user, "6.7b", "6.7");
                break;
            default:
                break;
        }
    }

    /// <summary>Whether the definition can give a task to a user whom it names.</summary>
    /// <param name="element">The element that gives it.</param>
    /// <param name="user">The name.</param>
    /// <param name="byName">The statement that a name breaks which nobody can have.</param>
    /// <param name="byRole">The statement that the name of a role or group breaks.</param>
    public void CheckReceiver(string element, string user, string byName, string byRole)
    {
        if (Names.ProblemOfParty(DestinationKind.User, user) is { } problem)
        {
            problems.Add(element, $"the user '{Names.Printable(user)}' cannot get a task: {problem}", byName, "Name another user.");
        }
        else if (roles.Contains(user))
        {
            problems.Add(
                element, $"it gives the task to '{user}', which the process names as a role or group", byRole, "Name a user, or a field that holds one.");
        }
    }

    private EscalationAction? Action(string element, EscalationDraft draft)
    {
        problems.AddIf(draft.Actions.Count == 0, element, "it does nothing", "6.7", "Name one action, for example Run(...).");
        problems.AddIf(
            draft.Actions.Count > 1, element, $"it has {draft.Actions.Count.Invariant()} actions, and an escalation has one", "6.7",
            "Give each action an escalation of its own.");
        var action = draft.Actions.Count == 0 ? null : draft.Actions[0];
        problems.AddIf(
            draft.IsOfProcess && action is EscalationAction.GoTo { Request.Expiring: var scope } && scope == Expiring.OwnActivity, element,
            "it is to expire its own activity, and an escalation of the process has none", "10.10",
            "Name the activity with Expiring.Only(...), or expire everything.");
        CheckNames(element, action);

        return action;
    }
}
