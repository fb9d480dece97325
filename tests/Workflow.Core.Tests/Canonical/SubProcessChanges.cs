using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of the start of another process.</summary>
internal static class SubProcessChanges
{
    private static readonly ProcessField<int> Own = new("Parent own");
    private static readonly ProcessField<int> Another = new("Parent other");
    private static readonly ProcessField<long> Long = new("Parent long");
    private static readonly ProcessField<IReadOnlyList<int>> List = new("Parent list");
    private static readonly ProcessField<int> In = new("In");

    public static IEnumerable<Change> All =>
    [
        InActivity("IpcEventDefinition.ChildProcess", activity => activity.StartsProcess("A", "One"), activity => activity.StartsProcess("A", "Two")),
        Start("IpcEventDefinition.ChildVersion", _ => { }, child => child.OnVersion(2)),
        Start("IpcEventDefinition.WaitsForChild", _ => { }, child => child.GoOn()),
        Start("IpcEventDefinition.Sent", _ => { }, child => child.Send(Own, In)),
        Start("IpcEventDefinition.Received", _ => { }, child => child.Receive(In, Own)),
        Start("IpcEventDefinition.Folio", _ => { }, child => child.Folio("F")),
        Start("IpcEventDefinition.Identity", _ => { }, child => child.AsSystem()),
        Start("IpcEventDefinition.EndsWithParent", _ => { }, child => child.EndWithParent()),
        Start("IpcEventDefinition.WhenDeleted", _ => { }, child => child.WhenDeleted(ChildDeleted.Completes)),
        Start("SentField.Field", child => child.Send(Own, In), child => child.Send(Own, new ProcessField<int>("Other"))),
        Start("SentField.Shape", child => child.Send(3, In), child => child.Send(3L, new ProcessField<long>("In"))),
        Start("SentField.IsSlotData", child => child.Send(Own, In), child => child.SendSlotData(In)),
        Start("ReceivedField.Field", child => child.Receive(In, Own), child => child.Receive(new ProcessField<int>("Other"), Own)),
        Start("ReceivedField.Into", child => child.Receive(In, Own), child => child.Receive(In, Another)),
        Start("ReceivedField.Shape", child => child.Receive(In, Own), child => child.Receive(new ProcessField<long>("In"), Long)),
        Start("ChildIdentity.User", child => child.As("ann"), child => child.As("bob")),
        Start("ChildIdentity.IsHost", child => child.AsOriginator(), child => child.AsSystem()),
    ];

    private static Change Start(string property, Action<SubProcessBuilder> one, Action<SubProcessBuilder> other) =>
        InProcess(property, process => Build(process, one), process => Build(process, other));

    private static void Build(ProcessBuilder process, Action<SubProcessBuilder> define)
    {
        process.Fields(Own, Another, Long, List);
        process.Activity("Call", activity => activity.PlanPerSlot(Slots.ForEach(List)).StartsProcess("A", "One", define));
    }
}
