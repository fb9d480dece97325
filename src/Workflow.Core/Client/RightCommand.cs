using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>A command that needs a right to the process, checked once the instance is at hand (statement 14.7).</summary>
internal sealed class RightCommand(AccessCheck access, Operation operation, Input input) : Command
{
    private IReadOnlyList<Destination>? _memberships;

    public override Admittance Prepare(ProcessInstance process, ProcessDefinition definition) =>
        access.Has(OperationRights.Of(operation).Right, process.Definition, _memberships) switch
        {
            true => input,
            false => new Refusal(RefusalKind.Denied, access.Denial(operation, process.Definition)),
            null => Admittance.AskFirst,
        };

    public override async ValueTask AskAsync(CancellationToken cancellation) =>
        _memberships = await access.MembershipsAsync(cancellation).ConfigureAwait(false);
}
