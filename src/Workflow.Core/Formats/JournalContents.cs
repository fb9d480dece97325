namespace Workflow.Core.Formats;

/// <summary>Which parts of a journal entry are stored; the others have their default. The numbers are stored and never change their meaning.</summary>
[Flags]
internal enum JournalContents : byte
{
    None = 0,
    ActivityInstance = 1,
    Destination = 2,
    Event = 4,
    Name = 8,
    Detail = 16,
    User = 32,
    Value = 64,
    Result = 128,
}
