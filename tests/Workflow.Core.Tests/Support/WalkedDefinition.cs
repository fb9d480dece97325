using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>A definition that is drawn at random, in two versions. The second has the elements of the first, some under another name or in another order, and
/// others beside them. Its rules, plans and times may be others. Now and then it lacks an element.</summary>
internal sealed class WalkedDefinition
{
    /// <summary>The name of the process.</summary>
    public const string Name = "Walk";

    /// <summary>From how many in a hundred the second version differs, for each thing that is drawn.</summary>
    private const int Changing = 12;

    private static readonly string[] _names = ["One", "Two", "Three", "Four"];
    private static readonly Place _process = new("", [], []);

    private readonly int _seed;
    private readonly WalkedCode _code;
    private readonly HashSet<string> _first = [];
    private int _version;

    /// <param name="seed">The seed of both versions.</param>
    /// <param name="code">The code and the rules.</param>
    public WalkedDefinition(int seed, WalkedCode code)
    {
        (_seed, _code) = (seed, code);
        Versions = [Build(1), Build(2)];
        Child = WalkedCalls.Define(this, code);
    }

    /// <summary>The versions 1 and 2.</summary>
    public IReadOnlyList<ProcessDefinition> Versions { get; }

    /// <summary>A process that they start.</summary>
    public ProcessDefinition Child { get; }

    /// <summary>The names that the second version has changed.</summary>
    public Renames Forth { get; private set; } = Renames.None;

    /// <summary>The same, for the way back to the first.</summary>
    public Renames Back { get; private set; } = Renames.None;

    /// <summary>The names of the activities of a version.</summary>
    public string[] ActivitiesOf(int version) => [.. Versions[version - 1].Activities.Select(activity => activity.Name)];

    /// <summary>The definitions, in words.</summary>
    public override string ToString() => string.Join('\n', Versions.Select(version =>
        $"version {version.Version.Invariant()}: {string.Join("; ", version.Activities.Select(Words))}").Append($"renames: {Forth}"));

    private static string Words(ActivityDefinition activity) =>
        $"{activity.Name} ({string.Join(", ", activity.Events.Select(item => item.Name))})";

    private ProcessDefinition Build(int version) => ProcessDefinition.Define(Name, process =>
    {
        _version = version;
        process.Version(version).Rights(rights => rights
            .Everyone(ProcessRight.Start | ProcessRight.View | ProcessRight.ServerEvent)
            .Admin(Orders.Boss));
        if (Chance("begins later", 20))
        {
            process.StartRule(DueTime.After(Wait("begins later")));
        }

        if (Chance("exception rule", 20))
        {
            process.ExceptionRule(_code.Decide);
        }

        if (Chance("withdrawal", 30))
        {
            process.Withdrawal();
        }

        var sum = Has("Sum", 50) ? new ProcessField<int>(Named(_process, "Sum", (all, _, from, to) => all.Field(from, to)).Name, 0) : null;
        var place = Has("Place", 50) ? new ProcessField<string>(Named(_process, "Place", (all, _, from, to) => all.Field(from, to)).Name, "Lisbon") : null;
        process.Fields([.. Ordered("fields", new Field?[] { sum, place }).OfType<Field>()]);
        if (Has("Late", 30))
        {
            process.Escalation(
                Named(_process, "Late", (all, _, from, to) => all.Escalation(from, to)).Name,
                HalfHours("late"), then => then.Run("Late", _code.MayFail), Repeat.Times(Next("late", 3)));
        }

        string[] names = [.. Ordered("activities", [.. _names, "Five"]).Where(name => name == _names[0] || Has(name, name == "Five" ? 10 : 100))];
        var lines = Lines(names);
        var joins = new WalkedJoins(this, lines);
        var activities = names.ToDictionary(name => name, name => Activity(process, name, sum, joins));
        Draw(process, lines, activities);
        WalkedGroups.AddTo(this, process, activities);
    });

    private ActivityReference Activity(ProcessBuilder process, string name, ProcessField<int>? sum, WalkedJoins joins)
    {
        var place = Named(_process, name, (all, _, from, to) => all.Activity(from, to));
        return process.Activity(place.Name, activity =>
        {
            var walked = new WalkedActivity(this, _code, place, sum);
            walked.Fill(activity);
            joins.AddTo(activity, name, walked.KeepsRest);
        });
    }

    /// <summary>The lines, in their order. Those from the start come first, and have no name for it.</summary>
    private List<(string From, string To)> Lines(string[] names)
    {
        string[] all = [.. _names, "Five"];
        var pairs = all.SelectMany((from, position) => all.Skip(position + 1).Select(to => (From: from, To: to)));
        List<(string From, string To)> lines = [("", "One")];
        if (names.Contains("Two") && Has("Start to Two", 40))
        {
            lines.Add(("", "Two"));
        }

        lines.AddRange(Ordered("lines", [.. pairs.Where(pair => names.Contains(pair.From) && names.Contains(pair.To))])
            .Where(pair => Has($"{pair.From} to {pair.To}", 50)));
        return lines;
    }

    private void Draw(ProcessBuilder process, List<(string From, string To)> lines, Dictionary<string, ActivityReference> activities)
    {
        foreach (var (from, to) in lines)
        {
            if (from.Length > 0)
            {
                activities[from].To(activities[to], Sometimes($"{from} to {to}"), LineName(from, to));
            }
            else
            {
                process.StartsWith(activities[to], to == "One" ? Sometimes("start") : null, LineName("Start", to));
            }
        }
    }

    /// <summary>The name that an activity has in this version.</summary>
    internal string NameOf(string activity) => IsRenamed($"{activity}/") ? $"New {activity}" : activity;

    /// <summary>The own name of a line; null for one that is called after its activities.</summary>
    private string? LineName(string from, string to) => Drawn($"name from {from} to {to}", 100) < 30
        ? Named(_process, $"Line {from} {to}", (all, _, old, now) => all.Line(old, now)).Name
        : null;

    /// <summary>True, unless it fails.</summary>
    internal Rule Sometimes(string name) => Rule.Named(name, _ => _code.Fails() ? throw new InvalidOperationException($"{name} is broken") : true);

    /// <summary>An element of this version, which may have another name than in the first.</summary>
    internal Place Named(Place within, string name, Func<Renames, string[], string, string, Renames> rename)
    {
        var (key, now) = ($"{within.Key}{name}/", name);
        if (_version == 1)
        {
            _first.Add(key);
        }
        else if (IsRenamed(key))
        {
            now = $"New {name}";
            Forth = rename(Forth, within.Olds, name, now);
            Back = rename(Back, within.News, now, name);
        }

        return new Place(key, [.. within.Olds, name], [.. within.News, now]);
    }

    private bool IsRenamed(string key) => _version == 2 && _first.Contains(key) && Drawn($"name of {key}", 100) < 25;

    /// <summary>Whether this version has an element. The second has those of the first, unless it lacks one. Often it has no others, so that instances can go
    /// back.</summary>
    internal bool Has(string what, int percent) => (_version, Drawn(what, 100) < percent) switch
    {
        (1, var isThere) => isThere,
        (_, true) => Drawn("lacks", 100) >= 15 || Drawn($"lacks {what}", 100) >= 5,
        (_, false) => Drawn("gets", 100) < 60 && Drawn($"gets {what}", 100) < Changing,
    };

    /// <summary>A choice that says nothing about which elements there are.</summary>
    internal bool Chance(string what, int percent) => Next(what, 100) < percent;

    internal int Next(string what, int limit) =>
        Drawn(_version == 2 && Drawn($"changes {what}", 100) < Changing ? $"other {what}" : what, limit);

    internal TimeSpan HalfHours(string what) => TimeSpan.FromMinutes(30 * (1 + Next($"half hours of {what}", 7)));

    /// <summary>A time to wait, in the hours of an office or not.</summary>
    internal Delay Wait(string what) => Chance($"hours of {what}", 50) ? Delay.WorkingTime(HalfHours(what)).In("Shift") : HalfHours(what);

    /// <summary>Elements, which the second version may have in another order.</summary>
    internal IReadOnlyList<T> Ordered<T>(string what, IReadOnlyList<T> elements) => _version == 2 && Drawn($"order of {what}", 100) < 3 * Changing
        ? [.. elements.Select((element, position) => (element, Place: Drawn($"place {position.Invariant()} of {what}", 1_000))).OrderBy(one => one.Place)
            .Select(one => one.element)]
        : elements;

    /// <summary>The same number for the same words, in both versions.</summary>
    internal int Drawn(string what, int limit)
    {
        var mixed = (ulong)(uint)_seed;
        foreach (var letter in what)
        {
            mixed = unchecked((mixed ^ letter) * 0x9E37_79B9_7F4A_7C15);
            mixed ^= mixed >> 29;
        }

        return (int)((mixed >> 32) % (ulong)limit);
    }

    /// <summary>An element: its key, and the names of what it is in and of itself, in the first version and in this one.</summary>
    internal sealed record Place(string Key, string[] Olds, string[] News)
    {
        public string Name => News[^1];
    }
}

/// <summary>The code and the rules of a walk.</summary>
/// <param name="MayFail">The code of events and escalations.</param>
/// <param name="Fails">Whether a rule throws.</param>
/// <param name="Decide">The exception rules.</param>
internal sealed record WalkedCode(Action<CodeContext> MayFail, Func<bool> Fails, ExceptionHandler Decide);
