using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>Reads the operands of an action: what it sets, and to whom it gives the task (statement 2.1). They see the changes of the user, which are put into
/// the fields for the reading and taken back, since the action can still be refused.</summary>
/// <param name="action">The action.</param>
/// <param name="definition">The definition of its activity.</param>
/// <param name="taking">Where, by whom and when it is taken.</param>
/// <param name="changes">The changes of the user.</param>
internal readonly struct ActionReading(ActionDefinition action, ActivityDefinition definition, ActionTaking taking, FieldWrite[] changes)
{
    private Question Question => Question.OfAction(action, definition, taking);

    /// <summary>The writes of the action.</summary>
    /// <exception cref="RuleFailure">An operand threw, or its value is too large for a data field.</exception>
    public FieldWrite[] Writes() => Read(action.Sets, static (sets, in scope) =>
    {
        var writes = new FieldWrite[sets.Length];
        for (var index = 0; index < writes.Length; index++)
        {
            writes[index] = sets[index].Read(scope);
            FieldWrite.RefuseSize(sets[index].Field.Name, writes[index].Value);
        }

        return writes;
    });

    /// <summary>A question of the action, with the values that its arguments have now.</summary>
    /// <exception cref="RuleFailure">An argument threw.</exception>
    public NamedQuestion Asked(QuestionDefinition question) => Read(question, static (question, in scope) => question.Read(scope));

    /// <summary>The users to whom the action gives the task, each once and in order.</summary>
    /// <param name="actor">The user who acts, with the managers and the answers that are known.</param>
    /// <exception cref="RuleFailure">An operand threw, names nobody, or somebody who cannot be.</exception>
    public IReadOnlyList<string> Receivers(Actor actor)
    {
        var names = new List<string>();
        foreach (var receiver in action.Receivers)
        {
            var found = Read((receiver, actor), static (source, in scope) => Named(source.receiver, source.actor, scope));
            names.AddRange(found.Where(name => !names.Contains(name, NameComparer.Default)));
        }

        return names;
    }

    private static List<string> Named(ActionReceiver receiver, Actor actor, in RuleScope scope)
    {
        var found = receiver switch
        {
            ActionReceiver.OfUser user => One(user.Read(scope)),
            ActionReceiver.OfUsers users => users.Read(scope),
            ActionReceiver.Originator => One(scope.Process.Originator),
            ActionReceiver.OfQuestion asking => UsersIn(asking.Question, actor, scope),
            _ => One(actor.Managers?.GetValueOrDefault(scope.Taking!.Party)),
        };
        var names = found.Where(name => !string.IsNullOrWhiteSpace(name)).ToList();
        if (names.Count == 0)
        {
            throw new InvalidOperationException(receiver switch
            {
                ActionReceiver.Manager => $"it gives the task to the manager of '{scope.Taking!.Party}', and the resolver names none. Name one there.",
                ActionReceiver.OfQuestion asking => $"the resolver answers the {asking.Question} with nobody. Let it answer with a user.",
                _ => $"it gives the task to the {receiver}, and that is nobody. Set a name there.",
            });
        }

        return names.Find(name => Names.ProblemOfParty(DestinationKind.User, name) is not null) is { } unusable
            ? throw new InvalidOperationException(
                $"it gives the task to the {receiver}, and '{Names.Printable(unusable)}' cannot be a user: "
                    + $"{Names.ProblemOfParty(DestinationKind.User, unusable)}. Set another name there.")
            : names;
    }

    /// <summary>Those in the answer to a question. A task is redirected to users only (statement 1.11).</summary>
    private static IReadOnlyList<string> UsersIn(QuestionDefinition question, Actor actor, in RuleScope scope)
    {
        if (actor.Answers?.GetValueOrDefault(question) is not { } answer)
        {
            // Nobody has asked, because an argument cannot be read.
            question.Read(scope);
            throw new InvalidOperationException($"the {question} was not asked, because its arguments could not be read. Take the action again.");
        }

        foreach (var destination in answer)
        {
            if (destination.Kind is not DestinationKind.User)
            {
                throw new InvalidOperationException(
                    $"the resolver answers the {question} with the {destination}, and a task is redirected to users only. Let it answer with users.");
            }
        }

        return [.. answer.Select(destination => destination.Name)];
    }

    private static IReadOnlyList<string> One(string? name) => name is null ? [] : [name];

    /// <summary>Reads with the changes of the user in their fields.</summary>
    private TAnswer Read<TSource, TAnswer>(TSource source, Reading<TSource, TAnswer> reading)
    {
        var before = new FieldValue[changes.Length];
        for (var index = 0; index < before.Length; index++)
        {
            before[index] = Exchange(changes[index]);
        }

        try
        {
            return Question.ReadAnew(source, reading);
        }
        finally
        {
            for (var index = before.Length - 1; index >= 0; index--)
            {
                Exchange(changes[index] with { Value = before[index] });
            }
        }
    }

    private FieldValue Exchange(in FieldWrite write)
    {
        var activity = taking.Destination.Activity;
        var fields = write.Scope switch
        {
            FieldScope.Process => activity.Process.Fields,
            FieldScope.Activity => activity.Fields,
            _ => taking.Destination.Fields,
        };
        var before = fields[write.Ordinal];
        fields.Set(write.Ordinal, write.Value);
        return before;
    }
}
