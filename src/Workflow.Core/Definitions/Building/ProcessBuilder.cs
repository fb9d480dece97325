using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Builds a process definition: its fields, its activities and their order.</summary>
public sealed class ProcessBuilder
{
    private readonly string _name;
    private readonly List<Field> _fields = [];
    private readonly HashSet<Field> _required = [];
    private readonly List<ActivityBuilder> _activities = [];
    private readonly List<LineDraft> _lines = [];
    private readonly RightsBuilder _rights = new();
    private readonly List<EscalationDraft> _escalations = [];
    private readonly List<ExclusiveGroup> _groups = [];
    private string? _defaultCalendar;
    private StartDraft? _start;
    private FinishDraft? _finish;
    private ExceptionHandler? _exceptionRule;
    private Withdrawal? _withdrawal;
    private int _version = 1;

    internal ProcessBuilder(string name) => _name = name;

    internal string Name => _name;

    /// <summary>Declares process fields: every instance of the process has its own values, from its start to its end (statement 11.1).</summary>
    /// <param name="fields">The fields, each of which may be declared once.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Fields(params ReadOnlySpan<Field> fields)
    {
        foreach (var field in fields)
        {
            ArgumentNullException.ThrowIfNull(field, nameof(fields));
            _fields.Add(field);
        }

        return this;
    }

    /// <summary>Declares process fields without which no instance can be started (statement 11.2).</summary>
    /// <param name="fields">The fields, each of which may be declared once.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder RequiredFields(params ReadOnlySpan<Field> fields)
    {
        Fields(fields);
        foreach (var field in fields)
        {
            _required.Add(field);
        }

        return this;
    }

    /// <summary>Sets the version of the definition; 1 when not set. A changed definition needs a new number, since instances stay on theirs
    /// (statement 8.7).</summary>
    /// <remarks>Keep the old definition in your code, and deploy both as long as instances of the old one run. A host that does not have a version shows no
    /// tasks of its instances, and does not move them.</remarks>
    /// <param name="number">Positive.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Version(int number)
    {
        _version = number;
        return this;
    }

    /// <summary>Says who may do what with the instances of the process; without an entry, nobody may (statement 9.1).</summary>
    /// <param name="grant">Grants the rights.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Rights(Action<RightsBuilder> grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        grant(_rights);
        return this;
    }

    /// <summary>Declares an activity.</summary>
    /// <param name="name">Its name; unique within the process.</param>
    /// <param name="define">Declares its rules and events.</param>
    /// <returns>The activity, for drawing lines.</returns>
    public ActivityReference Activity(string name, Action<ActivityBuilder> define)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(define);
        var activity = new ActivityBuilder(name);
        define(activity);
        _activities.Add(activity);
        return new ActivityReference(this, name);
    }

    /// <summary>Declares an activity without rules and events, which is done as soon as it is reached (statement 4.3).</summary>
    /// <param name="name">Its name; unique within the process.</param>
    /// <returns>The activity, for drawing lines.</returns>
    public ActivityReference Activity(string name) => Activity(name, static _ => { });

    /// <summary>Draws a line from the start of the process to an activity. Several such lines are all followed (statement 10.1).</summary>
    /// <param name="activity">Where the process begins.</param>
    /// <param name="when">The line rule; without one it is always followed (statement 10.2).</param>
    /// <param name="name">The name of the line; needed only when two lines from the start lead to the same activity.</param>
    /// <param name="exceptionRule">Decides what becomes of an exception of the line rule; null for the exception rule of the process (statement 8.3).</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder StartsWith(ActivityReference activity, Rule? when = null, string? name = null, ExceptionHandler? exceptionRule = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return Line(from: null, activity.NameIn(this), when, name, exceptionRule);
    }

    /// <summary>Draws a line from the start of the process to an activity that is named.</summary>
    /// <param name="activity">The name of the activity where the process begins.</param>
    /// <param name="when">The line rule; without one it is always followed (statement 10.2).</param>
    /// <param name="name">The name of the line; needed only when two lines from the start lead to the same activity.</param>
    /// <param name="exceptionRule">Decides what becomes of an exception of the line rule; null for the exception rule of the process (statement 8.3).</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder StartsWith(string activity, Rule? when = null, string? name = null, ExceptionHandler? exceptionRule = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return Line(from: null, activity, when, name, exceptionRule);
    }

    /// <summary>Names the calendar that the start rules of the process mean where they need one and name none. Without it they mean the default of the host
    /// (<c>WorkflowOptions.WorkingHours.Default</c>). Elapsed time and dates of UTC need no calendar (statement 5.2).</summary>
    /// <param name="name">The name of working hours in <c>WorkflowOptions.WorkingHours</c>, or of a time zone.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder DefaultCalendar(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _defaultCalendar = name;
        return this;
    }

    /// <summary>Says when an instance begins. Until that instant it is there, and waits without an activity. An instant that is past means at once
    /// (statement 5.4b).</summary>
    /// <param name="begins">When, for example <c>DueTime.At(TravelDate).Minus(Delay.WorkingDays(3)).In("Office")</c>.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder StartRule(DueTime begins)
    {
        ArgumentNullException.ThrowIfNull(begins);
        _start = new StartDraft(Condition: null, begins);
        return this;
    }

    /// <summary>Says whether an instance is started, and when it begins. Where the condition is false, the caller gets a
    /// <c>ProcessNotStartedException</c>, and there is no instance (statement 5.4).</summary>
    /// <param name="when">The condition. It reads process fields, with the values of the start.</param>
    /// <param name="begins">When the instance begins; null for at once.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder StartRule(Rule when, DueTime? begins = null)
    {
        ArgumentNullException.ThrowIfNull(when);
        _start = new StartDraft(when, begins);
        return this;
    }

    /// <summary>Adds a finish rule. The engine checks it when everything is done. If it is true, the process goes to the activity instead of completing. It can
    /// keep a process alive forever (statement 10.9).</summary>
    /// <param name="when">The condition for going to the activity.</param>
    /// <param name="goTo">The activity to go to.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder FinishRule(Rule when, ActivityReference goTo)
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(goTo);
        _finish = new FinishDraft(when, goTo.NameIn(this));
        return this;
    }

    /// <summary>Lets the originator of an instance withdraw it. Everything that is active ends as Expired, no line is followed, and an activity starts
    /// (statement 13.11).</summary>
    /// <param name="goTo">The activity that starts; null when the instance completes.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Withdrawal(ActivityReference? goTo = null)
    {
        _withdrawal = new Withdrawal(goTo?.NameIn(this));
        return this;
    }

    /// <summary>Makes an exclusive group: never two activity instances of its activities run at once (statement 13.1f). One that comes while the group is held
    /// waits, first come, first served. Two instances of one activity exclude each other, too.</summary>
    /// <param name="activities">The activities; one at least. An activity may be in several groups, and then needs all of them.</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// process.Exclusive(inspect, repair)
    /// </code></example>
    public ProcessBuilder Exclusive(params ReadOnlySpan<ActivityReference> activities)
    {
        var names = new string[activities.Length];
        for (var position = 0; position < names.Length; position++)
        {
            ArgumentNullException.ThrowIfNull(activities[position], nameof(activities));
            names[position] = activities[position].NameIn(this);
        }

        _groups.Add(new ExclusiveGroup(names));
        return this;
    }

    /// <summary>Makes an exclusive group of activities that are named, for instance because they are declared later (statement 13.1f).</summary>
    /// <param name="activities">The names of the activities; one at least. An activity may be in several groups, and then needs all of them.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Exclusive(params ReadOnlySpan<string> activities)
    {
        foreach (var name in activities)
        {
            ArgumentNullException.ThrowIfNull(name, nameof(activities));
        }

        _groups.Add(new ExclusiveGroup(activities.ToArray()));
        return this;
    }

    /// <summary>Decides what becomes of an exception that no other exception rule has decided: of rules, lines, events, escalations and the finish rule
    /// (statement 8.3). Without it, the instance goes into Error.</summary>
    /// <param name="decide">Decides. Where it throws, the instance goes into Error.</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// process.ExceptionRule(failure => failure.Exception is TimeoutException ? ExceptionDecision.Continue : ExceptionDecision.Error)
    /// </code></example>
    public ProcessBuilder ExceptionRule(ExceptionHandler decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        _exceptionRule = decide;
        return this;
    }

    /// <summary>Adds an escalation that fires when an instance takes too long (statement 6.1).</summary>
    /// <param name="name">The name; unique within the process.</param>
    /// <param name="after">How long after the start of the instance; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does, for example <c>then => then.GoTo("Cancelled")</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Escalation(string name, Delay after, Action<ProcessEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the process.</param>
    /// <param name="when">When it fires; at once when that is past as the instance starts.</param>
    /// <param name="then">Says what it does, for example <c>then => then.GoTo("Cancelled")</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ProcessBuilder Escalation(string name, DueTime when, Action<ProcessEscalationBuilder> then, Repeat? repeat = null)
    {
        _escalations.Add(EscalationDraft.Of(name, when, new ProcessEscalationBuilder(), then, repeat));
        return this;
    }

    /// <summary>The names of the outcomes of an activity.</summary>
    internal IReadOnlyList<string> OutcomesOf(string activity) =>
        [.. _activities.First(item => string.Equals(item.Name, activity, StringComparison.Ordinal)).Outcomes.Select(outcome => outcome.Name)];

    internal ProcessBuilder Line(string? from, string to, Rule? when, string? name, ExceptionHandler? exceptionRule)
    {
        _lines.Add(new LineDraft(name, from, to, when, exceptionRule));
        return this;
    }

    internal ProcessDefinition Build() => new DefinitionAssembly(
        new ProcessDraft(_name, _version, _fields, _required, _activities, _lines, _defaultCalendar, _start, _finish, _rights.Build(), _escalations,
            _exceptionRule, _withdrawal, _groups))
        .Assemble();
}
