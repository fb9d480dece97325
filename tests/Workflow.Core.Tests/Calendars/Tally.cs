using System.Globalization;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Counts comparisons and keeps the first differences.</summary>
internal sealed class Tally
{
    private const int Shown = 10;

    private readonly List<string> _differences = [];

    public long Compared { get; private set; }

    public long Different { get; private set; }

    /// <summary>The first differences, each with its question and the two answers.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Asks for an answer and compares it. An answer that is not known is not asked for.</summary>
    public void Compare<T>(T? expected, Func<T> ask, Func<string> question)
        where T : struct
    {
        if (expected is { } known)
        {
            Compared++;
            try
            {
                var actual = ask();
                if (!EqualityComparer<T>.Default.Equals(actual, known))
                {
                    Keep($"{question()}: {Text(known)} expected, but was {Text(actual)}");
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Keep($"{question()}: {Text(known)} expected, but failed: {exception.Message}");
            }
        }
    }

    private static string? Text<T>(T answer) => answer switch
    {
        DateTimeOffset instant => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        DateTime clock => clock.ToString("O", CultureInfo.InvariantCulture),
        _ => answer?.ToString(),
    };

    private void Keep(string difference)
    {
        Different++;
        if (_differences.Count < Shown)
        {
            _differences.Add(difference);
        }
    }
}
