using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words that the tests written from the documents have in common.</summary>
internal static class Words
{
    /// <summary>Lets everybody do everything: for tests that are not about rights.</summary>
    public static ProcessBuilder OpenToAll(this ProcessBuilder process) => process.Rights(rights => rights.Everyone(ProcessRight.Admin));

    /// <summary>Adds an asynchronous server event.</summary>
    public static ActivityBuilder Waits(this ActivityBuilder activity, string name = "Wait") =>
        activity.Server(name, context => context.WaitUntilFinished());

    /// <summary>Adds a synchronous server event that leaves its trace in a list.</summary>
    public static ActivityBuilder Logs(this ActivityBuilder activity, string name, ICollection<string> log) =>
        activity.Server(name, context => log.Add($"{context.Activity}/{name} {context.Serial}"));

    /// <summary>Starts an instance of the first definition.</summary>
    public static async Task<ProcessInstanceId> BeginAsync(this WorkflowTestBed bed, Action<ProcessStart>? begin = null) =>
        (await bed.StartAsync("dora", begin)).Id;

    /// <summary>Finishes a server item as somebody who may.</summary>
    public static Task<FinishReceipt> FinishAsync(this WorkflowTestBed bed, SerialNumber serial, Action<ServerItemFinish>? result = null) =>
        bed.FinishAsync("bank", serial, result);

    /// <summary>Finishes the only server item that waits in an activity.</summary>
    public static async Task<FinishReceipt> FinishAsync(
        this WorkflowTestBed bed, ProcessInstanceId id, string activity, Action<ServerItemFinish>? result = null)
    {
        var items = await bed.Engine.AsSystem().FindServerItemsAsync(new() { ProcessInstance = id, Activity = activity });
        return await bed.FinishAsync("bank", items.ShouldHaveSingleItem().Serial, result);
    }

    /// <summary>Where an instance stands.</summary>
    public static async Task<ProcessInstanceStatus> StatusAsync(this WorkflowTestBed bed, ProcessInstanceId id) => (await bed.ReadAsync(id)).Status;

    /// <summary>The names in all facts of a kind, oldest first.</summary>
    public static async Task<string[]> NamesAsync(this WorkflowTestBed bed, ProcessInstanceId id, JournalKind kind) =>
        [.. (await bed.HistoryAsync(id)).Where(entry => entry.Kind == kind).Select(entry => entry.Name ?? "")];

    /// <summary>The activities that were reached, in order.</summary>
    public static Task<string[]> StartedAsync(this WorkflowTestBed bed, ProcessInstanceId id) => bed.NamesAsync(id, JournalKind.ActivityStarted);

    /// <summary>The activities that ended as Completed, in order.</summary>
    public static Task<string[]> CompletedAsync(this WorkflowTestBed bed, ProcessInstanceId id) => bed.NamesAsync(id, JournalKind.ActivityCompleted);

    /// <summary>The activities that ended as Expired, in order.</summary>
    public static Task<string[]> ExpiredAsync(this WorkflowTestBed bed, ProcessInstanceId id) => bed.NamesAsync(id, JournalKind.ActivityExpired);

    /// <summary>How many facts of a kind there are.</summary>
    public static async Task<int> CountAsync(this WorkflowTestBed bed, ProcessInstanceId id, JournalKind kind) =>
        (await bed.HistoryAsync(id)).Count(entry => entry.Kind == kind);

    /// <summary>Every order of the numbers from zero.</summary>
    public static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(place => (int[])[.. order[..place], count - 1, .. order[place..]]));
}
