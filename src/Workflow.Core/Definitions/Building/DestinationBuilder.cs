using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Names the destinations of an activity: users, groups and roles, in one or several sets (statement 4.1).</summary>
public sealed class DestinationBuilder
{
    private readonly List<SetDraft> _sets = [];
    private RoleTreatment _saidAhead = RoleTreatment.Unresolved;

    internal IReadOnlyList<SetDraft> Sets => _sets;

    /// <summary>Begins another set; what follows belongs to it. All sets whose rule is true are united (statement 4.1).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="when">When the set counts; without a rule always.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Set(string name, Rule? when = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Begin(name, when);
        return this;
    }

    /// <summary>Adds users.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Users(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Add(new DestinationSource.Named(Destination.User(name)));
        }

        return this;
    }

    /// <summary>Adds the users whom a data field names when the activity is planned.</summary>
    /// <param name="field">A process or activity field; nobody when it has no value.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Users(Field<string> field) => FromField(field, DestinationKind.User);

    /// <summary>Adds the users whom a list field names when the activity is planned, in its order.</summary>
    /// <param name="list">A process or activity field; nobody when it has no value.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Users(Field<IReadOnlyList<string>> list) => FromField(list, DestinationKind.User);

    /// <summary>Adds the user who started the process instance.</summary>
    /// <returns>This builder.</returns>
    public DestinationBuilder Originator() => Add(new DestinationSource.Originator());

    /// <summary>Adds a role.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Role(string name) => Add(new DestinationSource.Named(Destination.Role(name)));

    /// <summary>Adds the role that a data field names when the activity is planned.</summary>
    /// <param name="field">A process or activity field; no role when it has no value.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Role(Field<string> field) => FromField(field, DestinationKind.Role);

    /// <summary>Adds a group of the identity store.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Group(string name) => Add(new DestinationSource.Named(Destination.Group(name)));

    /// <summary>Adds the group of the identity store that a data field names when the activity is planned.</summary>
    /// <param name="field">A process or activity field; no group when it has no value.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Group(Field<string> field) => FromField(field, DestinationKind.Group);

    /// <summary>Adds the users, groups and roles with which the resolver answers a question (statement 4.8b). It is asked when the activity is planned, with
    /// the values that its arguments have then. A set that is kept synchronized asks again with the same values (statement 4.9).</summary>
    /// <param name="name">The name of the question, to which <see cref="Destinations.IDestinationResolver.AnswerAsync"/> knows the answer.</param>
    /// <param name="arguments">Fields of the process or of the activity, or other operands.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">It cannot be the name of a question, or an argument has a value that no data field can hold.</exception>
    /// <example><code>activity.Destinations(to => to.Question("Approvers of the cost centre", CostCentre))</code></example>
    public DestinationBuilder Question(string name, params ReadOnlySpan<Operand> arguments) =>
        Add(new DestinationSource.OfQuestion(new QuestionDefinition(name, arguments)));

    /// <summary>Leaves users out of the set, after roles and groups have been resolved (statement 4.10).</summary>
    /// <param name="names">Their names.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Except(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Current().Except.Add(new DestinationSource.Named(Destination.User(name)));
        }

        return this;
    }

    /// <summary>Leaves out the user whom a data field names, for example an earlier approver (statement 4.10).</summary>
    /// <param name="field">A process or activity field; nobody when it has no value.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder Except(Field<string> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        Current().Except.Add(new DestinationSource.FromField(field, DestinationKind.User));
        return this;
    }

    /// <summary>Leaves the user out who started the process instance (statement 4.10).</summary>
    /// <returns>This builder.</returns>
    public DestinationBuilder ExceptOriginator()
    {
        Current().Except.Add(new DestinationSource.Originator());
        return this;
    }

    /// <summary>Leaves out who has acted in another activity, in its latest run that somebody acted in (statement 4.10).</summary>
    /// <param name="activity">The name of the activity.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder ExceptActorsOf(string activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Current().Except.Add(new DestinationSource.ActorsOf(activity));
        return this;
    }

    /// <summary>Makes each member of roles and groups a destination of its own, when the activity is planned (statement 4.8). It holds for all sets of the
    /// destination rule, earlier and later ones.</summary>
    /// <param name="keepSynchronized">Whether users who join a role afterwards become destinations, and users who leave it cease to be (statement 4.9). One
    /// call of several is enough.</param>
    /// <returns>This builder.</returns>
    public DestinationBuilder ResolvedToUsers(bool keepSynchronized = false)
    {
        var treatment = keepSynchronized ? RoleTreatment.KeptSynchronized : RoleTreatment.ResolvedToUsers;
        if (_sets.Count == 0)
        {
            _saidAhead = Stronger(_saidAhead, treatment);
        }
        else
        {
            _sets[^1].Treatment = Stronger(_sets[^1].Treatment, treatment);
        }

        return this;
    }

    private DestinationBuilder FromField(Field? field, DestinationKind kind)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Add(new DestinationSource.FromField(field, kind));
    }

    private DestinationBuilder Add(DestinationSource source)
    {
        Current().Sources.Add(source);
        return this;
    }

    /// <summary>A treatment of roles that was set before the first set belongs to that set.</summary>
    private void Begin(string name, Rule? when)
    {
        _sets.Add(new SetDraft(name, when) { Treatment = _sets.Count == 0 ? _saidAhead : RoleTreatment.Unresolved });
    }

    /// <summary>Nothing that was said is taken back by saying less.</summary>
    private static RoleTreatment Stronger(RoleTreatment one, RoleTreatment other) => one > other ? one : other;

    private SetDraft Current()
    {
        if (_sets.Count == 0)
        {
            Begin("Destinations", when: null);
        }

        return _sets[^1];
    }
}
