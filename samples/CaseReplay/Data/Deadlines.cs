using System.Globalization;

namespace Cases.Data;

/// <summary>The deadlines of the cases of a log, from a file of their own that also says which of them were passed.</summary>
public sealed class Deadlines
{
    private const string Heading = "case,started_at,deadline,completed_at,escalation_fires";

    private readonly string _path;
    private readonly string _escalation;
    private readonly Dictionary<string, (DateTimeOffset At, bool IsPassed)> _cases;

    private Deadlines(string path, string escalation, Dictionary<string, (DateTimeOffset At, bool IsPassed)> cases) =>
        (_path, _escalation, _cases) = (path, escalation, cases);

    /// <param name="path">The file.</param>
    /// <param name="escalation">The name of the escalation that fires at a deadline.</param>
    /// <exception cref="BadInputException">The file is missing or damaged.</exception>
    public static Deadlines Read(string path, string escalation)
    {
        var cases = new Dictionary<string, (DateTimeOffset At, bool IsPassed)>(StringComparer.Ordinal);
        foreach (var (id, at, isPassed) in DataFile.Lines(path, Parse).OfType<(string, DateTimeOffset, bool)>())
        {
            cases[id] = (at, isPassed);
        }

        return new Deadlines(path, escalation, cases);
    }

    /// <summary>Puts the escalation among the steps of a case, where it has to fire. A case that was complete before its deadline has none.</summary>
    /// <exception cref="FormatException">The file has no deadline for the case.</exception>
    public RecordedCase Add(RecordedCase recorded)
    {
        if (!_cases.TryGetValue(recorded.Id, out var deadline))
        {
            throw new FormatException($"the case '{recorded.Id}' has no deadline in '{_path}'");
        }

        var withDeadline = recorded with { Deadline = deadline.At };
        if (recorded.Steps.Count == 0)
        {
            return withDeadline;
        }

        // One that is past at the start fires at once (statement 6.3): the first step starts the case.
        var start = recorded.Steps[0].At;
        var at = deadline.At > start ? deadline.At : start;
        var place = 1 + recorded.Steps.Skip(1).TakeWhile(step => step.At < at).Count();
        return place == recorded.Steps.Count && recorded.End == RecordedCase.Completed
            ? withDeadline
            : withDeadline with { Steps = [.. recorded.Steps.Take(place), RecordedStep.Escalation(_escalation, at), .. recorded.Steps.Skip(place)] };
    }

    /// <summary>Compares what the file says with what follows from the cases. It was written when the log ended, so it says of no later deadline that it was
    /// passed.</summary>
    /// <exception cref="BadInputException">They contradict each other.</exception>
    public void Check(IReadOnlyList<RecordedCase> cases)
    {
        var end = cases.SelectMany(recorded => recorded.Steps).Where(step => !step.IsEscalation).Max(step => step.At);
        foreach (var recorded in cases)
        {
            var (at, isPassed) = _cases[recorded.Id];
            var fires = recorded.Escalations > 0;
            if (isPassed ? !fires : fires && at <= end)
            {
                throw new BadInputException(
                    $"'{_path}' says of the case '{recorded.Id}' that its escalation {(isPassed ? "fires" : "does not fire")}, which its steps contradict.");
            }
        }
    }

    /// <returns>Null for the heading, which is the first line.</returns>
    private static (string Id, DateTimeOffset At, bool IsPassed)? Parse(string line, int number)
    {
        if (number == 1)
        {
            return line == Heading ? null : throw new FormatException($"the heading has to be '{Heading}'");
        }

        return line.Split(',') is [var id, _, var deadline, _, ("0" or "1") and var fires]
            && DateTimeOffset.TryParse(deadline, CultureInfo.InvariantCulture, out var at)
                ? (id, at, fires == "1")
                : throw new FormatException($"it is not of the form '{Heading}', with instants, and 0 or 1 at the end");
    }
}
