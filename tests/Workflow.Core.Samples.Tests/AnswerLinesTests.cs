using Cases.Killing;
using Cases.Playing;

namespace Workflow.Core.Samples.Tests;

/// <summary>The findings of a replay before it is killed reach the one who kills it.</summary>
[TestFixture]
internal sealed class AnswerLinesTests
{
    private static readonly DateTimeOffset _instant = new(2018, 12, 20, 9, 30, 0, TimeSpan.FromHours(1));

    [Test]
    public void Everything_that_is_told_is_read_again()
    {
        var difference = new Difference("declaration 7", "open is\tDraft", "2018-12-20 ProcessStarted\n2018-12-20 ActivityStarted\n");
        var month = new MonthEndResult(_instant, 11, ["Draft: 3 and must be 2"]);
        var told = new Told();

        foreach (var line in Lines(lines =>
        {
            lines.Begin(3, 2, 100);
            lines.Due(_instant);
            lines.Step(_instant, 42, isEscalation: false);
            lines.Step(_instant, 43, isEscalation: true);
            lines.Differ(difference);
            lines.MonthEnd(month);
        }))
        {
            AnswerLines.Read(line, told);
        }

        told.Things.Count.ShouldBe(6);
        told.Things[0].ShouldBe((3, 2, 100));
        told.Things[1].ShouldBe(_instant);
        told.Things[2].ShouldBe((_instant, 42, false));
        told.Things[3].ShouldBe((_instant, 43, true));
        told.Things[4].ShouldBe(difference);
        var read = told.Things[5].ShouldBeOfType<MonthEndResult>();
        (read.At, read.Counts).ShouldBe((month.At, month.Counts));
        read.Differences.ShouldBe(month.Differences);
    }

    [Test]
    public void A_line_that_was_cut_off_says_nothing()
    {
        var line = Lines(lines => lines.Step(_instant, 42, isEscalation: false)).Single();
        var told = new Told();

        for (var length = 0; length < line.Length; length++)
        {
            AnswerLines.Read(line[..length], told);
        }

        told.Things.ShouldBeEmpty();
    }

    private static string[] Lines(Action<AnswerLines> tell)
    {
        using var output = new StringWriter();
        tell(new AnswerLines(output));
        return output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Told : IReplayObserver
    {
        public List<object> Things { get; } = [];

        public void Begin(int stored, int fired, int total) => Things.Add((stored, fired, total));

        public void Due(DateTimeOffset at) => Things.Add(at);

        public void Step(DateTimeOffset at, int alive, bool isEscalation) => Things.Add((at, alive, isEscalation));

        public void Differ(Difference difference) => Things.Add(difference);

        public void MonthEnd(MonthEndResult month) => Things.Add(month);
    }
}
