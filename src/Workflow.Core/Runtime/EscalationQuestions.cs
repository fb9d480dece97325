using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks the resolver to whom an escalation gives a task (statements 6.7b and 6.7d). It asks who manages the users who have it, and whether the
/// receivers belong to roles that count.</summary>
internal sealed class EscalationQuestions(ResolverQuestions resolver, CancellationToken shutdown) : CallWay
{
    /// <summary>The resolver may be asked again whenever its answer is lost.</summary>
    public override bool HasEffects => false;

    /// <summary>The question is read from the instance, which nobody may change meanwhile.</summary>
    public override bool LetsOthersIn => false;

    public override bool IsPure(ResidentInstance instance, in PlannedCall call) => false;

    public override ICallContext Open(ResidentInstance instance, in PlannedCall call, CallFrame frame)
    {
        var firing = call.Firing;
        var activity = firing.Activity!;
        return new Context(
            frame, firing, firing.Receiver is null ? EscalationRedirect.UsersWithWork(firing) : [],
            activity.PlanningOrNull is { Exclusions: { Count: > 0 } exclusions } ? [.. exclusions.Where(item => item.Through.Count > 0)] : []);
    }

    public override ValueTask<CallResult> CallAsync(
        ResidentInstance instance, in PlannedCall call, ICallContext context, ICallMark mark, ref ServerEventCall? spare) =>
        AskAsync((Context)context);

    public override void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now) =>
        instance.ApplyOwn(result!, now);

    public override Input Failed(in PlannedCall call, Fault fault) => new Input.EscalationThrew(call.Firing, fault);

    private async ValueTask<CallResult> AskAsync(Context context)
    {
        try
        {
            var managers = new Dictionary<string, string?>(NameComparer.Default);
            foreach (var user in context.Users)
            {
                managers[user] = await resolver.ManagerAsync(user, shutdown).ConfigureAwait(false);
            }

            var memberships = new Dictionary<string, IReadOnlyList<Destination>>(NameComparer.Default);
            foreach (var receiver in managers.Values.Append(context.Firing.Receiver).OfType<string>().Distinct(NameComparer.Default))
            {
                if (context.ByRole.Any(exclusion => Names.Same(exclusion.User, receiver)))
                {
                    memberships[receiver] = await resolver.MembershipsAsync(receiver, shutdown).ConfigureAwait(false);
                }
            }

            return new CallResult(IsInterrupted: false, new Input.EscalationPeopleKnown(context.Firing, managers, memberships));
        }
        catch (DestinationResolverException exception)
        {
            return new CallResult(
                IsInterrupted: false,
                new Input.EscalationThrew(context.Firing, Fault.OfCode(exception, $"{ErrorText.Of(exception)} {Failure.ThenRetry}")));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && shutdown.IsCancellationRequested)
        {
            return CallResult.Interrupted;
        }
    }

    /// <summary>A question, as it stood when it was asked.</summary>
    /// <param name="Frame">The turn that asks.</param>
    /// <param name="Firing">The firing that asks.</param>
    /// <param name="Users">The users whose managers are wanted.</param>
    /// <param name="ByRole">The exclusions from which a role may free.</param>
    private sealed record Context(CallFrame Frame, Firing Firing, IReadOnlyList<string> Users, IReadOnlyList<Exclusion> ByRole) : QuestionContext(Frame);
}
