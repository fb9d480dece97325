using System.Globalization;
using System.Text.Json;
using Cases.Paper;
using Workflow.Core.Definitions;

namespace Cases.Data;

/// <summary>The folder with the data. Everything is read and checked before anything is replayed.</summary>
public sealed class CaseFolder
{
    /// <summary>The id of a case is the folio of its process instance, and a part of the key under which the instance is started.</summary>
    private const int LongestId = 100;

    private const string MonthEndHeading = "log,at,activity,count";

    private readonly string _path;

    /// <exception cref="BadInputException">There is no such folder.</exception>
    public CaseFolder(string path)
    {
        _path = Directory.Exists(path)
            ? path
            : throw new BadInputException($"There is no folder '{path}'. Give the folder that holds 'definitions' and 'replay'.");
    }

    /// <summary>Reads a log and plays each of its cases on paper.</summary>
    /// <param name="form">The name of the log, and how it is written.</param>
    /// <param name="definition">The process that its cases are replayed on.</param>
    /// <param name="limit">How many cases to read at most.</param>
    /// <exception cref="BadInputException">A file is missing, or something in it cannot be read or contradicts itself.</exception>
    public CaseLog ReadLog(LogForm form, ProcessDefinition definition, int limit)
    {
        var paper = ReadPaper(Path.Combine(_path, "definitions", $"{form.Name}.definition.json"), definition);
        var deadlines = form.Deadline is { } escalation
            ? Deadlines.Read(Path.Combine(_path, "replay", $"{form.Name}.deadlines.csv.gz"), escalation)
            : null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var path = Path.Combine(_path, "replay", $"{form.Name}.replay.jsonl.gz");
        var cases = DataFile.Lines(path, (line, _) =>
        {
            var recorded = CaseLine.Parse(line, form);
            recorded = deadlines?.Add(recorded) ?? recorded;
            Check(recorded, paper, form, isNew: ids.Add(recorded.Id));
            return recorded;
        });

        // The lines behind the last case that is wanted are not looked at.
        CaseLog log = new(form, definition, paper, [.. cases.Take(limit)]);
        if (log.Cases.Count == 0)
        {
            throw new BadInputException($"'{path}' holds no case. Give the file as it was published.");
        }

        deadlines?.Check(log.Cases);
        return log;
    }

    /// <summary>Reads what must be open at the ends of months.</summary>
    /// <param name="name">The name of the log.</param>
    /// <exception cref="BadInputException">The file is missing or damaged.</exception>
    public IReadOnlyList<MonthEnd> ReadMonthEnds(string name)
    {
        var counts = DataFile.Lines(Path.Combine(_path, "replay", $"{name}.month_end.csv"), ParseCount).OfType<(DateTimeOffset At, string What, int Count)>();
        return
        [
            .. counts.GroupBy(count => count.At)
                .OrderBy(month => month.Key)
                .Select(month => new MonthEnd(month.Key, [.. month.Select(count => (count.What, count.Count))])),
        ];
    }

    /// <returns>Null for the heading, which is the first line.</returns>
    private static (DateTimeOffset At, string What, int Count)? ParseCount(string line, int number)
    {
        if (number == 1)
        {
            return line == MonthEndHeading ? null : throw new FormatException($"the heading has to be '{MonthEndHeading}'");
        }

        return line.Split(',') is [_, var at, var what, var count]
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var instant)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var items)
                ? (instant, what, items)
                : throw new FormatException($"it is not of the form '{MonthEndHeading}', with an instant and a number");
    }

    private static PaperProcess ReadPaper(string path, ProcessDefinition definition)
    {
        try
        {
            var paper = PaperProcess.Parse(File.ReadAllText(path));
            var unknown = paper.Names.FirstOrDefault(name => definition.Activities.All(activity => activity.Name != name));
            return unknown is null ? paper : throw new FormatException($"the process '{definition.Name}' has no activity '{unknown}'");
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new BadInputException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>A case that contradicts its own process is damaged; it would blame the engine for nothing.</summary>
    private static void Check(RecordedCase recorded, PaperProcess paper, LogForm form, bool isNew)
    {
        var wrong = !isNew ? "is there twice"
            : recorded.Steps.Count == 0 ? "has no step"
            : recorded.Id.Length is 0 or > LongestId ? $"needs an id of 1 to {LongestId} characters"
            : recorded.Steps[0].IsEscalation ? "begins with an escalation, and somebody has to start it"
            : null;
        if (wrong is not null)
        {
            throw new FormatException($"the case '{recorded.Id}' {wrong}");
        }

        var run = new PaperRun(paper, form, recorded);
        var last = DateTimeOffset.MinValue;
        foreach (var (step, index) in recorded.Steps.Select((step, index) => (step, index)))
        {
            var problem = Problem(step, paper)
                ?? (step.At < last ? "comes before the one in front of it" : null)
                ?? run.Take(step);
            if (problem is not null)
            {
                throw new FormatException($"step {index + 1} of the case '{recorded.Id}', {step.Activity}, {problem}");
            }

            last = step.At;
        }

        if (run.End != recorded.End || !run.Expired.SequenceEqual(recorded.Expired))
        {
            throw new FormatException($"the case '{recorded.Id}' is said to end as {recorded.End}, and its steps end as {run.End}");
        }

        if (run.Timers is [var left, ..])
        {
            throw new FormatException($"the case '{recorded.Id}' ends while '{left.Escalation}' is going to fire, and the log does not have it");
        }
    }

    /// <summary>The problem of a step wherever it comes; null for none.</summary>
    private static string? Problem(RecordedStep step, PaperProcess paper)
    {
        var activity = paper.Find(step.Activity);
        if (activity is null && !step.IsEscalation)
        {
            return "is no activity of its process";
        }

        if (activity?.Actions.Count > 0 && !activity.Actions.Contains(step.Action, StringComparer.Ordinal))
        {
            return $"has no action '{step.Action}'";
        }

        if (step.Fields.FirstOrDefault(field => paper.Fields.All(known => known.Name != field.Name)).Name is { } unknown)
        {
            return $"sets '{unknown}', which is no field of its process";
        }

        return step.Fields.FirstOrDefault(field => !paper.Takes(field.Name, field.Text)) is { Name: { } other, Text: var value }
            ? $"sets '{other}' to '{value}', which is of another kind"
            : null;
    }
}
