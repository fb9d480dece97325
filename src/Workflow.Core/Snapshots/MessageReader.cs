using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="MessageWriter"/> wrote.</summary>
internal static class MessageReader
{
    /// <exception cref="StoredFormatException">The message cannot be read.</exception>
    public static FamilyMessage Read(in ProcessMessage message)
    {
        var reader = new PartReader(
            message.Content.Span, PartKind.Message, MessageWriter.PlaceOf(message.To, message.From, message.Number),
            $"message {message.Number.Invariant()} of process instance {message.From} to {message.To}");
        var number = reader.Integer();
        FamilyMessage read = number switch
        {
            1 => new FamilyMessage.Started(message.To, Start(ref reader)),
            2 => new FamilyMessage.ParentEnded(message.To),
            3 => new FamilyMessage.Ended(message.To, reader.Integer(), reader.Integer(), reader.Flag(), reader.Flag(), End(ref reader)),
            _ => throw reader.Refuse($"no message has the number {number.Invariant()}"),
        };
        reader.End();
        return read;
    }

    /// <summary>The sub-process of an event, or none.</summary>
    public static SubProcessRun? Run(ref PartReader reader)
    {
        if (!reader.Flag())
        {
            return null;
        }

        var child = new SubProcess(new ProcessInstanceId((long)reader.Number()), reader.Text(), reader.Integer());
        return new SubProcessRun(child, reader.Flag() ? End(ref reader) : null);
    }

    /// <summary>The event that has started an instance, or none.</summary>
    public static ParentProcess? Parent(ref PartReader reader)
    {
        if (!reader.Flag())
        {
            return null;
        }

        var serial = new SerialNumber(new ProcessInstanceId((long)reader.Number()), reader.Integer());
        return new ParentProcess(serial, reader.Text(), reader.Text(), reader.Integer())
        {
            EventInstance = reader.Integer(),
            Waits = reader.Flag(),
            EndsWithIt = reader.Flag(),
            Returned = Returned(ref reader),
        };
    }

    private static ReturnedField[] Returned(ref PartReader reader)
    {
        var returned = new ReturnedField[reader.Count()];
        for (var index = 0; index < returned.Length; index++)
        {
            returned[index] = new ReturnedField(reader.Text(), reader.Text());
        }

        return returned;
    }

    private static SubProcessStart Start(ref PartReader reader)
    {
        var (definition, version, folio, originator) = (reader.Text(), reader.Integer(), reader.Text(), reader.Text());
        DateTimeOffset? due = reader.Flag() ? reader.Instant() : null;
        var values = ChangeList.Read(ref reader);
        return Parent(ref reader) is { } parent
            ? new SubProcessStart(definition, version, folio, originator, due, values, parent)
            {
                AttachedText = reader.Version >= PartFormat.WithAttachedTexts ? reader.OptionalText() : null,
            }
            : throw reader.Refuse("it names no parent");
    }

    private static SubProcessEnd End(ref PartReader reader) => new(reader.Flag(), ChangeList.Read(ref reader), reader.OptionalText());
}
