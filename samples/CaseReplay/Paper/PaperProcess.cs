using System.Globalization;
using System.Text.Json;

namespace Cases.Paper;

/// <summary>The expected behavior of a process, as the data folder describes it, found without the library. The engine is held against it.</summary>
public sealed class PaperProcess
{
    private const string EndOfAll = "(end of instance";

    private readonly Dictionary<string, PaperActivity> _activities;

    private PaperProcess(Dictionary<string, PaperActivity> activities, IReadOnlyList<(string, string)> fields, IReadOnlyList<(PaperCondition, string)> start)
    {
        _activities = activities;
        Fields = fields;
        Start = start;
    }

    /// <summary>The name of the end, which lines lead to as if it were an activity.</summary>
    public const string End = "End";

    /// <summary>Whether whatever is open is over as soon as a line leads to the end.</summary>
    public bool EndsAtOnce { get; private init; }

    /// <summary>The fields with their first values.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; }

    /// <summary>The lines from the start.</summary>
    public IReadOnlyList<(PaperCondition When, string To)> Start { get; }

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="FormatException">Something is missing from it, or not understood.</exception>
    public static PaperProcess Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var lines = Part(root, "lines").EnumerateArray()
            .Select(line => (From: Text(line, "from"), When: Condition(line), To: Text(line, "to")))
            .ToLookup(line => line.From, line => (line.When, line.To), StringComparer.Ordinal);
        var activities = Part(root, "activities").EnumerateArray().Select(activity => Activity(activity, [.. lines[Text(activity, "name")]]));
        return new PaperProcess(
            activities.ToDictionary(activity => activity.Name, StringComparer.Ordinal), Values(Part(root, "dataFields")), [.. lines["Start"]])
        {
            EndsAtOnce = Part(root, "lines").EnumerateArray().Any(line =>
                Text(line, "to") == End && line.TryGetProperty("when", out var when) && Text(when).Contains(EndOfAll, StringComparison.Ordinal)),
        };
    }

    /// <summary>The names of the activities.</summary>
    public IReadOnlyCollection<string> Names => _activities.Keys;

    /// <summary>Finds an activity; null for the end, and for one that does not exist.</summary>
    public PaperActivity? Find(string name) => _activities.GetValueOrDefault(name);

    /// <summary>A value as a text: what is written down as a truth value is <c>True</c> or <c>False</c>.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => value.GetString()!,
        _ => throw new FormatException($"the value {value.GetRawText()} is neither a text nor true or false"),
    };

    /// <summary>A value of a field as a text: a number as it is written, anything else as <see cref="Text(JsonElement)"/> has it.</summary>
    public static string Value(JsonElement value) => value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(value);

    /// <summary>Whether a value can be one of a field: numbers are those of fields that begin with one.</summary>
    public bool Takes(string field, string value) => Fields.Any(known => known.Name == field && IsNumber(known.Value) == IsNumber(value));

    /// <summary>A line says twice when it is followed, in a form of its own and for people. Some say it for people only, and some not at all.</summary>
    private static PaperCondition Condition(JsonElement line) =>
        line.TryGetProperty("pywhen", out var rule) ? PaperCondition.Parse(Text(rule))
        : line.TryGetProperty("when", out var prose) ? PaperCondition.ParseProse(Text(prose))
        : PaperCondition.Parse("");

    private static bool IsNumber(string value) => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    private static PaperActivity Activity(JsonElement activity, IReadOnlyList<(PaperCondition, string)> lines)
    {
        var kind = Text(activity, "event");
        var preceding = activity.TryGetProperty("pyPreceding", out var rule) ? PaperCondition.Parse(Text(rule)) : PaperCondition.Parse("");
        var sets = activity.TryGetProperty("setOnComplete", out var done) || activity.TryGetProperty("set", out done) ? Values(done) : [];
        List<string> actions = activity.TryGetProperty("actions", out var names) ? [.. names.EnumerateArray().Select(Text)] : [];
        List<PaperEscalation> escalations = activity.TryGetProperty("escalations", out var some) ? [.. some.EnumerateArray().Select(Escalation)] : [];
        return new PaperActivity(Text(activity, "name"), kind is "auto", kind is "server-async", actions, preceding, sets, lines, escalations);
    }

    private static PaperEscalation Escalation(JsonElement escalation)
    {
        var after = Text(escalation, "after");
        return after is ['P', .. var days, 'D'] && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PaperEscalation(Text(escalation, "name"), number)
            : throw new FormatException($"'{after}' is not a number of days of the form 'P60D'");
    }

    private static List<(string, string)> Values(JsonElement values) => [.. values.EnumerateObject().Select(value => (value.Name, Value(value.Value)))];

    private static string Text(JsonElement element, string name) => Text(Part(element, name));

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : throw new FormatException($"'{name}' is missing");
}
