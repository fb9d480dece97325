using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks the resolver, and turns its answer, or what is wrong with it, into an input.</summary>
internal sealed class MemberQuestions
{
    private readonly WorkflowOptions _options;
    private readonly ResolverCalls _calls;

    public MemberQuestions(WorkflowOptions options, ResolverCalls calls)
    {
        _options = options;
        _calls = calls;
    }

    /// <returns>The answer of the resolver; null when the engine shuts down and the question is to be asked again another time.</returns>
    public async ValueTask<Input.OfResolver?> AskAsync(ActivityInstance activity)
    {
        IReadOnlyList<Destination> wanted =
            [.. activity.MemberQuestion!.Wanted.Where(item => item.IsResolved).Select(item => item.Destination).Distinct()];

        // The answer is the host's code too, and is read where that has its time.
        var answer = await _calls.AskAsync(
            async (resolver, token) => Checked(activity, wanted, await resolver.ResolveAsync(wanted, token).ConfigureAwait(false)), "who belongs to roles and groups", CancellationToken.None).ConfigureAwait(false);
        return answer.End switch
        {
            HostEnd.Returned => answer.Value,
            HostEnd.Interrupted => null,
            HostEnd.TookTooLong => Refused(
                activity, $"The resolver has not answered within {_options.ResolverTimeout}. Make it faster, or raise WorkflowOptions.ResolverTimeout."),
            HostEnd.Threw => new Input.ResolverThrew(
                activity, Fault.OfCode(answer.Exception!, $"The resolver threw: {ErrorText.Of(answer.Exception!)} Make it answer; a retry asks it again.")),
            _ => Refused(activity, ResolverCalls.Refusal(answer.Abandoned)),
        };
    }

    private Input.OfResolver Checked(ActivityInstance activity, IReadOnlyList<Destination> wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>>? members)
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
                return Refused(activity, $"The resolver does not know the {roleOrGroup}. Add it to the resolver, or correct the name in the definition.");
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
                        $"The resolver names more than {_options.SlotLimit.Invariant()} members, which is the limit. Leave the role unresolved, or raise WorkflowOptions.SlotLimit.");
                }

                if (Names.ProblemOfParty(DestinationKind.User, user) is { } problem)
                {
                    return Refused(
                        activity, $"The resolver names '{Names.Shown(user)}' as a member of the {roleOrGroup}, which cannot be the name of a user: {problem}. Names have 1 to 256 characters.");
                }

                names.Add(user);
            }

            read.Add(roleOrGroup, names);
        }

        return new Input.MembersResolved(activity, read);
    }

    private static Input.ResolverThrew Refused(ActivityInstance activity, string message) => new(activity, new Fault(message));
}
