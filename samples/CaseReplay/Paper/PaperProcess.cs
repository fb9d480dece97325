using System.Text.Json;

namespace Cases.Paper;

/// <summary>The expected behavior of a process, as the data folder describes it and worked out without the library: the measure that the
/// engine is held against.</summary>
public sealed class PaperProcess
{
    private readonly Dictionary<string, PaperActivity> _activities;

    private PaperProcess(Dictionary<string, PaperActivity> activities, IReadOnlyList<(string, string)> fields, IReadOnlyList<(PaperCondition, string)> start)
    {
        _activities = activities;
        Fields = fields;
        Start = start;
    }

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
            .Select(line => (From: Text(line, "from"), When: PaperCondition.Parse(Text(line, "pywhen")), To: Text(line, "to")))
            .ToLookup(line => line.From, line => (line.When, line.To), StringComparer.Ordinal);
        var activities = Part(root, "activities").EnumerateArray().Select(activity => Activity(activity, [.. lines[Text(activity, "name")]]));
        return new PaperProcess(
            activities.ToDictionary(activity => activity.Name, StringComparer.Ordinal), Values(Part(root, "dataFields")), [.. lines["Start"]]);
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

    private static PaperActivity Activity(JsonElement activity, IReadOnlyList<(PaperCondition, string)> lines)
    {
        var kind = Text(activity, "event");
        var preceding = activity.TryGetProperty("pyPreceding", out var rule) ? PaperCondition.Parse(Text(rule)) : PaperCondition.Parse("");
        var sets = activity.TryGetProperty("setOnComplete", out var done) || activity.TryGetProperty("set", out done) ? Values(done) : [];
        List<string> actions = activity.TryGetProperty("actions", out var names) ? [.. names.EnumerateArray().Select(Text)] : [];
        return new PaperActivity(Text(activity, "name"), kind is "auto", kind is "server-async", actions, preceding, sets, lines);
    }

    private static List<(string, string)> Values(JsonElement values) => [.. values.EnumerateObject().Select(value => (value.Name, Text(value.Value)))];

    private static string Text(JsonElement element, string name) => Text(Part(element, name));

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : throw new FormatException($"'{name}' is missing");
}
