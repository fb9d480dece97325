using Workflow.Core.Instances;

namespace Workflow.Core.Contexts;

/// <summary>The instance for which code or a question of the host is called, as services of its scope see it (statement 13.13).</summary>
internal sealed record CalledInstance(ProcessInstanceId Id, string Definition, string? AttachedText)
{
    public static CalledInstance Of(ProcessInstance process) => new(process.Id, process.Definition, process.AttachedText);
}
