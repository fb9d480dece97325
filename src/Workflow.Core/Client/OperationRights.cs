using System.Collections.Frozen;
using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>Which operation needs what (statements 9.1, 9.2 and 14.7): the one place where it is said.</summary>
internal static class OperationRights
{
    private static readonly FrozenDictionary<Operation, OperationRight> Table = new Dictionary<Operation, OperationRight>
    {
        [Operation.StartProcess] = OperationRight.Of(ProcessRight.Start, "start an instance"),
        [Operation.ReadInstance] = OperationRight.Of(ProcessRight.View, "see a process instance", insteadWhenTakingPart: ProcessRight.ViewParticipate),
        [Operation.FindServerItems] = OperationRight.Of(ProcessRight.ServerEvent, "find server items"),
        [Operation.FindTimers] = OperationRight.Of(ProcessRight.Admin, "find timers"),
        [Operation.OpenServerItem] = OperationRight.Of(ProcessRight.ServerEvent, "open a server item"),
        [Operation.FinishServerItem] = OperationRight.Of(ProcessRight.ServerEvent, "finish a server item"),
        [Operation.SendSignal] = OperationRight.Of(ProcessRight.ServerEvent, "send a signal"),
        [Operation.ListWorklist] = OperationRight.Standing("a destination, delegate or substitute sees what is theirs"),
        [Operation.ListManagedWorklist] = OperationRight.Standing("the manager, as the resolver says"),
        [Operation.OpenItem] = OperationRight.Standing("a destination, delegate, substitute or manager of one, or anyone if the task allows it"),
        [Operation.ExecuteAction] = OperationRight.Standing("as for opening, and the right to the action"),
        [Operation.ReleaseItem] = OperationRight.Standing("who has it open"),
        [Operation.SleepItem] = OperationRight.Standing("as for opening"),
        [Operation.RedirectItem] = OperationRight.Standing("a destination, substitute or manager of one"),
        [Operation.DelegateItem] = OperationRight.Standing("a destination, substitute or manager of one"),
        [Operation.ListEverybodysWorklist] = OperationRight.Of(ProcessRight.Admin, "see the tasks of everybody"),
        [Operation.AdministerItem] = OperationRight.Of(ProcessRight.Admin, "manage the tasks of others"),
        [Operation.SendBack] = OperationRight.Standing("as for opening, if the task allows it"),
        [Operation.Withdraw] = OperationRight.Standing("the originator, if the definition allows it"),
        [Operation.SetOutOfOffice] = OperationRight.Standing("the user, their manager as the resolver says, or the host"),
        [Operation.ReadOutOfOffice] = OperationRight.Standing("the user, their manager as the resolver says, or the host"),
        [Operation.ManageInstance] = OperationRight.Of(ProcessRight.Admin, "manage a process instance"),
        [Operation.ManageDefinitions] = OperationRight.Of(ProcessRight.Admin, "manage the versions of a process definition"),
        [Operation.AskWhetherAllowed] = OperationRight.Standing("everybody about themselves, and the answer is that of the line that the call stands under"),
        [Operation.ListDefinitions] = OperationRight.Standing("who may start or see instances of a definition sees it, and its counts with the View right"),
        [Operation.HostTheEngine] = OperationRight.Standing("the code that holds the engine is the host"),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<Operation> All => Table.Keys;

    public static OperationRight Of(Operation operation) => Table[operation];
}
