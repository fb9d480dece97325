using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A process that starts another: X goes to the sub-process, and Y comes back.</summary>
internal static class Families
{
    public static readonly ProcessField<int> X = new("X", 7);
    public static readonly ProcessField<int> Y = new("Y", 0);
    public static readonly ProcessField<int> In = new("In", 0);
    public static readonly ProcessField<int> Out = new("Out", 0);

    /// <summary>Sends X and receives Y.</summary>
    public static void Both(SubProcessBuilder child) => child.Send(X, In).Receive(Out, Y);

    /// <summary>The process that is started, with what it consists of.</summary>
    public static ProcessDefinition Child(Action<ProcessBuilder> build, string name = "Child") => ProcessDefinition.Define(name, process =>
    {
        process.OpenToAll().Rights(rights => rights.Admin(Orders.Boss)).Fields(In, Out);
        build(process);
    });

    /// <summary>A sub-process with a task of Ann. The answer sets what comes back.</summary>
    public static ProcessDefinition ChildWithTask { get; } = Child(process => process.StartsWith(process.Activity("Work", activity => activity
        .Destinations(to => to.Users("ann"))
        .Client("Do it", task => task.Action("Do")))));

    /// <summary>A sub-process that sets what comes back, and ends at once.</summary>
    public static ProcessDefinition QuickChild { get; } = Child(process => process.StartsWith(process.Activity("Work", activity => activity
        .PureServer("Compute", code => code.Set(Out, 5)))));

    /// <summary>A process that starts the other, and then has a task of Zoe.</summary>
    public static ProcessDefinition Parent(
        Action<SubProcessBuilder>? define = null, Action<ActivityBuilder>? also = null, Action<ProcessBuilder>? more = null) =>
        ProcessDefinition.Define("Parent", process =>
        {
            process.OpenToAll().Rights(rights => rights.Admin(Orders.Boss)).Fields(X, Y);
            var call = process.Activity("Call", activity =>
            {
                also?.Invoke(activity);
                activity.StartsProcess("Start it", "Child", define ?? Both);
            });
            process.StartsWith(call);
            call.To(process.Activity("After", activity => activity.Destinations(to => to.Users("zoe")).Client("Check", task => task.Action("Ok"))));
            more?.Invoke(process);
        });

    public static Task<WorkflowTestBed> BedAsync(params ProcessDefinition[] definitions) => WorkflowTestBed.CreateAsync(definitions);

    public static async Task<ProcessInstanceId> StartParentAsync(this WorkflowTestBed bed) => (await bed.StartAsync("Parent", "dora")).Id;

    /// <summary>The sub-processes of an instance, in the order of their start.</summary>
    public static async Task<IReadOnlyList<ProcessInstanceId>> ChildrenAsync(this WorkflowTestBed bed, ProcessInstanceId parent) =>
        [.. (await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { Parent = parent, Limit = 500 })).Select(record => record.Id)];

    /// <summary>The one sub-process of an instance.</summary>
    public static async Task<ProcessInstanceId> ChildAsync(this WorkflowTestBed bed, ProcessInstanceId parent) =>
        (await bed.ChildrenAsync(parent)).ShouldHaveSingleItem();

    /// <summary>Does the task of the sub-process, which sends a value back.</summary>
    public static Task DoAsync(this WorkflowTestBed bed, ProcessInstanceId child, int result) =>
        bed.ActAsync("ann", new SerialNumber(child, 1), "Do", answer => answer.Set(Out, result));

    /// <summary>Delivers what is on its way.</summary>
    public static async Task<int> SettleAsync(this WorkflowTestBed bed) => await bed.Engine.DeliverMessagesAsync();

    /// <summary>The value that comes back.</summary>
    public static async Task<int> YAsync(this WorkflowTestBed bed, ProcessInstanceId parent) => (await bed.ReadAsync(parent)).Fields.Get<int>("Y");

    /// <summary>How many messages nobody has received.</summary>
    public static async Task<int> MessagesAsync(this WorkflowTestBed bed) =>
        (await bed.Store.FindMessagesAsync(new MessageQuery { Limit = 100 }, CancellationToken.None)).Count;
}
