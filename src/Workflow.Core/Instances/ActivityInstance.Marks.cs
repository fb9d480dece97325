namespace Workflow.Core.Instances;

/// <content>Its yes and no, a bit each: a process makes many activity instances.</content>
public sealed partial class ActivityInstance
{
    private Marks _marks;

    [Flags]
    private enum Marks : byte
    {
        JustOnce = 1,
        Changed = 2,
        Stored = 4,
        Forgotten = 8,
    }

    /// <summary>Whether its one destination is for everybody (statement 4.5).</summary>
    internal bool IsJustOnce
    {
        get => Has(Marks.JustOnce);
        private set => Mark(Marks.JustOnce, value);
    }

    internal bool IsChanged
    {
        get => Has(Marks.Changed);
        private set => Mark(Marks.Changed, value);
    }

    internal bool IsStored
    {
        get => Has(Marks.Stored);
        private set => Mark(Marks.Stored, value);
    }

    /// <summary>Whether it has ended and its lines are evaluated, so that only the history knows it.</summary>
    internal bool IsForgotten
    {
        get => Has(Marks.Forgotten);
        private set => Mark(Marks.Forgotten, value);
    }

    private bool Has(Marks mark) => (_marks & mark) != 0;

    private void Mark(Marks mark, bool isSet) => _marks = isSet ? _marks | mark : _marks & ~mark;
}
