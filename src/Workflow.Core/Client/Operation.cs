namespace Workflow.Core.Client;

/// <summary>Everything that can be asked of an engine, for the table of rights (statement 14.7).</summary>
internal enum Operation
{
    StartProcess = 1,
    ReadInstance,
    FindServerItems,
    FindTimers,
    OpenServerItem,
    FinishServerItem,
    SendSignal,
    ListWorklist,
    ListManagedWorklist,
    OpenItem,
    ExecuteAction,
    ReleaseItem,
    SleepItem,
    RedirectItem,
    DelegateItem,
    ListEverybodysWorklist,
    AdministerItem,
    SendBack,
    Withdraw,
    SetOutOfOffice,
    ReadOutOfOffice,
    ManageInstance,
    ManageDefinitions,
    AskWhetherAllowed,
    ListDefinitions,
    HostTheEngine,
}
