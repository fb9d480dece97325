using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Names the users to whom an action of the kind Redirect gives the task (statements 1.11 and 2.1). Several calls add up. They are read when the
/// action is taken, with the changes of its user. A receiver that comes to nobody makes the action refused.</summary>
public sealed class ReceiverBuilder
{
    private readonly List<ActionReceiver> _receivers = [];

    internal ReceiverBuilder()
    {
    }

    internal IReadOnlyList<ActionReceiver> Receivers => _receivers;

    /// <summary>Adds users.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>This builder.</returns>
    public ReceiverBuilder Users(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            ArgumentNullException.ThrowIfNull(name, nameof(names));
            _receivers.Add(new ActionReceiver.OfUser(Constant<string>.Of(name)));
        }

        return this;
    }

    /// <summary>Adds the user whom an operand names.</summary>
    /// <param name="user">A field of the process, of the activity or of its destinations, or another operand.</param>
    /// <returns>This builder.</returns>
    public ReceiverBuilder Users(Operand<string> user)
    {
        ArgumentNullException.ThrowIfNull(user);
        _receivers.Add(new ActionReceiver.OfUser(user));
        return this;
    }

    /// <summary>Adds the users whom a list names.</summary>
    /// <param name="users">A list field of the process, of the activity or of its destinations, or another operand.</param>
    /// <returns>This builder.</returns>
    public ReceiverBuilder Users(Operand<IReadOnlyList<string>> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        _receivers.Add(new ActionReceiver.OfUsers(users));
        return this;
    }

    /// <summary>Adds the user who started the process instance.</summary>
    /// <returns>This builder.</returns>
    public ReceiverBuilder Originator()
    {
        _receivers.Add(new ActionReceiver.Originator());
        return this;
    }

    /// <summary>Adds the users with which the resolver answers a question (statement 4.8b). It is asked before the action is taken, with the values that its
    /// arguments have then. An answer that names nobody, or a role or group, makes the action refused.</summary>
    /// <param name="name">The name of the question, to which <see cref="Destinations.IDestinationResolver.AnswerAsync"/> knows the answer.</param>
    /// <param name="arguments">Fields, who acts and when (<see cref="Acting"/>), or other operands.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">It cannot be the name of a question, or an argument has a value that no data field can hold.</exception>
    /// <example><code>task.Redirect("Ask a specialist", to => to.Question("Specialist for", Topic, Acting.User))</code></example>
    public ReceiverBuilder Question(string name, params ReadOnlySpan<Operand> arguments)
    {
        _receivers.Add(new ActionReceiver.OfQuestion(new QuestionDefinition(name, arguments)));
        return this;
    }

    /// <summary>Adds the manager of the user whose part of the task it is: of the one who acts, or of the one on whose behalf they do. The resolver names
    /// managers (statement 9.5).</summary>
    /// <returns>This builder.</returns>
    public ReceiverBuilder Manager()
    {
        _receivers.Add(new ActionReceiver.Manager());
        return this;
    }
}
