using Workflow.Core.Destinations;

namespace Workflow.Core.Runtime;

/// <summary>Asks the resolver about users, for those who want something: to which roles and groups they belong, and who manages them. It also asks questions by
/// name.</summary>
internal sealed partial class ResolverQuestions
{
    /// <summary>More roles and groups than anybody belongs to.</summary>
    private const int MostMemberships = 10_000;

    private readonly WorkflowOptions _options;
    private readonly ResolverCalls _calls;
    private readonly KnownMemberships _known = new();

    public ResolverQuestions(WorkflowOptions options, ResolverCalls calls)
    {
        _options = options;
        _calls = calls;
    }

    /// <exception cref="DestinationResolverException">The resolver did not answer, or gave an answer that cannot be used.</exception>
    public ValueTask<IReadOnlyList<Destination>> MembershipsAsync(string user, CancellationToken cancellation) => AskAsync<IReadOnlyList<Destination>>(
        async (resolver, token) => Checked(user, await resolver.FindMembershipsAsync(user, token).ConfigureAwait(false)),
        $"to which roles and groups '{user}' belongs",
        cancellation);

    /// <exception cref="DestinationResolverException">The resolver did not answer, or gave an answer that cannot be used.</exception>
    public ValueTask<string?> ManagerAsync(string user, CancellationToken cancellation) => AskAsync(
        async (resolver, token) => Checked(user, await resolver.FindManagerAsync(user, token).ConfigureAwait(false)), $"who manages '{user}'", cancellation);

    private static string? Checked(string user, string? manager) => manager is not null && Names.ProblemOfParty(DestinationKind.User, manager) is { } problem
        ? throw new DestinationResolverException(
            $"The resolver names '{Names.Printable(manager)}' as the manager of '{user}', which cannot be the name of a user: {problem}. "
            + "Name a user, or give null for nobody.") { Statement = "9.5" }
        : manager;

    /// <summary>Reads an answer. It is the host's code too.</summary>
    private MembershipList Checked(string user, IReadOnlyList<Destination>? memberships)
    {
        if (memberships is null)
        {
            throw new DestinationResolverException($"The resolver answers null to the question to which roles and groups '{user}' belongs. Give an empty "
                + $"list for none.");
        }

        if (memberships.Count > MostMemberships)
        {
            throw new DestinationResolverException($"The resolver names {memberships.Count.Invariant()} roles and groups of '{user}', and "
                + $"{MostMemberships.Invariant()} are the most.");
        }

        if (_known.Find(user, memberships) is { } known)
        {
            return known;
        }

        var read = new List<Destination>(memberships.Count);
        foreach (var membership in memberships)
        {
            if (membership.Name is null || membership.Kind is DestinationKind.User)
            {
                throw new DestinationResolverException(
                    $"The resolver names {(membership.Name is null ? "a destination without a name" : membership.ToString())} among the roles and groups of "
                        + $"'{user}'. Name roles and groups only.");
            }

            read.Add(membership);
        }

        var list = new MembershipList([.. read]);
        _known.Keep(user, list);
        return list;
    }

    private async ValueTask<T> AskAsync<T>(
        Func<IDestinationResolver, CancellationToken, ValueTask<T>> question, string what, CancellationToken cancellation)
    {
        return Read(await _calls.AskAsync(question, what, cancellation).ConfigureAwait(false), what, cancellation);
    }

    private T Read<T>(in HostAnswer<T> answer, string what, CancellationToken cancellation)
    {
        switch (answer.End)
        {
            case HostEnd.Returned:
                return answer.Value!;
            case HostEnd.Interrupted:
                cancellation.ThrowIfCancellationRequested();
                throw ActiveTurns.Stopped();
            case HostEnd.TookTooLong:
                throw new DestinationResolverException(
                    $"The resolver was asked {what} and has not answered within {_options.ResolverTimeout}. Make it faster, or raise "
                        + $"WorkflowOptions.ResolverTimeout.") { IsSilent = true };
            case HostEnd.Threw when answer.Exception is DestinationResolverException unusable:
                throw unusable;
            case HostEnd.Threw:
                throw new DestinationResolverException(
                    $"The resolver was asked {what} and threw: {ErrorText.Of(answer.Exception!)} Make it answer.", answer.Exception);
            default:
                throw new DestinationResolverException(ResolverCalls.Refusal(answer.Abandoned)) { IsSilent = true, Statement = "14.7b" };
        }
    }
}
