using System.Globalization;
using System.Text;
using Workflow.Core.Instances;

namespace Workflow.Core.Testing;

/// <summary>Renders the history and the state of a process instance as text. The text is the same on every run, in every culture and time zone.</summary>
public static class Transcript
{
    /// <summary>Renders an instance.</summary>
    /// <param name="process">The instance in its present state.</param>
    /// <param name="history">The history, oldest first.</param>
    /// <returns>One fact a line, then the state.</returns>
    public static string Of(ProcessInstance process, IReadOnlyList<JournalEntry> history)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(history);
        var text = new StringBuilder();
        foreach (var entry in history)
        {
            text.Append(Line(entry)).Append('\n');
        }

        AppendState(text, process);
        return text.ToString();
    }

    /// <summary>Renders one fact.</summary>
    /// <param name="entry">The fact.</param>
    /// <returns>Time, kind, and whatever the fact has of name, numbers, user, value and detail.</returns>
    public static string Line(in JournalEntry entry)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{entry.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} {entry.Kind}");
        if (entry.Name is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" {OneLine(entry.Name)}");
        }

        if (entry.ActivityInstance != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" #{entry.ActivityInstance}");
        }

        if (entry.Destination != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" _{entry.Destination}");
        }

        if (entry.Kind is JournalKind.LineEvaluated)
        {
            text.Append(entry.Result ? " true" : " false");
        }

        if (entry.Kind is JournalKind.FieldChanged || !entry.Value.IsNull)
        {
            text.Append(CultureInfo.InvariantCulture, $" = {entry.Value}");
        }

        if (entry.User is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" by {OneLine(entry.User)}");
        }

        if (!string.IsNullOrEmpty(entry.Detail))
        {
            text.Append(CultureInfo.InvariantCulture, $" ({OneLine(entry.Detail)})");
        }

        return text.ToString();
    }

    private static void AppendState(StringBuilder text, ProcessInstance process)
    {
        text.Append(CultureInfo.InvariantCulture, $"{OneLine(process.Definition)} {process.Id}: {process.Status}\n");
        if (process.Error is { } error)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {OneLine(error.Element)}: {OneLine(error.Message)}\n");
        }

        AppendFields(text, "  ", process.Fields);
        foreach (var activity in process.Activities)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {OneLine(activity.Name)} #{activity.Id}: {activity.Status}, {activity.CompletedSlots} of {activity.SlotTotal} slots completed\n");
            AppendFields(text, "    ", activity.Fields);
            foreach (var destination in activity.Destinations)
            {
                var current = destination.Event is { } item ? $", {OneLine(item.Name)} {item.Status}" : "";
                text.Append(CultureInfo.InvariantCulture, $"    {destination.Serial}: {destination.Status}{current}\n");
                AppendFields(text, "      ", destination.Fields);
            }
        }
    }

    private static void AppendFields(StringBuilder text, string indent, DataFields fields)
    {
        foreach (var name in fields.Names)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}{OneLine(name)} = {fields[name]}\n");
        }
    }

    /// <summary>Nothing that a user wrote may break a line in two.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));
}
