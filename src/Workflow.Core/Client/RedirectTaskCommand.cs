using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>An administrator gives a task to a user. Where only the roles of that user tell whether the destination rule leaves them out (statement 4.10),
/// these are asked first.</summary>
internal sealed class RedirectTaskCommand(AccessCheck access, Representation representation, Input.RedirectTask input) : Command
{
    private readonly RightCommand _right = new(access, Operation.AdministerItem, input);
    private bool _isRightOpen;

    public override Admittance Prepare(ProcessInstance process, ProcessDefinition definition)
    {
        var admittance = _right.Prepare(process, definition);
        _isRightOpen = admittance.Refusal is { Kind: RefusalKind.AskFirst };
        return admittance.Input is not null && input.MembershipsOfNew is null
            && process.FindDestination(input.Destination) is { } destination && Representation.IsLeftOutByRole(destination.Activity, input.To)
                ? Admittance.AskFirst
                : admittance;
    }

    public override async ValueTask AskAsync(CancellationToken cancellation)
    {
        if (_isRightOpen)
        {
            await _right.AskAsync(cancellation).ConfigureAwait(false);
            return;
        }

        var known = await representation.MembershipsAsync([input.To], known: null, cancellation).ConfigureAwait(false);
        input.MembershipsOfNew = known[input.To];
    }
}
