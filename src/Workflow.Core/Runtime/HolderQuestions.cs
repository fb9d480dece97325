using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks whether those who hold slots through a role or group still belong to it, when somebody is shown a task of which they hold the last slot. The
/// slot of who has
/// left is released (statement 1.9). That somebody belongs to it is believed for the role interval.</summary>
internal sealed class HolderQuestions(EngineServices services) : BackgroundQuestions<RoleHolder>(services)
{
    private readonly Dictionary<(string Party, Destination Role), DateTimeOffset> _members = [];

    /// <summary>Notes those who hold slots of a task.</summary>
    public void Ask(ActivityInstanceDestination destination)
    {
        if (PostAsync is null)
        {
            return;
        }

        var isOpen = false;
        lock (Guard)
        {
            foreach (var holder in RoleHolder.Of(destination))
            {
                isOpen |= !IsMember(holder) && Note(holder);
            }
        }

        if (isOpen)
        {
            BeginIfWorking();
        }
    }

    /// <summary>Releases the slots of those who have left, of a task of which somebody wants a slot now.</summary>
    /// <returns>Whether there were any.</returns>
    public async ValueTask<bool> ReleaseAsync(ActivityInstanceDestination destination)
    {
        var isAny = false;
        foreach (var holder in RoleHolder.Of(destination).ToList())
        {
            isAny |= PostAsync is not null && await TryReleaseAsync(holder).ConfigureAwait(false);
        }

        return isAny;
    }

    protected override async Task AnswerAsync(List<RoleHolder> waiting)
    {
        foreach (var holder in waiting)
        {
            await TryReleaseAsync(holder).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryReleaseAsync(RoleHolder holder)
    {
        try
        {
            var memberships = await Services.Resolver.MembershipsAsync(holder.Party, Services.Stopping).ConfigureAwait(false);
            if (memberships.Contains(holder.Role))
            {
                Keep(holder);
                return false;
            }
        }
        catch (Exception exception) when (exception is DestinationResolverException or OperationCanceledException)
        {
            Failed(exception.Message);
            return false;
        }

        var left = new Input.MemberLeft(holder.Serial.Destination, holder.Party, holder.Role);
        await TellAsync(holder.Serial.ProcessInstance, new ReleaseCommand(left)).ConfigureAwait(false);
        return true;
    }

    private void Keep(in RoleHolder holder)
    {
        lock (Guard)
        {
            if (_members.Count >= Most)
            {
                _members.Clear();
            }

            _members[Key(holder)] = Services.Options.Clock.GetUtcNow();
        }
    }

    private bool IsMember(in RoleHolder holder) => _members.TryGetValue(Key(holder), out var at) && IsFresh(at);

    private static (string Party, Destination Role) Key(in RoleHolder holder) => (NameComparer.Key(holder.Party), holder.Role);

    private sealed class ReleaseCommand(Input.MemberLeft input) : Command
    {
        public override Admittance Prepare(ProcessInstance process, Definitions.ProcessDefinition definition) => input;
    }
}
