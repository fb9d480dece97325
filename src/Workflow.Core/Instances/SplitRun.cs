namespace Workflow.Core.Instances;

/// <summary>One run of an activity whose lines a join counts, and the lines that it has taken (statement 13.1c).</summary>
internal sealed class SplitRun(int split, string activity)
{
    private readonly List<TakenLine> _lines = [];

    /// <summary>The number of the activity instance; 0 for the start of the process.</summary>
    public int Split => split;

    /// <summary>The name of the activity.</summary>
    public string Activity { get; private set; } = activity;

    /// <summary>The lines that were taken, in order.</summary>
    public IReadOnlyList<TakenLine> Lines => _lines;

    /// <summary>A line was taken.</summary>
    public void Take(string line, bool isOver = false) => _lines.Add(new TakenLine(line, isOver));

    /// <summary>Nothing is left on a line.</summary>
    public void End(int position) => _lines[position] = _lines[position] with { IsOver = true };

    /// <summary>The elements have other names in another version (statement 8.8).</summary>
    public void Rename(string activity, Func<string, string> line)
    {
        Activity = activity;
        for (var place = 0; place < _lines.Count; place++)
        {
            _lines[place] = _lines[place] with { Line = line(_lines[place].Line) };
        }
    }

    /// <summary>A line that was taken.</summary>
    /// <param name="Line">Its name.</param>
    /// <param name="IsOver">Whether nothing that came along it is left.</param>
    internal readonly record struct TakenLine(string Line, bool IsOver);
}
