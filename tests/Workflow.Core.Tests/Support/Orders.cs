using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A process that anybody may start and see, and its administrator.</summary>
internal static class Orders
{
    public const string Boss = "boss";

    /// <summary>The commands of the administrator.</summary>
    public static ProcessManagement Admin(this WorkflowTestBed bed) => bed.Engine.As(Boss).ManageProcesses();

    public static ProcessDefinition Define(Action<ProcessBuilder> build) => ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll().Rights(rights => rights.Admin(Boss));
        build(process);
    });
}
