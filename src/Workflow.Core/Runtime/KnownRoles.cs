namespace Workflow.Core.Runtime;

/// <summary>Whether the resolver knows roles and groups, and whether they have members. Its answers are kept for the role interval (statement 4.12).</summary>
internal sealed class KnownRoles(EngineServices services, ResolverCalls resolver)
{
    /// <summary>So many answers are kept.</summary>
    private const int Most = 10_000;

    /// <summary>After so many failures in a row nobody asks for the other roles: the resolver is down.</summary>
    private const int FailuresInARow = 8;

    private readonly Dictionary<Destination, (RoleAnswer Answer, DateTimeOffset At)> _answers = [];

    /// <summary>The answer for a role or group that the resolver gave within the role interval; null when nobody has asked since.</summary>
    public RoleAnswer? Find(in Destination role)
    {
        lock (_answers)
        {
            return _answers.TryGetValue(role, out var known) && services.IsBelieved(known.At) ? known.Answer : null;
        }
    }

    /// <summary>Asks for roles together, and, when the resolver throws, for each alone: it may throw because of one of them.</summary>
    /// <returns>Why nothing came of it; null when the resolver has answered.</returns>
    public async Task<(string Why, Exception? Exception)?> AskAsync(List<Destination> roles)
    {
        if (roles.Count == 0)
        {
            return null;
        }

        var answer = await TryAskAsync(roles).ConfigureAwait(false);
        if (answer is { End: HostEnd.Threw } && roles.Count > 1)
        {
            answer = await AskForEachAsync(roles, answer.Value).ConfigureAwait(false);
        }

        return answer is { } failure ? (WhyNot(failure), failure.Exception) : null;
    }

    private string WhyNot(in HostAnswer<List<RoleAnswer>?> answer) => answer.End switch
    {
        HostEnd.Returned => "It answered null.",
        HostEnd.Threw => ErrorText.Of(answer.Exception!),
        HostEnd.TookTooLong => $"It has not answered within {services.Options.ResolverTimeout}.",
        HostEnd.Refused => ResolverCalls.Refusal(answer.Abandoned),
        _ => "The engine stops.",
    };

    /// <returns>The last failure; null when each was answered.</returns>
    private async Task<HostAnswer<List<RoleAnswer>?>?> AskForEachAsync(List<Destination> roles, HostAnswer<List<RoleAnswer>?> failure)
    {
        var hasFailed = false;
        var inARow = 0;
        foreach (var role in roles)
        {
            if (await TryAskAsync([role]).ConfigureAwait(false) is not { } failed)
            {
                inARow = 0;
                continue;
            }

            (hasFailed, failure) = (true, failed);
            if (++inARow == FailuresInARow)
            {
                break;
            }
        }

        return hasFailed ? failure : null;
    }

    /// <summary>Asks for roles, and keeps the answer.</summary>
    /// <returns>The failure; null when the resolver has answered.</returns>
    private async Task<HostAnswer<List<RoleAnswer>?>?> TryAskAsync(List<Destination> roles)
    {
        var answer = await resolver.AskAsync(
            async (asked, token) => await asked.ResolveAsync(roles, token).ConfigureAwait(false) is { } known
                ? roles.ConvertAll(role => RoleAnswer.Of(known, role))
                : null,
            "whether it knows roles and groups",
            services.Stopping).ConfigureAwait(false);
        if (answer is not { End: HostEnd.Returned, Value: { } answers })
        {
            return answer;
        }

        Keep(roles, answers);
        return null;
    }

    private void Keep(List<Destination> roles, List<RoleAnswer> answers)
    {
        lock (_answers)
        {
            if (_answers.Count + roles.Count > Most)
            {
                _answers.Clear();
            }

            var now = services.Options.Clock.GetUtcNow();
            for (var index = 0; index < roles.Count; index++)
            {
                _answers[roles[index]] = (answers[index], now);
            }
        }
    }
}
