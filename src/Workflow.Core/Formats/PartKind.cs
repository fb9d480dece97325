namespace Workflow.Core.Formats;

/// <summary>The kind of a stored piece of bytes. The numbers are stored and never change their meaning.</summary>
internal enum PartKind : byte
{
    Header = 1,
    Activity = 2,
    Destination = 3,
    Journal = 4,
    People = 5,
    Slot = 6,
    Planning = 7,
    Actors = 8,
    ErrorDetails = 9,
    Message = 10,
    News = 11,
}
