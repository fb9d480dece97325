using Workflow.Core.Instances;

namespace Workflow.Core.Formats;

/// <summary>Writes the facts of one commit as one piece, each as it happens. A text that occurred among the last few different ones is referred to and not
/// repeated.</summary>
internal sealed class JournalWriter
{
    /// <summary>How many different texts are looked back at. The reader keeps all of them, so the number may change.</summary>
    private const int Window = 16;

    private readonly PartWriter _writer = new();
    private readonly List<string> _texts = [];
    private long _time;

    /// <summary>How many facts have been written.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        if (Count > 0)
        {
            _writer.Clear();
            _texts.Clear();
            Count = 0;
        }
    }

    /// <summary>Writes a fact; its number is given by its place.</summary>
    public void Add(
        JournalKind kind,
        DateTimeOffset time,
        int activityInstance = 0,
        int destination = 0,
        int eventInstance = 0,
        string? name = null,
        string? detail = null,
        string? user = null,
        bool result = false)
    {
        Head(kind, time, Contents(activityInstance, destination, eventInstance) | Contents(name, detail, user, result));
        Numbers(activityInstance, destination, eventInstance);
        Texts(name, detail, user);
    }

    /// <summary>Writes that a data field has a new value.</summary>
    public void AddFieldChange(DateTimeOffset time, int activityInstance, int destination, string name, in FieldValue value)
    {
        var contents = Contents(activityInstance, destination, eventInstance: 0) | JournalContents.Name;
        Head(JournalKind.FieldChanged, time, value.IsNull ? contents : contents | JournalContents.Value);
        Numbers(activityInstance, destination, eventInstance: 0);
        Text(name);
        if (!value.IsNull)
        {
            _writer.Value(value);
        }
    }

    /// <summary>Closes the piece.</summary>
    /// <returns>Its bytes; good until <see cref="Clear"/>.</returns>
    public ReadOnlyMemory<byte> End() => _writer.Memory(_writer.End());

    private static JournalContents Contents(int activityInstance, int destination, int eventInstance) =>
        (activityInstance != 0 ? JournalContents.ActivityInstance : 0)
        | (destination != 0 ? JournalContents.Destination : 0)
        | (eventInstance != 0 ? JournalContents.Event : 0);

    private static JournalContents Contents(string? name, string? detail, string? user, bool result) =>
        (name is not null ? JournalContents.Name : 0)
        | (detail is not null ? JournalContents.Detail : 0)
        | (user is not null ? JournalContents.User : 0)
        | (result ? JournalContents.Result : 0);

    private void Head(JournalKind kind, DateTimeOffset time, JournalContents contents)
    {
        if (Count++ == 0)
        {
            _writer.Begin(PartKind.Journal);
            _writer.Instant(time);
            _time = time.UtcTicks;
        }

        _writer.Byte((byte)kind);
        _writer.Byte((byte)contents);
        _writer.Signed(time.UtcTicks - _time);
        _time = time.UtcTicks;
    }

    private void Numbers(int activityInstance, int destination, int eventInstance)
    {
        if (activityInstance != 0)
        {
            _writer.Number(activityInstance);
        }

        if (destination != 0)
        {
            _writer.Number(destination);
        }

        if (eventInstance != 0)
        {
            _writer.Number(eventInstance);
        }
    }

    private void Texts(string? name, string? detail, string? user)
    {
        if (name is not null)
        {
            Text(name);
        }

        if (detail is not null)
        {
            Text(detail);
        }

        if (user is not null)
        {
            Text(user);
        }
    }

    /// <summary>Zero and the text when it is new; otherwise how many different texts ago it occurred.</summary>
    private void Text(string text)
    {
        for (var back = 1; back <= Window && back <= _texts.Count; back++)
        {
            if (string.Equals(_texts[^back], text, StringComparison.Ordinal))
            {
                _writer.Number(back);
                return;
            }
        }

        _writer.Number(0);
        _writer.Text(text);
        _texts.Add(text);
    }
}
