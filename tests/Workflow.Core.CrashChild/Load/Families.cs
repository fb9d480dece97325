using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.CrashChild.Load;

/// <summary>Processes with sub-processes: one that waits for two of them and takes their values, one whose sub-process ends with it, and one that waits for
/// people in its sub-process.</summary>
internal static class Families
{
    private static readonly ProcessField<int> _sum = new("Sum", 0);
    private static readonly ProcessField<int> _count = new("Count", 0);

    public static IReadOnlyList<ProcessDefinition> Define(Action<CodeContext> note) =>
        [DefineMember(note), DefineFamily(note), DefineGuest(), DefineHousehold(), DefineRunner(note), DefineErrand(note)];

    private static ProcessDefinition DefineMember(Action<CodeContext> note) => ProcessDefinition.Define(Processes.Member, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start)).Fields(_count);
        process.StartsWith(process.Activity("Work", activity => activity.Server("Work", context =>
        {
            note(context);
            context.Set(_count, 1);
        })));
    });

    private static ProcessDefinition DefineFamily(Action<CodeContext> note) => ProcessDefinition.Define(Processes.Family, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start)).Fields(_sum);
        var call = process.Activity("Call", activity => activity
            .PlanPerSlot(Slots.Number(2))
            .StartsProcess("Call a member", Processes.Member, child => child.Receive(_count, _sum))
            .SucceedingRule(Answers.AllGiven));
        process.StartsWith(call);
        call.To(process.Activity("Close", activity => activity.Server("Close", note)));
    });

    private static ProcessDefinition DefineGuest() => ProcessDefinition.Define(Processes.Guest, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        process.StartsWith(process.Activity("Stay", activity => activity
            .Destinations(to => to.Originator()).Client("Stay", task => task.Action("Leave"))));
    });

    private static ProcessDefinition DefineHousehold() => ProcessDefinition.Define(Processes.Household, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var invite = process.Activity("Invite", activity => activity.StartsProcess("Invite a guest", Processes.Guest, child => child.GoOn().EndWithParent()));
        process.StartsWith(invite);
        invite.To(process.Activity("Live", activity => activity
            .Destinations(to => to.Originator()).Client("Live", task => task.Action("Move"))));
    });

    private static ProcessDefinition DefineRunner(Action<CodeContext> note) => ProcessDefinition.Define(Processes.Runner, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var run = process.Activity(FamilyWork.Run, activity => activity.Destinations(to => to.Originator()).Client("Run", task => task.Action("Arrive")));
        process.StartsWith(run);
        run.To(process.Activity("Rest", activity => activity.Server("Rest", note)));
    });

    private static ProcessDefinition DefineErrand(Action<CodeContext> note) => ProcessDefinition.Define(Processes.Errand, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var send = process.Activity(FamilyWork.Send, activity => activity.StartsProcess("Send a runner", Processes.Runner, _ => { }));
        process.StartsWith(send);
        send.To(process.Activity("Close", activity => activity.Server("Close", note)));
    });
}
