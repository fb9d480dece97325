using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <content>The events of the activity.</content>
internal sealed partial class ActivityAssembly
{
    /// <summary>Builds a server event from its draft.</summary>
    public ServerEventDefinition Server(ServerEventDraft draft, Rule? succeedingRule, EscalationDefinition[] escalations)
    {
        var element = $"event '{draft.Name}' of activity '{_draft.Name}'";
        if (draft.Builder.Limit is { } limit)
        {
            _problems.AddIf(
                limit <= TimeSpan.Zero || limit > Limits.LongestTimeout, element, $"its timeout is {limit.Invariant()}", "13.2",
                "Give it a positive time of at most 49 days.");
        }

        if (draft.Builder.Retries is { } policy)
        {
            RetryPolicyCheck.Check(_problems, element, policy);
        }

        CheckAnswers(element, draft);
        return new ServerEventDefinition(draft.Name, draft.Code, draft.IsPure, succeedingRule, escalations)
        {
            Class = draft.Class,
            Waits = draft.Waits,
            Answers = [.. draft.Answers],
            Retries = draft.Builder.Retries,
            Timeout = draft.Builder.Limit,
        };
    }

    private void CheckAnswers(string element, ServerEventDraft draft)
    {
        _problems.AddIf(
            draft.Listed is { Count: 0 }, element, "its list of answers is empty, so nobody could finish it", "7.3b",
            "Name the answers, or leave the list out where it is finished without an answer.");
        _problems.CheckUnique(draft.Answers, "answer", $"the {element}");
        foreach (var answer in draft.Answers)
        {
            _problems.CheckName($"answer '{answer}' of {element}", answer);
        }
    }

    /// <summary>Builds the start of another process from its draft.</summary>
    public IpcEventDefinition SubProcess(IpcEventDraft draft, Rule? succeedingRule, EscalationDefinition[] escalations) => SubProcessAssembly.Build(
        _problems, $"event '{draft.Name}' of activity '{_draft.Name}'", draft, _draft.Allocation ?? Slots.Number(1), Binder(RulePlace.SubProcess),
        succeedingRule, escalations);

    /// <summary>Builds a client event from its draft.</summary>
    public ClientEventDefinition Client(ClientEventDraft draft, Rule? succeedingRule, EscalationDefinition[] escalations)
    {
        var element = $"event '{draft.Name}' of activity '{_draft.Name}'";
        var builder = draft.Builder;
        _problems.CheckUnique(builder.Actions.Select(action => action.Name), "action", $"the {element}");
        _problems.AddIf(
            !builder.Actions.Any(action => action.Kind is ActionKind.Finish or ActionKind.GotoActivity), element,
            "no action of it finishes, so nobody could ever complete it", "2.1", "Add one with Action(...).");
        _problems.AddIf(
            builder.UrlText is TextTemplate { Text.Length: > Limits.TextLength }, element,
            $"its URL is longer than {Limits.TextLength.Invariant()} characters", "1.1",
            "Shorten it, or pass the rest as Data(...).");
        var url = Text($"URL of {element}", builder.UrlText);
        var data = Text($"data of {element}", builder.DataText);
        return new ClientEventDefinition(
            draft.Name, succeedingRule, escalations, [.. builder.Actions.Select(action => Action(element, action))], url, data, builder.AllowsAnyUser)
        {
            AllowsSendBack = builder.AllowsSendBack,
        };
    }

    /// <summary>The texts that a task shows are read when it opens, before anybody has answered.</summary>
    private Operand<string>? Text(string element, Operand<string>? text)
    {
        var binder = Binder(RulePlace.Task);
        var bound = text?.Bind(binder);
        _problems.Take(element, binder);
        return bound;
    }

    private ActionDefinition Action(string task, ActionBuilder action)
    {
        var element = $"action '{action.Name}' of {task}";
        _problems.CheckName(element, action.Name);
        CheckSets(element, action);
        CheckReceivers(element, action);
        var binder = Binder(RulePlace.Action);
        var sets = action.AllSets.Select(set => set.Bind(binder)).ToArray();
        var receivers = action.Receivers.Select(receiver => receiver.Bind(binder)).ToArray();
        foreach (var asked in action.Asked)
        {
            binder.Locate(asked);
        }

        _problems.Take(element, binder);
        if (action.Goto is { } request)
        {
            _checkGoto(element, request);
        }

        return new ActionDefinition(action.Name, action.Kind, action.IsBatchable && action.Kind is not ActionKind.Release, Rights(element, action), sets)
        {
            Goto = action.Goto,
            Receivers = receivers,
            AskedFields = [.. action.Asked],
        };
    }

    /// <summary>The rights by data are looked up whenever somebody sees the task, and nobody may have answered then.</summary>
    private ActionRights Rights(string element, ActionBuilder action)
    {
        var (rights, binder) = (action.Rights, Binder(RulePlace.Task));
        var bound = new ActionRights(
            rights.Allowed, rights.Denied, [.. rights.AllowedByData.Select(source => source.Bind(binder))],
            [.. rights.DeniedByData.Select(source => source.Bind(binder))]);
        _problems.Take(element, binder);
        return bound;
    }

    private void CheckReceivers(string element, ActionBuilder action)
    {
        _problems.AddIf(
            action.Kind is ActionKind.Redirect && action.Receivers.Count == 0, element, "it gives the task to nobody", "2.1",
            "Name users, for example with Users(...), Originator() or Manager().");
        foreach (var name in action.Receivers.SelectMany(receiver => receiver.Written))
        {
            _escalations.CheckReceiver(element, name, "1.11", "1.11");
        }
    }

    /// <summary>A value that an action sets and something else overwrites in the same step would be set for nothing (statements 2.2 and 14.9).</summary>
    private void CheckSets(string element, ActionBuilder action)
    {
        _problems.AddIf(
            action.AllSets.Any(set => AnswerFields.IsSame(set.Field, ActionResult.Field!)), element,
            action.Kind is ActionKind.Update or ActionKind.Finish
                ? $"it sets '{ActionResult.Name}', where the engine writes the name of the action afterwards"
                : $"it sets '{ActionResult.Name}', which tells the last answer, and the action gives none",
            "2.2",
            "Give the action the name that the answer is to have, or set a data field of your own and compare with that.");
        foreach (var twice in action.Asked.GroupBy(field => (field.Scope, field.Name)).Where(group => group.Count() > 1))
        {
            _problems.Add(element, $"it asks for '{twice.Key.Name}' twice", "2.1", "Leave one of them out.");
        }

        foreach (var twice in action.AllSets
            .Select(set => set.Field)
            .GroupBy(field => (field.Scope, field.Name))
            .Where(group => group.Count() > 1))
        {
            _problems.Add(element, $"it sets '{twice.Key.Name}' twice, and only the last value would hold", "2.2", "Leave one of them out.");
        }
    }
}
