using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Words that the tests of the patterns have in common.</summary>
internal static class PatternWords
{
    /// <summary>The activities at work, oldest first, without those that wait for their turn; or how the instance stands when it is not Active.</summary>
    public static async Task<string> AtWorkAsync(this WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        return process.Status is ProcessInstanceStatus.Active
            ? string.Join(", ", process.Activities.Where(activity => activity.Status is ActivityInstanceStatus.Active && activity.Wait is null).Select(
                activity => activity.Name))
            : process.Status.ToString();
    }

    /// <summary>The events that wait for an outside system, in the order of their serial numbers.</summary>
    public static async Task<string> WaitingAsync(this WorkflowTestBed bed, ProcessInstanceId id) => string.Join(
        ", ",
        (await bed.Engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = id })).Select(item => item.Event));

    /// <summary>How often an activity has completed.</summary>
    public static async Task<int> RunsAsync(this WorkflowTestBed bed, ProcessInstanceId id, string activity) =>
        (await bed.CompletedAsync(id)).Count(name => name == activity);

    /// <summary>The serial number of the only server item that waits in an activity.</summary>
    public static async Task<SerialNumber> SerialAsync(this WorkflowTestBed bed, ProcessInstanceId id, string activity) =>
        (await bed.WaitingOfAsync(id, activity)).ShouldHaveSingleItem();

    /// <summary>The serial numbers of the server items that wait in an activity, in order.</summary>
    public static async Task<IReadOnlyList<SerialNumber>> WaitingOfAsync(this WorkflowTestBed bed, ProcessInstanceId id, string activity) =>
        [.. (await bed.Engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = id, Activity = activity })).Select(item => item.Serial)];

    /// <summary>That a server item has expired: whoever finishes it is told so, and nothing changes.</summary>
    public static async Task ShouldHaveExpiredAsync(this WorkflowTestBed bed, SerialNumber serial)
    {
        var before = await bed.StoredBytesAsync(serial.ProcessInstance);
        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync("bank", serial));
        (await bed.StoredBytesAsync(serial.ProcessInstance)).ShouldBe(before);
    }

    /// <summary>That an instance has completed and no join still waited for an arrival.</summary>
    public static async Task ShouldBeOverAsync(this WorkflowTestBed bed, ProcessInstanceId id)
    {
        (await bed.AtWorkAsync(id)).ShouldBe(nameof(ProcessInstanceStatus.Completed));
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.CountAsync(id, JournalKind.ProcessCompleted)).ShouldBe(1);
    }
}
