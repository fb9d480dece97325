using Workflow.Core.Instances;

namespace Workflow.Core.Formats;

/// <summary>Reads the pieces that <see cref="JournalWriter"/> wrote.</summary>
internal static class JournalReader
{
    /// <param name="piece">The stored bytes.</param>
    /// <param name="id">The process instance.</param>
    /// <param name="firstNumber">The number of the first entry in them.</param>
    public static List<JournalEntry> Read(ReadOnlySpan<byte> piece, ProcessInstanceId id, long firstNumber)
    {
        var reader = new PartReader(piece, PartKind.Journal, new PartPlace(id.Value, Number: firstNumber), $"history of process instance {id}");
        var texts = new List<string>();
        var entries = new List<JournalEntry>();
        var time = reader.Instant();
        while (!reader.IsAtEnd)
        {
            var kind = reader.Choice<JournalKind>();
            var contents = (JournalContents)reader.Byte();
            time = reader.Instant(time);
            entries.Add(new JournalEntry
            {
                Number = firstNumber + entries.Count,
                Kind = kind,
                Time = time,
                ActivityInstance = contents.HasFlag(JournalContents.ActivityInstance) ? reader.Integer() : 0,
                Destination = contents.HasFlag(JournalContents.Destination) ? reader.Integer() : 0,
                Event = contents.HasFlag(JournalContents.Event) ? reader.Integer() : 0,
                Name = contents.HasFlag(JournalContents.Name) ? Text(ref reader, texts) : null,
                Detail = contents.HasFlag(JournalContents.Detail) ? Text(ref reader, texts) : null,
                User = contents.HasFlag(JournalContents.User) ? Text(ref reader, texts) : null,
                Result = contents.HasFlag(JournalContents.Result),
                Value = contents.HasFlag(JournalContents.Value) ? reader.Value() : FieldValue.Null,
            });
        }

        return entries;
    }

    private static string Text(ref PartReader reader, List<string> texts)
    {
        var back = reader.Integer();
        if (back == 0)
        {
            var text = reader.Text();
            texts.Add(text);
            return text;
        }

        return back <= texts.Count ? texts[^back] : throw reader.Refuse($"a text refers {back.Invariant()} back and there are {texts.Count.Invariant()}");
    }
}
