using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks whether the users who hold slots through a role or group still belong to it. It asks when a task is shown to somebody and these users hold its
/// last slot. A slot whose holder has left is released (statement 1.9). That somebody belongs to it is believed for the role interval.</summary>
internal sealed class HolderQuestions(EngineServices services) : BackgroundQuestions<RoleHolder>(services)
{
    private readonly Dictionary<(string Member, Destination Role), DateTimeOffset> _members = [];

    /// <summary>Notes those who hold slots of a task.</summary>
    /// <param name="destination">The task.</param>
    /// <param name="notBefore">When they may be asked for at the earliest.</param>
    public void Enqueue(ActivityInstanceDestination destination, DateTimeOffset notBefore)
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

    /// <summary>Releases the slots of those who have left, for a task in which somebody wants a slot now.</summary>
    /// <param name="destination">The task.</param>
    /// <param name="post">Moves an instance: inside a transaction of the host, with it.</param>
    /// <returns>Whether there were any.</returns>
    public async ValueTask<bool> ReleaseAsync(ActivityInstanceDestination destination, CommandPost post)
    {
        var isAny = false;
        foreach (var holder in RoleHolder.Of(destination).ToList())
        {
            switch (await TryReleaseAsync(holder, post).ConfigureAwait(false))
            {
                case true:
                    isAny = true;
                    break;
                case null:
                    NoteLater(holder);
                    break;
            }
        }

        return isAny;
    }

    protected override object SubjectOf(RoleHolder question) => NameComparer.Key(question.Member);

    protected override async Task<List<RoleHolder>> AnswerAsync(List<RoleHolder> due)
    {
        var released = await BesideAsync(
            due, async holder => (Holder: holder, Result: await TryReleaseAsync(holder, PostAsync!).ConfigureAwait(false))).ConfigureAwait(false);
        return [.. released.Where(item => item.Result is null).Select(item => item.Holder)];
    }

    protected override void LogFailure(string why, Exception? exception) => WorkLog.HoldersNotAsked(Services.Logger, why, exception);

    /// <returns>Whether the slot was released; null when that is still open.</returns>
    private async ValueTask<bool?> TryReleaseAsync(RoleHolder holder, CommandPost post)
    {
        try
        {
            var memberships = await Services.Resolver.MembershipsAsync(holder.Member, Services.Stopping).ConfigureAwait(false);
            if (holder.IsMember(memberships))
            {
                Keep(holder, memberships);
                return false;
            }

            await post(new ReleaseCommand(new Input.HolderKnown(holder, memberships)), Services.Stopping).ConfigureAwait(false);
            return true;
        }
        catch (ProcessInstanceNotFoundException)
        {
            return false;
        }
        catch (StoredFormatException exception)
        {
            await Services.Unreadable.ReportAsync(holder.Serial.ProcessInstance, exception).ConfigureAwait(false);
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

    private void Keep(in RoleHolder holder, IReadOnlyList<Destination> memberships)
    {
        lock (Guard)
        {
            if (_members.Count >= Most)
            {
                _members.Clear();
            }

            foreach (var role in holder.Needs.SelectMany(roles => roles).Where(memberships.Contains))
            {
                _members[(NameComparer.Key(holder.Member), role)] = Now;
            }
        }
    }

    /// <summary>Nobody waits for it any more; it is asked again when the role interval has passed.</summary>
    private void NoteLater(in RoleHolder holder)
    {
        lock (Guard)
        {
            Note(holder, Now + Services.Options.RoleInterval);
        }

        BeginIfWorking();
    }

    private bool IsMember(RoleHolder holder) => holder.Needs.All(roles => roles.Any(role =>
        _members.TryGetValue((NameComparer.Key(holder.Member), role), out var at) && Services.IsBelieved(at)));

    private sealed class ReleaseCommand(Input.HolderKnown input) : Command(input.Holder.Serial.ProcessInstance)
    {
        public override PreparedInput Prepare(ProcessInstance process, Definitions.ProcessDefinition definition) => input;
    }
}
