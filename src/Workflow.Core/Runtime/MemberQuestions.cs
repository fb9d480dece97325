using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks the resolver, and turns its answer, or what is wrong with it, into an input.</summary>
internal sealed class MemberQuestions
{
    private readonly WorkflowOptions _options;
    private readonly CancellationToken _shutdown;

    public MemberQuestions(WorkflowOptions options, CancellationToken shutdown)
    {
        _options = options;
        _shutdown = shutdown;
    }

    /// <returns>What the resolver said; null when the engine shuts down and the question is to be asked again another time.</returns>
    public async ValueTask<Input?> AskAsync(ActivityInstance activity)
    {
        if (_shutdown.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            return await AskResolverAsync(activity).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_shutdown.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever the host's resolver throws puts the instance into Error, and never the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Input.ResolverThrew(
                activity, $"The resolver threw: {ErrorText.Of(exception)} Make it answer; a retry asks it again.", exception.GetType().Name);
        }
    }

    private async ValueTask<Input> AskResolverAsync(ActivityInstance activity)
    {
        IReadOnlyList<Destination> wanted =
            [.. activity.MemberQuestion!.Wanted.Where(item => item.IsResolved).Select(item => item.Destination).Distinct()];
        using var limit = new CancellationTokenSource(_options.ResolverTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _shutdown);
        try
        {
            var asked = _options.Destinations.ResolveAsync(wanted, either.Token);
            var members = asked.IsCompletedSuccessfully
                ? await asked.ConfigureAwait(false)
                : await asked.AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            return Checked(activity, wanted, members);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !_shutdown.IsCancellationRequested)
        {
            return Refused(activity, $"The resolver has not answered within {_options.ResolverTimeout}. Make it faster, or raise WorkflowOptions.ResolverTimeout.");
        }
    }

    private Input Checked(ActivityInstance activity, IReadOnlyList<Destination> wanted, IReadOnlyDictionary<Destination, IReadOnlyList<string>>? members)
    {
        if (members is null)
        {
            return Refused(activity, "The resolver answers null. Give a dictionary with each role and group that was asked for.");
        }

        var count = 0;
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

            count += users.Count;
            if (count > _options.SlotLimit)
            {
                return Refused(
                    activity,
                    $"The resolver names more than {_options.SlotLimit} members, which is the limit. Leave the role unresolved, or raise WorkflowOptions.SlotLimit.");
            }

            foreach (var user in users)
            {
                if (Names.ProblemOfParty(user) is { } problem)
                {
                    return Refused(
                        activity, $"The resolver names '{Names.Shown(user)}' as a member of the {roleOrGroup}, which cannot be the name of a user: {problem}. Names have 1 to 256 characters.");
                }
            }
        }

        return new Input.MembersResolved(activity, members);
    }

    private static Input.ResolverThrew Refused(ActivityInstance activity, string message) => new(activity, message, ExceptionType: "");
}
