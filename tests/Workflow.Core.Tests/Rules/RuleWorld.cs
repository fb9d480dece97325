using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

/// <summary>A process instance with one activity instance, for asking rules about: made by hand, without an engine.</summary>
internal sealed class RuleWorld
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly FieldTable _process;
    private readonly FieldTable _activity;
    private readonly FieldTable _destination;

    public RuleWorld(params Field[] fields)
    {
        _process = TableOf("the process", fields, FieldScope.Process);
        _activity = TableOf("the activity", fields, FieldScope.Activity);
        _destination = TableOf("the activity", [.. fields, ActionResult.Field], FieldScope.Destination);
        Process = new ProcessInstance(new ProcessInstanceId(8), "Claim", 1, "Train to Lisbon", "dora", new DataFields(_process), Now);
        Activity = Process.AddActivity("Approve", 0, line: null, new DataFields(_activity), Now);
    }

    public ProcessInstance Process { get; }

    public ActivityInstance Activity { get; }

    public RuleWorld Plan(int slots, int destinations = 0)
    {
        Activity.PlanSlots(slots, destinations, isJustOnce: false);
        for (var index = 0; index < destinations; index++)
        {
            AddDestination(slotCount: 1);
        }

        return this;
    }

    public ActivityInstanceDestination AddDestination(int slotCount) =>
        Activity.AddDestination([], slotCount, FieldValue.Null, new DataFields(_destination), Now);

    public RuleWorld Set<T>(Field<T> field, T value)
    {
        var fields = field.Scope is FieldScope.Process ? Process.Fields : Activity.Fields;
        fields.Set(fields.Table.OrdinalOf(field.Name), FieldValue.From(value));
        return this;
    }

    public void Set<T>(ActivityInstanceDestination destination, DestinationField<T> field, T value) =>
        destination.Set(_destination.OrdinalOf(field.Name), FieldValue.From(value));

    /// <summary>A user takes a slot and does not finish.</summary>
    public Slot Open(int destination, string user)
    {
        var at = Activity.Destinations[destination];
        if (at.WorklistHeader is null)
        {
            at.StartEvent("Decide", startsProcess: false, Now);
            at.OpenTask(data: null);
        }

        return at.WorklistHeader.ShouldNotBeNull().Take(user, user, Workflow.Core.Destination.User(user));
    }

    /// <summary>A user takes a slot and finishes it with a value of a field.</summary>
    public void Answer<T>(int destination, string user, DestinationField<T> field, T value)
    {
        var at = Activity.Destinations[destination];
        var slot = Open(destination, user);
        Set(at, field, value);
        at.WorklistHeader.ShouldNotBeNull().Complete(slot, "Done", at.Fields.Copy(), Now);
        Activity.CompleteSlots(1);
    }

    /// <summary>A destination without a client event completes (statement 3.7).</summary>
    public void CompleteWithoutSlots(int destination) => Activity.Destinations[destination].Complete(Now);

    public RuleBinder Binder(RulePlace place = RulePlace.ActivityLine) => new(place, _process, _activity, _destination);

    /// <summary>Binds the rule, which must have a meaning where it stands.</summary>
    public Rule Bind(Rule rule, RulePlace place = RulePlace.ActivityLine)
    {
        var binder = Binder(place);
        var bound = rule.Bind(binder);
        binder.Problems.ShouldBeEmpty(rule.ToString());
        return bound;
    }

    /// <summary>Asks a line that leaves the activity, with and without a trace.</summary>
    public bool IsTrue(Rule rule)
    {
        var bound = Bind(rule);
        var result = bound.Evaluate(Line());
        bound.Explain(Line()).Result.ShouldBe(result);
        return result;
    }

    /// <summary>Asks the succeeding rule of an event of one destination.</summary>
    public bool IsTrueForEvent(int destination, Rule rule) =>
        Bind(rule, RulePlace.EventSucceeding).Evaluate(RuleScope.OfEvent(Activity.Destinations[destination]));

    public RuleTrace Explain(Rule rule) => Bind(rule).Explain(Line());

    public RuleScope Line() => RuleScope.OfLine(Activity, new DataFields(_destination));

    /// <summary>The problem of a rule where it stands.</summary>
    public IReadOnlyList<RuleProblem> ProblemsOf(Rule rule, RulePlace place)
    {
        var binder = Binder(place);
        rule.Bind(binder);
        return binder.Problems;
    }

    private static FieldTable TableOf(string owner, Field[] fields, FieldScope scope)
    {
        var own = Array.FindAll(fields, field => field.Scope == scope);
        return new FieldTable(
            owner,
            Array.ConvertAll(own, field => field.Name),
            Array.ConvertAll(own, field => field.Shape),
            Array.ConvertAll(own, field => field.InitialValue));
    }
}
