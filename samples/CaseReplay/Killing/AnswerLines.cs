using System.Globalization;
using Cases.Playing;

namespace Cases.Killing;

/// <summary>Tells each answer on a line of its own, for the process that is going to kill this one; and reads such lines there.</summary>
/// <remarks>A line ends with a mark: one that was cut off by the kill has not been said.</remarks>
public sealed class AnswerLines(TextWriter output) : IReplayObserver
{
    private const string Mark = ".";

    private readonly Lock _gate = new();

    public void Begin(int stored, int fired, int total) => Write("begin", Text(stored), Text(fired), Text(total));

    public void Due(DateTimeOffset at) => Write("due", Text(at));

    public void Step(DateTimeOffset at, int alive, bool isEscalation) => Write(isEscalation ? "fired" : "step", Text(at), Text(alive));

    public void Differ(Difference difference) =>
        Write(["difference", .. new[] { difference.Case, difference.What, difference.Transcript }.Select(Uri.EscapeDataString)]);

    public void MonthEnd(MonthEndResult month) => Write(["month end", Text(month.At), Text(month.Counts), .. month.Differences.Select(Uri.EscapeDataString)]);

    /// <summary>Passes on what a line says.</summary>
    public static void Read(string line, IReplayObserver observer)
    {
        switch (line.Split('\t'))
        {
            case ["begin", var stored, var fired, var total, Mark]:
                observer.Begin(Number(stored), Number(fired), Number(total));
                break;
            case ["due", var at, Mark]:
                observer.Due(Instant(at));
                break;
            case [("step" or "fired") and var what, var at, var alive, Mark]:
                observer.Step(Instant(at), Number(alive), what == "fired");
                break;
            case ["difference", var of, var what, var transcript, Mark]:
                observer.Differ(new Difference(Uri.UnescapeDataString(of), Uri.UnescapeDataString(what), Uri.UnescapeDataString(transcript)));
                break;
            case ["month end", var at, var counts, .. var differences, Mark]:
                observer.MonthEnd(new MonthEndResult(Instant(at), Number(counts), [.. differences.Select(Uri.UnescapeDataString)]));
                break;
        }
    }

    private void Write(params IEnumerable<string> parts)
    {
        lock (_gate)
        {
            output.WriteLine(string.Join('\t', [.. parts, Mark]));
            output.Flush();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
