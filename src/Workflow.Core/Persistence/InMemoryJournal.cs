namespace Workflow.Core.Persistence;

/// <summary>One piece of the history of a process instance, with those before it.</summary>
internal sealed class InMemoryJournal
{
    private readonly long _firstNumber;
    private readonly int _count;
    private readonly byte[] _content;

    public InMemoryJournal(StoredJournal piece, InMemoryJournal? earlier)
    {
        _firstNumber = piece.FirstNumber;
        _count = piece.Count;
        _content = piece.Content.ToArray();
        Earlier = earlier;
    }

    /// <summary>The piece before; null for the first.</summary>
    public InMemoryJournal? Earlier { get; }

    public long LastNumber => _firstNumber + _count - 1;

    public StoredJournal ToStored() => new(_firstNumber, _count, _content);
}
