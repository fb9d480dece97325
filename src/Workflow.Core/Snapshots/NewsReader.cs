using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="NewsWriter"/> wrote.</summary>
internal static class NewsReader
{
    /// <param name="instance">The process instance.</param>
    /// <param name="content">The news as it is stored.</param>
    /// <returns>The news; null when the engine that stored it did not know what has changed.</returns>
    /// <exception cref="StoredFormatException">The news cannot be read.</exception>
    public static ProcessNews.Changed? Read(ProcessInstanceId instance, ReadOnlySpan<byte> content)
    {
        var reader = new PartReader(content, PartKind.News, NewsWriter.PlaceOf(instance), $"news of process instance {instance}");
        var read = reader.Flag() ? Changed(ref reader, instance) : null;
        reader.End();
        return read;
    }

    private static ProcessNews.Changed Changed(ref PartReader reader, ProcessInstanceId instance) => new()
    {
        ProcessInstance = instance,
        Definition = reader.Text(),
        DefinitionVersion = reader.Integer(),
        Number = reader.Long(),
        Status = reader.Choice<ProcessInstanceStatus>(),
        StatusBefore = reader.Flag() ? reader.Choice<ProcessInstanceStatus>() : null,
        AreTimersChanged = reader.Flag(),
        Tasks = Tasks(ref reader, instance),
        ServerItems = Items(ref reader, instance),
    };

    private static TaskNews[] Tasks(ref PartReader reader, ProcessInstanceId instance)
    {
        var tasks = new TaskNews[reader.Count()];
        for (var index = 0; index < tasks.Length; index++)
        {
            var serial = new SerialNumber(instance, reader.Integer());
            var kind = (TaskNewsKind)reader.Integer();
            if (!Enum.IsDefined(kind))
            {
                throw reader.Refuse($"{((int)kind).Invariant()} is no change of a task");
            }

            var activity = reader.Text();
            var people = new Destination[reader.Count()];
            for (var who = 0; who < people.Length; who++)
            {
                people[who] = Destination.Stored(reader.Choice<DestinationKind>(), reader.Text());
            }

            tasks[index] = new TaskNews(serial, kind, activity, people);
        }

        return tasks;
    }

    private static ServerItemNews[] Items(ref PartReader reader, ProcessInstanceId instance)
    {
        var items = new ServerItemNews[reader.Count()];
        for (var index = 0; index < items.Length; index++)
        {
            var serial = new SerialNumber(instance, reader.Integer());
            var status = (ServerItemStatus)reader.Integer();
            items[index] = Enum.IsDefined(status)
                ? new ServerItemNews(serial, status, reader.Text())
                : throw reader.Refuse($"{((int)status).Invariant()} is no status of a server item");
        }

        return items;
    }
}
