using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The request of a user on a task, once the instance is at hand. The user's standing is worked out with everything that the instance needs to know of
/// the user.</summary>
internal sealed class ItemCommand(Representation representation, ActsFor actsFor, Input.OnItem input) : Command
{
    private Dictionary<string, IReadOnlyList<Destination>>? _memberships;
    private IReadOnlyList<string> _unknown = [];
    private (string Definition, string Activity) _task;
    private bool _isRepresentative = actsFor.Kind is ActsForKind.Self or ActsForKind.Delegator;

    /// <summary>The action that is taken, delegated or allowed, for messages; empty for none.</summary>
    public static string ActionOf(Input input) => input switch
    {
        Input.TakeAction taken => taken.Action,
        Input.DelegateItem delegated => string.Join(", ", delegated.Actions ?? []),
        Input.SetActionRight right => right.Action,
        _ => "",
    };

    /// <summary>The user who is to get the task; null for nobody.</summary>
    private string? Receiver => input switch
    {
        Input.RedirectItem redirect => redirect.To,
        Input.DelegateItem { To.Kind: DestinationKind.User } delegated => delegated.To.Name,
        _ => null,
    };

    public override Admittance Prepare(ProcessInstance process, ProcessDefinition definition)
    {
        var destination = process.FindDestination(input.Destination);
        if (definition.OpenTaskOf(destination) is not { } task)
        {
            return new Refusal(RefusalKind.NotOpen);
        }

        var actor = representation.Actor(actsFor, _memberships);
        var wanted = Representation.WhoseRolesCount(actor, destination!, task, Receiver);
        _unknown = wanted.Count == 0 ? wanted : [.. wanted.Where(user => _memberships?.ContainsKey(user) is not true)];
        if (!_isRepresentative || _unknown.Count > 0)
        {
            _task = (process.Definition, destination!.Activity.Name);
            return Admittance.AskFirst;
        }

        input.Actor = actor;
        return input;
    }

    public override async ValueTask AskAsync(CancellationToken cancellation)
    {
        if (!_isRepresentative)
        {
            await representation.RequireAsync(actsFor, _task.Definition, _task.Activity, cancellation).ConfigureAwait(false);
            _isRepresentative = true;
        }

        _memberships = await representation.MembershipsAsync(_unknown, _memberships, cancellation).ConfigureAwait(false);
    }
}
