using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>One of those as whom a user sees tasks: themselves, or somebody who shares with them.</summary>
internal sealed record Viewer(Actor Actor, OutOfOffice? Absence)
{
    public IReadOnlyCollection<Destination> Entries => Actor.Memberships is MembershipList memberships
        ? new UserWithMemberships(Destination.Known(Actor.StandingUser), memberships)
        : [Destination.Known(Actor.StandingUser), .. Actor.Memberships ?? []];
}
