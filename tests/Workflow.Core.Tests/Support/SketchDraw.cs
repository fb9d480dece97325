using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>Draws a definition at random, and changes it at random.</summary>
/// <param name="random">Draws.</param>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class SketchDraw(Random random)
{
    /// <summary>How many kinds of events there are.</summary>
    private const int Kinds = 5;

    /// <summary>The fields that have another type than at first, by their first names.</summary>
    private readonly List<string> _retyped = [];

    private int _names;

    /// <summary>Whether something of the first version has no successor.</summary>
    public bool IsLacking { get; private set; }

    /// <summary>The changes, in words.</summary>
    public List<string> Story { get; } = [];

    public Sketch Draw()
    {
        var sketch = new Sketch();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            sketch.Activities.Add(Activity());
        }

        for (var count = random.Next(3); count > 0; count--)
        {
            sketch.Fields.Add(Field(FieldScope.Process));
        }

        if (Chance(30))
        {
            sketch.Escalations.Add(Escalation(canExpire: false));
        }

        sketch.Lines.Add(new LineSketch(Own(), null, sketch.Activities[0]));
        for (var from = 0; from < sketch.Activities.Count; from++)
        {
            for (var to = from + 1; to < sketch.Activities.Count; to++)
            {
                if (to == from + 1 || Chance(30))
                {
                    sketch.Lines.Add(new LineSketch(Own(), sketch.Activities[from], sketch.Activities[to]));
                }
            }
        }

        return sketch;
    }

    /// <summary>Makes another version of it. The names that it has now are those of the first.</summary>
    public void Change(Sketch sketch)
    {
        foreach (var name in Names(sketch))
        {
            name.Original = name.Name;
        }

        for (var count = random.Next(1, 7); count > 0; count--)
        {
            Story.Add(ChangeOnce(sketch));
        }
    }

    /// <summary>The names that have changed, as an administrator would say it.</summary>
    public static Renames RenamesOf(Sketch sketch)
    {
        var renames = Renames.None;
        Each(sketch.Fields.Select(field => field.Name), (from, to) => renames.Field(from, to));
        Each(sketch.Escalations.Select(escalation => escalation.Name), (from, to) => renames.Escalation(from, to));
        Each(sketch.Lines.Select(line => line.Name).OfType<SketchName>(), (from, to) => renames.Line(from, to));
        Each(sketch.Activities.Select(activity => activity.Name), (from, to) => renames.Activity(from, to));
        foreach (var activity in sketch.Activities.Where(activity => activity.Name.Original is not null))
        {
            var within = activity.Name.Original!;
            Each(activity.Fields.Select(field => field.Name), (from, to) => renames.Field(within, from, to));
            Each(activity.Escalations.Select(escalation => escalation.Name), (from, to) => renames.Escalation(within, from, to));
            Each(activity.Events.Select(item => item.Name), (from, to) => renames.Event(within, from, to));
            foreach (var item in activity.Events.Where(item => item.Name.Original is not null))
            {
                Each(item.Actions, (from, to) => renames.Action(within, item.Name.Original!, from, to));
                Each(item.Escalations.Select(escalation => escalation.Name), (from, to) => renames.Escalation(within, item.Name.Original!, from, to));
            }
        }

        return renames;

        void Each(IEnumerable<SketchName> names, Func<string, string, Renames> rename)
        {
            foreach (var name in names.Where(name => name.Original is not null && name.Original != name.Name))
            {
                renames = rename(name.Original!, name.Name);
            }
        }
    }

    private static IEnumerable<SketchName> Names(Sketch sketch) =>
    [
        .. sketch.Fields.Select(field => field.Name), .. sketch.Escalations.Select(escalation => escalation.Name),
        .. sketch.Lines.Select(line => line.Name).OfType<SketchName>(),
        .. sketch.Activities.SelectMany(activity => new[] { activity.Name }
            .Concat(activity.Fields.Select(field => field.Name))
            .Concat(activity.Escalations.Select(escalation => escalation.Name))
            .Concat(activity.Events.Select(item => item.Name))
            .Concat(activity.Events.SelectMany(item => item.Actions))
            .Concat(activity.Events.SelectMany(item => item.Escalations.Select(escalation => escalation.Name)))),
    ];

    private string ChangeOnce(Sketch sketch)
    {
        var activity = Pick(sketch.Activities);
        switch (random.Next(15))
        {
            case 0 or 1 or 2 when Names(sketch).Where(name => name.Original is not null).ToList() is { Count: > 0 } names:
                var renamed = Pick(names);
                renamed.Name = Next("Renamed");
                return $"rename {renamed.Original} to {renamed.Name}";
            case 3:
                var added = Activity();
                sketch.Activities.Insert(random.Next(sketch.Activities.Count + 1), added);
                sketch.Lines.Add(new LineSketch(null, null, added));
                return $"add activity {added.Name.Name}";
            case 4 or 5:
                activity.Events.Insert(random.Next(activity.Events.Count + 1), Event(random.Next(activity.HasTask ? 0 : 1, Kinds)));
                return $"add an event to {activity.Name.Name}";
            case 6:
                sketch.Fields.Insert(random.Next(sketch.Fields.Count + 1), Field(FieldScope.Process));
                activity.Fields.Insert(random.Next(activity.Fields.Count + 1), Field(Chance(50) ? FieldScope.Activity : FieldScope.Destination));
                return $"add fields to {activity.Name.Name}";
            case 7:
                activity.Escalations.Insert(0, Escalation(canExpire: true));
                sketch.Escalations.Add(Escalation(canExpire: false));
                return $"add escalations to {activity.Name.Name}";
            case 8:
                Shuffle(activity.Events);
                Shuffle(sketch.Activities);
                Shuffle(sketch.Fields);
                Shuffle(activity.Fields);
                return $"reorder {activity.Name.Name}";
            case 9:
                (activity.Plan, activity.People, activity.Slots, activity.StartHours) = (random.Next(4), random.Next(1, 4), random.Next(1, 4), random.Next(3));
                return $"plan {activity.Name.Name} by {activity.Plan} for {activity.People}, {activity.Slots} slots";
            case 10:
                foreach (var escalation in activity.Escalations.Concat(activity.Events.SelectMany(item => item.Escalations)).Concat(sketch.Escalations))
                {
                    (escalation.Hours, escalation.Repeats) = (random.Next(1, 20), random.Next(4));
                    escalation.IsExpiry = Chance(50) && !sketch.Escalations.Contains(escalation);
                }

                return "other escalations";
            case 11 or 12 when activity.Events.Find(item => item.Kind is EventSketchKind.Task) is { } task:
                task.Actions.Add(new SketchName(Next("Action")));
                return $"add an action to {task.Name.Name}";
            case 13 or 14:
                return Break(sketch, activity);
            default:
                return "nothing";
        }
    }

    /// <summary>Takes something away that the first version has.</summary>
    private string Break(Sketch sketch, ActivitySketch activity)
    {
        switch (random.Next(5))
        {
            case 0 when sketch.Fields.Find(field => field.Name.Original is not null && !_retyped.Contains(field.Name.Original)) is { } field:
                // A second change would give it its old type back.
                _retyped.Add(field.Name.Original!);
                field.Type = field.Type is FieldType.String ? FieldType.Integer : FieldType.String;
                IsLacking = true;
                return $"another type for {field.Name.Name}";
            case 1 when activity.Events.FindLast(item => item.Name.Original is not null && item.Kind is not EventSketchKind.Task) is { } item:
                activity.Events.Remove(item);
                IsLacking = true;
                return $"remove event {item.Name.Name}";
            case 2 when activity.Escalations.RemoveAll(escalation => escalation.Name.Original is not null) > 0:
                IsLacking = true;
                return $"remove the escalations of {activity.Name.Name}";
            case 3 when activity.Name.Original is not null:
                activity.Name.Original = null;
                activity.Name.Name = Next("Other");
                IsLacking = true;
                return $"{activity.Name.Name} has no predecessor";
            default:
                return "nothing is broken";
        }
    }

    private ActivitySketch Activity()
    {
        var hasTask = Chance(60);
        var activity = new ActivitySketch(new SketchName(Next("Activity")))
        {
            Plan = random.Next(4),
            People = random.Next(1, 4),
            Slots = random.Next(1, 4),
            StartHours = Chance(20) ? random.Next(1, 4) : 0,
            HasOutcomes = hasTask && Chance(40),
        };
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            activity.Events.Add(Event(hasTask && count == 1 ? 0 : random.Next(1, Kinds)));
        }

        if (Chance(40))
        {
            activity.Fields.Add(Field(Chance(50) ? FieldScope.Activity : FieldScope.Destination));
        }

        if (Chance(30))
        {
            activity.Escalations.Add(Escalation(canExpire: true));
        }

        Shuffle(activity.Events);
        return activity;
    }

    private EventSketch Event(int kind)
    {
        var drawn = new EventSketch(new SketchName(Next("Event"))) { Kind = (EventSketchKind)kind, EndsWithIt = Chance(30) };
        if (drawn.Kind is EventSketchKind.Task)
        {
            drawn.Actions.AddRange([new SketchName(Next("Action")), new SketchName(Next("Action"))]);
            if (Chance(40))
            {
                drawn.Escalations.Add(Escalation(canExpire: true));
            }
        }

        return drawn;
    }

    private EscalationSketch Escalation(bool canExpire) =>
        new(new SketchName(Next("Escalation"))) { Hours = random.Next(1, 20), Repeats = random.Next(4), IsExpiry = canExpire && Chance(40) };

    private FieldSketch Field(FieldScope scope) => new(new SketchName(Next("Field")), scope) { Type = Chance(50) ? FieldType.String : FieldType.Integer };

    private SketchName? Own() => Chance(40) ? new SketchName(Next("Line")) : null;

    private string Next(string word) => $"{word} {(++_names).Invariant()}";

    private void Shuffle<T>(List<T> list)
    {
        for (var index = list.Count - 1; index > 0; index--)
        {
            var other = random.Next(index + 1);
            (list[index], list[other]) = (list[other], list[index]);
        }
    }

    private T Pick<T>(List<T> list) => list[random.Next(list.Count)];

    private bool Chance(int percent) => random.Next(100) < percent;
}
