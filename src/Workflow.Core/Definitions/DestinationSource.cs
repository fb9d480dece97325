using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Where the destinations of a set come from (statement 4.1).</summary>
public abstract class DestinationSource
{
    private DestinationSource()
    {
    }

    /// <summary>Whether it names roles or groups, and no users.</summary>
    internal bool NamesRoles() => this switch
    {
        Named named => named.Destination.Kind is not DestinationKind.User,
        FromField from => from.Kind is not DestinationKind.User,
        _ => false,
    };

    /// <summary>Whether it may name roles or groups: its data or the resolver tell.</summary>
    internal bool MayNameRoles() => this is OfQuestion || NamesRoles();

    /// <summary>Those whom it names at the moment in an instance, for the rights to an action (statement 2.9). A name that nobody can have means
    /// nobody.</summary>
    internal IEnumerable<Destination> NamedIn(ActivityInstance activity) => this switch
    {
        Named named => [named.Destination],
        FromField from => FromField.NamesIn((from.Field.Scope is FieldScope.Process ? activity.Process.Fields : activity.Fields)[from.Ordinal])
            .ConvertAll(name => Destination.Stored(from.Kind, name)),
        ActorsOf actors => activity.Process.ActorsOf(actors.Activity).Select(Destination.Known),
        _ => [Destination.Known(activity.Process.Originator)],
    };

    /// <summary>The same with its field bound.</summary>
    internal virtual DestinationSource Bind(RuleBinder binder) => this;

    /// <summary>A user, group or role that is written in the definition.</summary>
    public sealed class Named : DestinationSource
    {
        internal Named(Destination destination) => Destination = destination;

        /// <summary>The user, group or role.</summary>
        public Destination Destination { get; }

        /// <summary>Kind and name.</summary>
        /// <returns>For example <c>role Managers</c>.</returns>
        public override string ToString() => Destination.ToString();
    }

    /// <summary>The users, groups or roles that a data field names when the activity is planned: a text, or a list of texts.</summary>
    public sealed class FromField : DestinationSource
    {
        internal FromField(Field field, DestinationKind kind, int ordinal = -1)
        {
            Field = field;
            Kind = kind;
            Ordinal = ordinal;
        }

        /// <summary>The field.</summary>
        public Field Field { get; }

        /// <summary>The kind that its texts name.</summary>
        public DestinationKind Kind { get; }

        internal int Ordinal { get; }

        /// <summary>Kind and field.</summary>
        /// <returns>For example <c>user in Approver</c>.</returns>
        public override string ToString() => $"{Destination.Word(Kind)} in {Field.Name}";

        /// <summary>The names that a value holds: a text is one name, a list as many as it has elements; blank ones name nobody.</summary>
        internal static List<string> NamesIn(in FieldValue value)
        {
            var names = new List<string>();
            if (value.TryGet<string>(out var single))
            {
                names.Add(single);
            }
            else if (value.TryGet<IReadOnlyList<string>>(out var several))
            {
                names.AddRange(several);
            }

            names.RemoveAll(string.IsNullOrWhiteSpace);
            return names;
        }

        internal override DestinationSource Bind(RuleBinder binder) => new FromField(Field, Kind, binder.Locate(Field));
    }

    /// <summary>The users who have acted in another activity, in its latest run that somebody acted in (statement 4.10).</summary>
    public sealed class ActorsOf : DestinationSource
    {
        internal ActorsOf(string activity) => Activity = activity;

        /// <summary>The name of the activity.</summary>
        public string Activity { get; }

        /// <summary>The words.</summary>
        /// <returns>For example <c>actors of Manager approval</c>.</returns>
        public override string ToString() => $"actors of {Activity}";
    }

    /// <summary>The user who started the process instance.</summary>
    public sealed class Originator : DestinationSource
    {
        internal Originator()
        {
        }

        /// <summary>The word.</summary>
        /// <returns><c>originator</c>.</returns>
        public override string ToString() => "originator";
    }

    /// <summary>The users, groups and roles with which the resolver answers a question by name (statement 4.8b).</summary>
    public sealed class OfQuestion : DestinationSource
    {
        internal OfQuestion(QuestionDefinition question) => Question = question;

        /// <summary>The question, with its arguments.</summary>
        public QuestionDefinition Question { get; }

        /// <summary>The question in words.</summary>
        /// <returns>For example <c>question 'Approvers of the cost centre'</c>.</returns>
        public override string ToString() => Question.ToString();

        internal override DestinationSource Bind(RuleBinder binder) => new OfQuestion(Question.Bind(binder));
    }
}
