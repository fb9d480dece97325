using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>A command that needs a right to the process, checked once the instance is at hand (statement 14.7).</summary>
internal abstract class RightCommand(AccessCheck access, Operation operation, ProcessInstanceId processInstance) : Command(processInstance)
{
    private IReadOnlyList<Destination>? _memberships;
    private bool _isRightOpen;

    public sealed override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition)
    {
        var has = access.Has(OperationRights.Of(operation).Right, process.Definition, _memberships);
        _isRightOpen = has is null;
        return has switch
        {
            true => Prepare(process),
            false => new Refusal(RefusalKind.Denied, access.Denial(operation, process.Definition)),
            null => AskFirst(process),
        };
    }

    /// <summary>Checks the right before the command is sent. It is checked again in the turn, with what was asked here.</summary>
    /// <exception cref="WorkflowAccessDeniedException">The right is missing.</exception>
    public async ValueTask RequireAsync(string definition, CancellationToken cancellation)
    {
        var needed = OperationRights.Of(operation).Right;
        var has = access.Has(needed, definition, memberships: null);
        if (has is null)
        {
            _memberships = await access.MembershipsAsync(cancellation).ConfigureAwait(false);
            has = access.Has(needed, definition, _memberships);
        }

        if (has is not true)
        {
            throw access.Denial(operation, definition);
        }
    }

    public sealed override async ValueTask AskAsync(CancellationToken cancellation)
    {
        if (_isRightOpen)
        {
            _memberships = await access.MembershipsAsync(cancellation).ConfigureAwait(false);
            return;
        }

        await AskMoreAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes the input of somebody who has the right.</summary>
    protected abstract PreparedInput Prepare(ProcessInstance process);

    /// <summary>Asks what the last <see cref="Prepare(ProcessInstance)"/> wanted to know.</summary>
    protected virtual ValueTask AskMoreAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
}
