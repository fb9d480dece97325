using System.Text.Json;
using Cases.Paper;
using Cases.Processes;
using Workflow.Core;

namespace Cases.Data;

/// <summary>Reads one line of a file of cases. Names are kept once, however often they come.</summary>
public static class CaseLine
{
    /// <param name="line">The line.</param>
    /// <param name="form">How the log is written.</param>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    /// <exception cref="FormatException">Something is missing from it, or not understood.</exception>
    /// <exception cref="InvalidOperationException">Something is of another kind than it should be.</exception>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    public static RecordedCase Parse(string line, LogForm form)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        IEnumerable<string> expired = root.TryGetProperty("expired", out var names) ? names.EnumerateArray().Select(PaperProcess.Text) : [];
        return new RecordedCase(
            Text(root, "case"),
            [.. Part(root, "steps").EnumerateArray().Select(step => ParseStep(step, form))],
            ParseEnd(Text(root, "end")),
            [.. expired.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Why a case is completed follows from its last step.</summary>
    private static string ParseEnd(string end) =>
        end.StartsWith(RecordedCase.Completed + ":", StringComparison.Ordinal) ? RecordedCase.Completed : end;

    private static RecordedStep ParseStep(JsonElement step, LogForm form)
    {
        var parts = step.EnumerateArray().ToList();
        if (parts.Count is < 4 or > 5)
        {
            throw new FormatException($"a step has {parts.Count} parts instead of activity, action, user, instant and perhaps fields");
        }

        var activity = PaperProcess.Text(parts[0]) is { Length: > 0 } name ? string.Intern(name) : throw new FormatException("a step has no activity");
        var read = new RecordedStep(
            activity,
            string.Intern(PaperProcess.Text(parts[1])),
            User: "",
            parts[3].TryGetDateTimeOffset(out var at) ? form.Read(at) : throw new FormatException($"'{PaperProcess.Text(parts[3])}' is not an instant"),
            parts.Count == 4 ? [] : [.. parts[4].EnumerateObject().Select(ParseField)]);
        return read.IsEscalation ? read : read with { User = ParseUser(PaperProcess.Text(parts[2]), form) };
    }

    private static string ParseUser(string user, LogForm form)
    {
        if (string.Equals(user, "system", StringComparison.OrdinalIgnoreCase))
        {
            return People.PaymentSystem;
        }

        return string.IsNullOrWhiteSpace(user)
            ? form.Unnamed ?? throw new FormatException("a step has nobody who acts")
            : string.Intern(Destination.User(user).Name);
    }

    private static RecordedField ParseField(JsonProperty field) => new(
        string.Intern(field.Name),
        string.Intern(PaperProcess.Value(field.Value)),
        field.Value.ValueKind switch
        {
            JsonValueKind.String => FieldValue.From(string.Intern(field.Value.GetString()!)),
            JsonValueKind.Number => FieldValue.From(field.Value.GetDecimal()),
            _ => FieldValue.From(field.Value.GetBoolean()),
        });

    private static string Text(JsonElement element, string name) => PaperProcess.Text(Part(element, name));

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : throw new FormatException($"'{name}' is missing");
}
