using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>News for other engines, which may be of another version, is read by every later one; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenNewsTests
{
    private static readonly ProcessInstanceId _id = new(7);

    private static ProcessNews[] All =>
    [
        new ProcessNews.Changed
        {
            ProcessInstance = _id,
            Definition = "Payment",
            DefinitionVersion = 3,
            Number = 12,
            Status = ProcessInstanceStatus.Stopped,
            StatusBefore = ProcessInstanceStatus.Active,
            AreTimersChanged = true,
            Tasks =
            [
                .. Enum.GetValues<TaskNewsKind>()
                    .Select(kind => new TaskNews(_id.Task((int)kind), kind, "Decide", [Destination.User("ann"), Destination.Role("Clerks")])),
            ],
            ServerItems = [.. Enum.GetValues<ServerItemStatus>().Select(status => new ServerItemNews(_id.Task(9), status, "Pay"))],
        },
        new ProcessNews.Changed { ProcessInstance = _id, Definition = "Payment", DefinitionVersion = 1, Number = 1, Status = ProcessInstanceStatus.Active },
        new ProcessNews.LookAnew(LookAnewReason.Unknown),
    ];

    private static string Written(ProcessNews news)
    {
        var writer = new PartWriter();
        return Convert.ToHexString(writer.Memory(NewsWriter.Write(writer, _id, news)).Span);
    }

    [Test]
    [Statement("13.8")]
    [Statement("13.12")]
    public async Task News_that_version_27_has_stored_is_read_and_written_again_as_it_was()
    {
        var lines = await GoldenFile.LinesAsync("27", "news.txt", () => Task.FromResult(string.Concat(All.Select(news => Written(news) + "\n"))));

        lines.Length.ShouldBe(All.Length);
        foreach (var (line, news) in lines.Zip(All))
        {
            var read = NewsReader.Read(_id, Convert.FromHexString(line));
            (read is null ? "nothing is known" : NewsWatcher.Text(read)).ShouldBe(news is ProcessNews.Changed ? NewsWatcher.Text(news) : "nothing is known");
            Written(read ?? news).ShouldBe(line);
        }
    }

    [Test]
    [Statement("14.9")]
    public void News_of_another_instance_or_with_an_unknown_change_is_refused()
    {
        var writer = new PartWriter();
        var news = (ProcessNews.Changed)All[1] with { Tasks = [new TaskNews(_id.Task(1), (TaskNewsKind)99, "Decide", [])] };
        var content = writer.Memory(NewsWriter.Write(writer, _id, news));

        Should.Throw<StoredFormatException>(() => NewsReader.Read(_id, content.Span)).Message.ShouldContain("99 is no change of a task");
        Should.Throw<StoredFormatException>(() => NewsReader.Read(new ProcessInstanceId(8), content.Span)).Message.ShouldContain("checksum");
    }
}
