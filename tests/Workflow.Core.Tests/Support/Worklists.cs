using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about the tasks of people. <c>dora</c> starts, <c>boss</c> administers, the letters work.</summary>
internal static class Worklists
{
    public static readonly string[] Users = ["A", "B", "C", "D", "E"];

    /// <summary>The first few users.</summary>
    public static string[] First(int count) => Users[..count];

    /// <code>
    ///             ┌── Approve ──► Done ──►
    /// ► Decide ───┤   (as far as it has these outcomes)
    ///             └── Reject ───► Refused ──►
    /// </code>
    public static ProcessDefinition Deciding(Action<ActivityBuilder> plan, params Field[] fields) => ProcessDefinition.Define("Deciding", process =>
    {
        process.Managed().Fields(fields);
        var decide = process.Activity("Decide", plan);
        process.StartsWith(decide);
        foreach (var outcome in process.OutcomesOf("Decide"))
        {
            decide.On(outcome, process.Activity(outcome == "Reject" ? "Refused" : "Done"));
        }
    });

    /// <code>
    /// ► Ask ──► After ──►
    /// </code>
    public static ProcessDefinition Asking(Action<ActivityBuilder> plan, params Field[] fields) => ProcessDefinition.Define("Asking", process =>
    {
        process.Managed().Fields(fields);
        var ask = process.Activity("Ask", plan);
        process.StartsWith(ask);
        ask.To(process.Activity("After"));
    });

    public static ProcessBuilder Managed(this ProcessBuilder process) => process.Rights(rights => rights.Start("dora").Admin("boss").ServerEvent("bank"));

    /// <summary>For the first few users, planned once with so many slots.</summary>
    public static ActivityBuilder Once(this ActivityBuilder activity, int people, int slots) =>
        activity.Destinations(to => to.Users(First(people))).PlanJustOnce(Slots.Number(slots));

    /// <summary>For the first few users, each with a destination of their own, all at once.</summary>
    public static ActivityBuilder Each(this ActivityBuilder activity, int people, int? slots = null) =>
        activity.Destinations(to => to.Users(First(people))).PlanPerDestination(slots is { } count ? Slots.Number(count) : null);

    /// <summary>For the first few users, each with a destination of their own, one after the other.</summary>
    public static ActivityBuilder InTurn(this ActivityBuilder activity, int people, int? slots = null) =>
        activity.Destinations(to => to.Users(First(people))).PlanPerDestinationInTurn(slots is { } count ? Slots.Number(count) : null);

    /// <summary>Adds a task with the actions Approve and Reject, which finish, and Save, which does not.</summary>
    public static ActivityBuilder Chooses(this ActivityBuilder activity, string name = "Decision", Action<ClientEventBuilder>? more = null) =>
        activity.Client(name, task =>
        {
            task.Action("Approve").Action("Reject").Update("Save");
            more?.Invoke(task);
        });

    public static async Task<WorklistItem> OpenAsync(this WorkflowTestBed bed, string user, SerialNumber serial, bool allocate = true) =>
        await bed.Engine.As(user).Worklist.OpenAsync(serial, allocate);

    /// <summary>All items of a user in an instance, in whatever status.</summary>
    public static async Task<IReadOnlyList<WorklistItem>> ItemsAsync(this WorkflowTestBed bed, string user, ProcessInstanceId id) =>
        await bed.Engine.As(user).Worklist.ListAsync(InAnyStatus(id));

    /// <summary>The one item of a user in an instance, in whatever status.</summary>
    public static async Task<WorklistItem> ItemAsync(this WorkflowTestBed bed, string user, ProcessInstanceId id) =>
        (await bed.ItemsAsync(user, id)).ShouldHaveSingleItem();

    public static async Task ReleaseAsync(this WorkflowTestBed bed, string user, ProcessInstanceId id) => await (await bed.ItemAsync(user, id)).ReleaseAsync();

    public static async Task SleepAsync(this WorkflowTestBed bed, string user, ProcessInstanceId id, int seconds) =>
        await (await bed.ItemAsync(user, id)).SleepAsync(TimeSpan.FromSeconds(seconds));

    public static async Task RedirectAsync(this WorkflowTestBed bed, string user, ProcessInstanceId id, string to) =>
        await (await bed.ItemAsync(user, id)).RedirectAsync(to);

    public static async Task DelegateAsync(this WorkflowTestBed bed, string user, ProcessInstanceId id, string to, params string[] actions) =>
        await (await bed.ItemAsync(user, id)).DelegateAsync(Destination.User(to), actions.Length == 0 ? null : actions);

    public static WorklistManagement Boss(this WorkflowTestBed bed) => bed.Engine.As("boss").ManageWorklists();

    /// <summary>Where the items of users stand, two letters each; two lines for a user who has none, or none any more.</summary>
    public static async Task<string> StandingAsync(this WorkflowTestBed bed, ProcessInstanceId id, params string[] users)
    {
        var letters = new List<string>();
        foreach (var user in users.Length == 0 ? Users : users)
        {
            var items = await bed.ItemsAsync(user, id);
            letters.Add(items.Count == 0 ? "--" : string.Join('/', items.Select(item => item.Status.ToString()[..2])));
        }

        return string.Join(' ', letters);
    }

    /// <summary>Those of some users on whose default worklist an instance is, in order.</summary>
    public static async Task<string> SeenByAsync(this WorkflowTestBed bed, ProcessInstanceId id, params string[] users)
    {
        var seen = new List<string>();
        foreach (var user in users.Length == 0 ? Users : users)
        {
            if ((await bed.Engine.As(user).Worklist.ListAsync()).Any(item => item.ProcessInstance == id))
            {
                seen.Add(user);
            }
        }

        return string.Concat(seen);
    }

    /// <summary>The administrator's view of an instance: for whom, who holds the slot, and where it stands.</summary>
    public static async Task<string[]> ManagedAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.Boss().ListAsync(new WorklistQuery { ProcessInstance = id })).Select(entry =>
            $"{entry.Destination.Name} {entry.User ?? "-"} {entry.Status}")];

    /// <summary>The values that the field Outcome has been set to, in order.</summary>
    public static async Task<string[]> OutcomesAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
    [
        .. (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.FieldChanged && fact.Name == Outcome.Name).Select(
            fact => fact.Value.Get<string>()),
    ];

    /// <summary>Where an instance stands and where it has been: its open activities, or those that have completed.</summary>
    public static async Task<string> PathAsync(this WorkflowTestBed bed, ProcessInstanceId id)
    {
        var process = await bed.ReadAsync(id);
        return process.Status is ProcessInstanceStatus.Completed
            ? string.Join(' ', await bed.CompletedAsync(id))
            : $"{process.Status}: {string.Join(' ', await bed.OpenActivitiesAsync(id))}";
    }

    /// <summary>That a command is refused and leaves no trace.</summary>
    public static async Task<TException> ShouldRefuseAsync<TException>(this WorkflowTestBed bed, ProcessInstanceId id, Func<Task> command)
        where TException : Exception
    {
        var before = await bed.StoredBytesAsync(id);
        var refusal = await Should.ThrowAsync<TException>(command);
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        return refusal;
    }

    /// <summary>That an item is not there for a user, for a reason.</summary>
    public static async Task ShouldNotFindAsync(this WorkflowTestBed bed, string user, SerialNumber serial, WorklistItemEnd reason)
    {
        foreach (Func<Task> command in new Func<Task>[] { () => bed.OpenAsync(user, serial), () => bed.ActAsync(user, serial, "Approve") })
        {
            var refusal = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(serial.ProcessInstance, command);
            refusal.Reason.ShouldBe(reason);
            refusal.Serial.ShouldBe(serial);
            refusal.User.ShouldBe(user);
            refusal.Message.ShouldContain("26030");
        }
    }

    private static WorklistQuery InAnyStatus(ProcessInstanceId id) => new()
    {
        ProcessInstance = id,
        Limit = 500,
        Statuses = [WorklistItemStatus.Available, WorklistItemStatus.Open, WorklistItemStatus.Allocated, WorklistItemStatus.Sleep],
    };
}
