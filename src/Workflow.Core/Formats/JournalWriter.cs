using Workflow.Core.Instances;

namespace Workflow.Core.Formats;

/// <summary>Writes the facts of one commit as one piece, each as it happens. A text that occurred among the last few different ones is referred to and not
/// repeated.</summary>
internal sealed class JournalWriter
{
    /// <summary>Kind, contents, the time and three numbers of a fact take no more than this.</summary>
    private const int MostBytes = 32;

    private readonly PartWriter _writer = new();
    private readonly RecentTexts _texts = new();
    private long _time;
    private (JournalKind Kind, DateTimeOffset At, string? User, string? Detail) _act;

    /// <summary>How many facts have been written.</summary>
    public int Count { get; private set; }

    /// <summary>The last act that was written; null for none.</summary>
    public LastAct? LastAct => LastAct.Of(_act.Kind, _act.At, _act.User, _act.Detail);

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        if (Count > 0)
        {
            _writer.Clear();
            _texts.Clear();
            Count = 0;
            _act = default;
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
        var contents = Contents(activityInstance, destination, eventInstance) | Contents(name, detail, user, result);
        Fact(kind, time, contents, activityInstance, destination, eventInstance);
        Texts(name, detail, user);
        if (user is not null && LastAct.Is(kind))
        {
            _act = (kind, time, user, detail);
        }
    }

    /// <summary>Writes that an instance was started, with the text that is attached to it.</summary>
    public void AddStart(DateTimeOffset time, string name, string detail, string user, in FieldValue attached)
    {
        const JournalContents Contents = JournalContents.Name | JournalContents.Detail | JournalContents.User | JournalContents.Value;
        Fact(JournalKind.ProcessStarted, time, Contents, activityInstance: 0, destination: 0, eventInstance: 0);
        Texts(name, detail, user);
        _writer.Value(attached);
        _act = (JournalKind.ProcessStarted, time, user, detail);
    }

    /// <summary>Writes that a data field has a new value.</summary>
    public void AddFieldChange(DateTimeOffset time, int activityInstance, int destination, string name, in FieldValue value)
    {
        var contents = Contents(activityInstance, destination, eventInstance: 0) | JournalContents.Name;
        contents |= value.IsNull ? 0 : JournalContents.Value;
        Fact(JournalKind.FieldChanged, time, contents, activityInstance, destination, eventInstance: 0);
        _texts.Write(_writer, name);
        if (!value.IsNull)
        {
            _writer.Value(value);
        }
    }

    /// <summary>Closes the piece.</summary>
    /// <param name="id">The process instance.</param>
    /// <param name="firstNumber">The number of the first fact in it.</param>
    /// <returns>Its bytes; good until <see cref="Clear"/>.</returns>
    public ReadOnlyMemory<byte> End(ProcessInstanceId id, long firstNumber) => _writer.Memory(_writer.End(new PartPlace(id.Value, Number: firstNumber)));

    private static JournalContents Contents(int activityInstance, int destination, int eventInstance) =>
        (activityInstance != 0 ? JournalContents.ActivityInstance : 0)
        | (destination != 0 ? JournalContents.Destination : 0)
        | (eventInstance != 0 ? JournalContents.Event : 0);

    private static JournalContents Contents(string? name, string? detail, string? user, bool result) =>
        (name is not null ? JournalContents.Name : 0)
        | (detail is not null ? JournalContents.Detail : 0)
        | (user is not null ? JournalContents.User : 0)
        | (result ? JournalContents.Result : 0);

    private void Fact(
        JournalKind kind, DateTimeOffset time, JournalContents contents, int activityInstance, int destination, int eventInstance)
    {
        var ticks = time.UtcTicks;
        if (Count++ == 0)
        {
            _writer.Begin(PartKind.Journal);
            _writer.Instant(time);
            _time = ticks;
        }

        var number = StoredChoices<JournalKind>.NumberOf(kind);
        _writer.Raise(StoredChoices<JournalKind>.SinceOf(number));
        var room = _writer.Reserve(MostBytes);
        room[0] = number;
        room[1] = (byte)contents;
        var place = PartWriter.Put(room, 2, PartWriter.ZigZag(ticks - _time));
        place = PutUnlessZero(room, place, activityInstance);
        place = PutUnlessZero(room, place, destination);
        place = PutUnlessZero(room, place, eventInstance);
        _writer.GiveBack(MostBytes - place);
        _time = ticks;
    }

    private static int PutUnlessZero(Span<byte> room, int place, int number) =>
        number == 0 ? place : PartWriter.Put(room, place, (uint)number);

    private void Texts(string? name, string? detail, string? user)
    {
        if (name is not null)
        {
            _texts.Write(_writer, name);
        }

        if (detail is not null)
        {
            _texts.Write(_writer, detail);
        }

        if (user is not null)
        {
            _texts.Write(_writer, user);
        }
    }
}
