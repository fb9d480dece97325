using Workflow.Core.Instances;

namespace Workflow.Core.Formats;

/// <summary>The place where a piece is stored. The checksum covers it, so a piece in the place of another is noticed.</summary>
/// <param name="Process">The number of the process instance.</param>
/// <param name="ActivityInstance">The number of the activity instance; 0 for none.</param>
/// <param name="Destination">The number of the destination; 0 for none.</param>
/// <param name="Number">Which one of its kind; of a piece of history, the number of its first fact.</param>
internal readonly record struct PartPlace(long Process, int ActivityInstance = 0, int Destination = 0, long Number = 0)
{
    public static PartPlace Of(ProcessInstance process) => new(process.Id.Value);

    public static PartPlace Of(ActivityInstance activity) => new(activity.Process.Id.Value, activity.Id);

    public static PartPlace Of(ActivityInstanceDestination destination, int number = 0) =>
        new(destination.Activity.Process.Id.Value, destination.Activity.Id, destination.Id, number);
}
