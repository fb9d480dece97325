using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks whether those who hold slots through a role or group still belong to it, when somebody is shown a task of which they hold the last slot. A slot
/// whose holder has left is released (statement 1.9). That somebody belongs to it is believed for the role interval.</summary>
internal sealed class HolderQuestions(EngineServices services) : BackgroundQuestions<RoleHolder>(services)
{
    private readonly Dictionary<(string Party, Destination Role), DateTimeOffset> _members = [];

    /// <summary>Notes those who hold slots of a task.</summary>
    /// <param name="destination">The task.</param>
    /// <param name="notBefore">When they may be asked for at the earliest.</param>
    public void Ask(ActivityInstanceDestination destination, DateTimeOffset notBefore)
    {
        var isOpen = false;
        lock (Guard)
        {
            foreach (var holder in RoleHolder.Of(destination))
            {
                isOpen |= !IsMember(holder) && Note(holder, notBefore);
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
            isAny |= await TryReleaseAsync(holder).ConfigureAwait(false) is true;
        }

        return isAny;
    }

    protected override async Task<List<RoleHolder>> AnswerAsync(List<RoleHolder> due)
    {
        var open = new List<RoleHolder>();
        foreach (var holder in due)
        {
            if (await TryReleaseAsync(holder).ConfigureAwait(false) is null)
            {
                open.Add(holder);
            }
        }

        return open;
    }

    protected override void LogFailure(string why, Exception? exception) => WorkLog.HoldersNotAsked(Services.Logger, why, exception);

    /// <returns>Whether the slot was released; null when that is still open.</returns>
    private async ValueTask<bool?> TryReleaseAsync(RoleHolder holder)
    {
        try
        {
            var memberships = await Services.Resolver.MembershipsAsync(holder.Party, Services.Stopping).ConfigureAwait(false);
            if (memberships.Contains(holder.Role))
            {
                Keep(holder);
                return false;
            }

            var left = new Input.MemberLeft(holder.Serial.Destination, holder.Party, holder.Role);
            await PostAsync!(holder.Serial.ProcessInstance, new ReleaseCommand(left), Services.Stopping).ConfigureAwait(false);
            return true;
        }
        catch (ProcessInstanceNotFoundException)
        {
            return false;
        }
#pragma warning disable CA1031 // Nobody waits for it, and what fails changes nothing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Failed(ErrorText.Of(exception), exception);
            return null;
        }
    }

    private void Keep(in RoleHolder holder)
    {
        lock (Guard)
        {
            if (_members.Count >= Most)
            {
                _members.Clear();
            }

            _members[Key(holder)] = Now;
        }
    }

    private bool IsMember(in RoleHolder holder) => _members.TryGetValue(Key(holder), out var at) && IsFresh(at);

    private static (string Party, Destination Role) Key(in RoleHolder holder) => (NameComparer.Key(holder.Party), holder.Role);

    private sealed class ReleaseCommand(Input.MemberLeft input) : Command
    {
        public override Admittance Prepare(ProcessInstance process, Definitions.ProcessDefinition definition) => input;
    }
}
