using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks the resolver what a destination rule wants to know, and turns its answers, or the problem with one, into an input. Questions by name come
/// first, because their answers may name roles and groups whose members are wanted.</summary>
internal sealed class MemberQuestions : CallWay
{
    private readonly WorkflowOptions _options;
    private readonly ResolverCalls _calls;
    private readonly ResolverQuestions _resolver;
    private readonly CancellationToken _shutdown;

    public MemberQuestions(WorkflowOptions options, ResolverCalls calls, ResolverQuestions resolver, CancellationToken shutdown)
    {
        _options = options;
        _calls = calls;
        _resolver = resolver;
        _shutdown = shutdown;
    }

    /// <summary>The resolver may be asked again whenever its answer is lost.</summary>
    public override bool HasEffects => false;

    /// <summary>A question may last, and a finish that comes meanwhile is served at once (statement 4.8b).</summary>
    public override bool LetsOthersIn => true;

    public override bool IsPure(ResidentInstance instance, in PlannedCall call) => false;

    public override ICallContext Open(ResidentInstance instance, in PlannedCall call, CallFrame frame) => new MemberQuestionContext(frame, call.Activity);

    public override ValueTask<CallResult> CallAsync(
        ResidentInstance instance, in PlannedCall call, ICallContext context, ICallMark mark, ref ServerEventCall? spare) =>
        (MemberQuestionContext)context is { Question: { Asked.Count: 0, List: null } question } asking
            ? AskForMembersAsync(asking.Activity, question.Wanted, ResolverAnswers.None)
            : AskByNameAsync((MemberQuestionContext)context);

    /// <summary>A finish may have ended the activity meanwhile, or have put the instance into Error; then it is asked again after the retry.</summary>
    public override void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now)
    {
        if (instance.Process is { StoredStatus: ProcessInstanceStatus.Active } process && process.FindPlannedCall(call.Number) is { IsNone: false } asking)
        {
            instance.ApplyOwn(((Input.OfResolver)result!).To(asking.Activity), now);
        }
    }

    public override Input Failed(in PlannedCall call, Fault fault) => new Input.ResolverThrew(call.Activity, fault);

    private async ValueTask<CallResult> AskByNameAsync(MemberQuestionContext context)
    {
        var (activity, question) = (context.Activity, context.Question);
        try
        {
            if (question.List is { } wanted)
            {
                var list = await _resolver.ListAsync(wanted, _shutdown).ConfigureAwait(false);
                return new CallResult(IsInterrupted: false, new Input.MembersResolved(activity, ResolverAnswers.None with { List = list }));
            }

            var named = new Dictionary<NamedQuestion, IReadOnlyList<Destination>>();
            foreach (var asked in question.Asked)
            {
                if (!named.ContainsKey(asked.Question))
                {
                    named.Add(asked.Question, await _resolver.AnswerAsync(asked.Question, _shutdown).ConfigureAwait(false));
                }
            }

            var answers = ResolverAnswers.None with { Named = named };
            var all = answers.InPlace(question.Wanted, question.Asked);
            return all.Any(item => item.IsResolved)
                ? await AskForMembersAsync(activity, all, answers).ConfigureAwait(false)
                : new CallResult(IsInterrupted: false, new Input.MembersResolved(activity, answers));
        }
        catch (DestinationResolverException exception)
        {
            return new CallResult(IsInterrupted: false, exception.InnerException is { } cause
                ? new Input.ResolverThrew(activity, Fault.OfCode(cause, ErrorText.Of(exception)))
                : Refused(activity, exception.Message));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && _shutdown.IsCancellationRequested)
        {
            return CallResult.Interrupted;
        }
    }

    private async ValueTask<CallResult> AskForMembersAsync(ActivityInstance activity, IReadOnlyList<WantedDestination> wanted, ResolverAnswers answers)
    {
        var roles = MemberQuestionContext.Resolved(wanted);

        // The answer is the host's code too, and is read where that has its time.
        var answer = await _calls.AskAsync(
            async (resolver, token) => Checked(activity, roles, answers, await resolver.ResolveAsync(roles, token).ConfigureAwait(false)),
            "who belongs to roles and groups",
            CancellationToken.None).ConfigureAwait(false);
        return answer.End switch
        {
            HostEnd.Returned => new CallResult(IsInterrupted: false, answer.Value),
            HostEnd.Interrupted => CallResult.Interrupted,
            HostEnd.TookTooLong => new CallResult(IsInterrupted: false, Refused(
                activity, $"The resolver has not answered within {_options.ResolverTimeout}. Make it faster, or raise WorkflowOptions.ResolverTimeout.")),
            HostEnd.Threw => new CallResult(IsInterrupted: false, new Input.ResolverThrew(
                activity, Fault.OfCode(answer.Exception!, $"The resolver threw: {ErrorText.Of(answer.Exception!)} Make it answer."))),
            _ => new CallResult(IsInterrupted: false, Refused(activity, ResolverCalls.Refusal(answer.Abandoned))),
        };
    }

    private Input.OfResolver Checked(
        ActivityInstance activity,
        IReadOnlyList<Destination> wanted,
        ResolverAnswers answers,
        IReadOnlyDictionary<Destination, IReadOnlyList<string>>? members)
    {
        if (members is null)
        {
            return Refused(activity, "The resolver answers null. Give a dictionary with each role and group that was asked for.");
        }

        var count = 0;
        var read = new Dictionary<Destination, IReadOnlyList<string>>();
        foreach (var roleOrGroup in wanted)
        {
            if (!members.TryGetValue(roleOrGroup, out var users))
            {
                return Refused(
                    activity,
                    _options.HasNoResolver
                        ? DestinationWords.WithoutResolver(roleOrGroup)
                        : $"The resolver does not know the {roleOrGroup}. Add it to the resolver, or correct the name in the definition.");
            }

            if (users is null)
            {
                return Refused(activity, $"The resolver answers null for the {roleOrGroup}. Give an empty list for a role without members.");
            }

            var names = new List<string>();
            foreach (var user in users)
            {
                if (++count > _options.SlotLimit)
                {
                    return Refused(
                        activity,
                        $"The resolver names more than {_options.SlotLimit.Invariant()} members, which is the limit. "
                            + "Leave the role unresolved, or raise WorkflowOptions.SlotLimit.");
                }

                if (Names.ProblemOfParty(DestinationKind.User, user) is { } problem)
                {
                    return Refused(
                        activity, $"The resolver names '{Names.Printable(user)}' as a member of the {roleOrGroup}, which cannot be the name of a user: "
                            + $"{problem}. Names have 1 to 256 characters.");
                }

                names.Add(user);
            }

            read.Add(roleOrGroup, names);
        }

        return new Input.MembersResolved(activity, answers with { Members = read });
    }

    private static Input.ResolverThrew Refused(ActivityInstance activity, string message) => new(activity, new Fault(message));
}
