using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>The roles and groups of users, as one list needs them: each user is asked for once. If the resolver does not answer for a user, they count without
/// any, and this is reported. So the tasks that name them directly are still listed (statement 4.8).</summary>
internal sealed class ListedMemberships(ProcessHost host)
{
    private readonly Dictionary<string, IReadOnlyList<Destination>> _known = new(NameComparer.Default);
    private DestinationResolverException? _silence;

    /// <summary>The roles and groups of a user; none when the resolver does not say. When it has not answered in time it is not asked again for the same
    /// list.</summary>
    public async ValueTask<IReadOnlyList<Destination>> OfAsync(string user, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(user, out var memberships))
        {
            _known.Add(user, memberships = await AskAsync(user, cancellation).ConfigureAwait(false));
        }

        return memberships;
    }

    private async ValueTask<IReadOnlyList<Destination>> AskAsync(string user, CancellationToken cancellation)
    {
        try
        {
            if (_silence is null)
            {
                var memberships = await host.Resolver.MembershipsAsync(user, cancellation).ConfigureAwait(false);
                host.Unreadable.MembershipsKnown(user);
                return memberships;
            }
        }
        catch (DestinationResolverException problem)
        {
            host.Unreadable.ReportMemberships(user, problem);
            _silence = problem.IsSilent ? problem : null;
            return [];
        }

        host.Unreadable.ReportMemberships(user, _silence);
        return [];
    }
}
