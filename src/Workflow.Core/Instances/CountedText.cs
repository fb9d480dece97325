namespace Workflow.Core.Instances;

/// <summary>How many completed slots of an activity instance hold a text in a destination field.</summary>
/// <param name="Ordinal">The position of the field among the destination fields.</param>
/// <param name="Text">The text.</param>
/// <param name="Slots">How many slots hold it.</param>
internal readonly record struct CountedText(int Ordinal, string Text, int Slots)
{
    /// <summary>Whether it counts a text in a field.</summary>
    public bool Is(int ordinal, string text) => Ordinal == ordinal && string.Equals(Text, text, StringComparison.Ordinal);
}
