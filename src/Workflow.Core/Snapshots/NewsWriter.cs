using Workflow.Core.Formats;
using Workflow.Core.Records;

namespace Workflow.Core.Snapshots;

/// <summary>Writes news for other engines. It is a piece of its own, whose place is the process instance.</summary>
internal static class NewsWriter
{
    public static Range Write(PartWriter writer, ProcessInstanceId instance, ProcessNews news)
    {
        writer.Begin(PartKind.News, PartFormat.WithNews);
        writer.Flag(news is ProcessNews.Changed);
        if (news is ProcessNews.Changed change)
        {
            Changed(writer, change);
        }

        return writer.End(PlaceOf(instance));
    }

    /// <summary>The place of news.</summary>
    public static PartPlace PlaceOf(ProcessInstanceId instance) => new(instance.Value);

    private static void Changed(PartWriter writer, ProcessNews.Changed change)
    {
        writer.Text(change.Definition);
        writer.Number(change.DefinitionVersion);
        writer.Number(change.Number);
        writer.Choice(change.Status);
        writer.Flag(change.StatusBefore is not null);
        if (change.StatusBefore is { } before)
        {
            writer.Choice(before);
        }

        writer.Flag(change.AreTimersChanged);
        writer.Number(change.Tasks.Count);
        foreach (var task in change.Tasks)
        {
            writer.Number(task.Serial.Destination);
            writer.Number((int)task.Kind);
            writer.Text(task.Activity);
            writer.Number(task.For.Count);
            foreach (var who in task.For)
            {
                writer.Choice(who.Kind);
                writer.Text(who.Name);
            }
        }

        writer.Number(change.ServerItems.Count);
        foreach (var item in change.ServerItems)
        {
            writer.Number(item.Serial.Destination);
            writer.Number((int)item.Status);
            writer.Text(item.Activity);
        }
    }
}
