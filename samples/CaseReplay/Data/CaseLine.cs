using System.Text.Json;
using Cases.Paper;
using Cases.Processes;
using Workflow.Core;

namespace Cases.Data;

/// <summary>Reads one line of a file of cases. Names are kept once, however often they come.</summary>
public static class CaseLine
{
    /// <exception cref="JsonException">The line is no JSON.</exception>
    /// <exception cref="FormatException">Something is missing from it, or not understood.</exception>
    /// <exception cref="InvalidOperationException">Something is of another kind than it should be.</exception>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    public static RecordedCase Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        IEnumerable<string> expired = root.TryGetProperty("expired", out var names) ? names.EnumerateArray().Select(PaperProcess.Text) : [];
        return new RecordedCase(
            Text(root, "case"),
            [.. Part(root, "steps").EnumerateArray().Select(ParseStep)],
            Text(root, "end"),
            [.. expired.Order(StringComparer.Ordinal)]);
    }

    private static RecordedStep ParseStep(JsonElement step)
    {
        var parts = step.EnumerateArray().ToList();
        if (parts.Count is < 4 or > 5)
        {
            throw new FormatException($"a step has {parts.Count} parts instead of activity, action, user, instant and perhaps fields");
        }

        return new RecordedStep(
            string.Intern(PaperProcess.Text(parts[0])),
            string.Intern(PaperProcess.Text(parts[1])),
            ParseUser(PaperProcess.Text(parts[2])),
            parts[3].TryGetDateTimeOffset(out var at) ? at : throw new FormatException($"'{PaperProcess.Text(parts[3])}' is not an instant"),
            parts.Count == 4 ? [] : [.. parts[4].EnumerateObject().Select(ParseField)]);
    }

    private static string ParseUser(string user)
    {
        if (string.Equals(user, "system", StringComparison.OrdinalIgnoreCase))
        {
            return People.PaymentSystem;
        }

        return string.IsNullOrWhiteSpace(user) ? throw new FormatException("a step has nobody who acts") : string.Intern(Destination.User(user).Name);
    }

    private static RecordedField ParseField(JsonProperty field) => new(
        string.Intern(field.Name),
        string.Intern(PaperProcess.Text(field.Value)),
        field.Value.ValueKind is JsonValueKind.String ? FieldValue.From(string.Intern(field.Value.GetString()!)) : FieldValue.From(field.Value.GetBoolean()));

    private static string Text(JsonElement element, string name) => PaperProcess.Text(Part(element, name));

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : throw new FormatException($"'{name}' is missing");
}
