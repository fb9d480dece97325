namespace Workflow.Core.Formats;

/// <summary>Marks in the byte in front of a stored field value; the rest of it is the number of the type.</summary>
internal static class ValueTag
{
    public const int List = 0x80;
}
