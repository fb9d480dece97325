using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about what people see and may do.</summary>
internal static class Staff
{
    private static readonly WorklistItemStatus[] _every = Enum.GetValues<WorklistItemStatus>();

    /// <summary>Adds a task with the actions Approve and Reject, and an outcome for each.</summary>
    public static ActivityBuilder ApprovesOrRejects(this ActivityBuilder activity) =>
        activity.Client("Decide", task => task.Action("Approve").Action("Reject")).OutcomesFromActions();

    /// <summary>A process of one activity, Work, and the activities Done and Refused behind its outcomes.</summary>
    public static ProcessDefinition Deciding(Action<ActivityBuilder> plan, string name = "Expense") => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start).Admin("boss"));
        var work = process.Activity("Work", activity =>
        {
            plan(activity);
            activity.ApprovesOrRejects();
        });
        process.StartsWith(work);
        work.On("Approve", process.Activity("Done")).On("Reject", process.Activity("Refused"));
    });

    /// <summary>The serial number of a destination of an instance.</summary>
    public static SerialNumber Task(this ProcessInstanceId id, int destination) => new(id, destination);

    /// <summary>The items on the worklist of a user, of the statuses that are shown by themselves, in its order.</summary>
    public static async Task<string> SeesAsync(this WorkflowTestBed bed, string user) => Text(await bed.WorklistAsync(user));

    /// <summary>The items on the worklist of a user, in every status.</summary>
    public static async Task<string> SeesAllAsync(this WorkflowTestBed bed, string user) =>
        Text(await bed.Engine.As(user).Worklist.ListAsync(new WorklistQuery { Statuses = _every, Limit = 500 }));

    /// <summary>Items by serial number and status, and for whom the user acts, where it is another.</summary>
    public static string Text(IEnumerable<WorklistItem> items) => string.Join(", ", items.Select(Text));

    public static string Text(WorklistItem item) => $"{item.Serial} {item.Status}{(item.ActingFor is null ? "" : $" for {item.ActingFor}")}";

    /// <summary>Checks that a user has no access to a task: they can neither open it nor act on it.</summary>
    public static async Task ShouldHaveNoAccessAsync(this WorkflowTestBed bed, string user, SerialNumber serial, string action = "Approve")
    {
        var refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.OpenAsync(user, serial));
        refusal.Serial.ShouldBe(serial);
        refusal.User.ShouldBe(user);
        refusal.Message.ShouldContain("24411");
        await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.ActAsync(user, serial, action));
    }

    /// <summary>The users who have completed slots of an activity that is active, and on whose behalf where it was another.</summary>
    public static async Task<string> AnsweredAsync(this WorkflowTestBed bed, ProcessInstanceId id) => string.Join(", ", (await bed.HistoryAsync(id))
        .Where(entry => entry.Kind is JournalKind.SlotCompleted)
        .Select(entry => $"{entry.User} {entry.Name}{(string.IsNullOrEmpty(entry.Detail) ? "" : $" for {entry.Detail}")}"));

    /// <summary>The outcome that an activity came to: the last value that was written to it; empty when none was.</summary>
    public static async Task<string> OutcomeAsync(this WorkflowTestBed bed, ProcessInstanceId id) => (await bed.HistoryAsync(id))
        .Where(entry => entry.Kind is JournalKind.FieldChanged && entry.Name == "Outcome")
        .Select(entry => entry.Value.ToString().Trim('"'))
        .LastOrDefault("");

    /// <summary>The users, groups and roles that a task is for, and who holds a slot, as an administrator sees it.</summary>
    public static async Task<string> EverybodyAsync(this WorkflowTestBed bed, WorklistQuery? query = null) =>
        string.Join(", ", (await bed.Engine.AsSystem().ManageAsync(query))
            .Select(entry => $"{entry.Serial} {entry.Destination}{Holder(entry)} {entry.Status}"));

    private static string Holder(WorklistEntry entry) =>
        entry.User is null || string.Equals(entry.User, entry.Destination.Name, StringComparison.OrdinalIgnoreCase) ? "" : $" by {entry.User}";

    private static ValueTask<IReadOnlyList<WorklistEntry>> ManageAsync(this WorkflowConnection connection, WorklistQuery? query) =>
        Management.WorklistManagementExtensions.ManageWorklists(connection).ListAsync(query);
}
