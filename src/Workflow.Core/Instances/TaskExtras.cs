namespace Workflow.Core.Instances;

/// <summary>The data that a task keeps besides its slots: sleeps, delegations and redirects.</summary>
internal sealed class TaskExtras
{
    public List<ItemSleep> Sleeps { get; init; } = [];

    public List<Delegation> Delegations { get; init; } = [];

    public List<ItemActionRight> ActionRights { get; init; } = [];

    public List<Inheritance> Inheritances { get; init; } = [];

    /// <summary>Members of a role who have given the task away, and so no longer have it through the role (statement 1.11).</summary>
    public List<string> Excluded { get; init; } = [];

    /// <summary>Whether somebody's standing may come from a role or group.</summary>
    public bool NamesRoles =>
        Delegations.Exists(delegation => delegation.To.Kind is not DestinationKind.User)
            || ActionRights.Exists(right => right.Who.Kind is not DestinationKind.User);

    public ItemSleep? SleepOf(string user, string party) => Sleeps.Find(sleep => sleep.IsOf(user, party));

    /// <summary>Whether somebody has given the task away, in any notation of their name.</summary>
    public bool IsExcluded(string user) => Excluded.Exists(name => Names.Same(name, user));

    /// <summary>Those whose task a user got, over several redirects.</summary>
    public IEnumerable<Destination> InheritedBy(string user)
    {
        for (var index = Inheritances.Count - 1; index >= 0; index--)
        {
            var inheritance = Inheritances[index];
            if (Names.Same(inheritance.User, user))
            {
                yield return inheritance.From;
                user = inheritance.From.Name;
            }
        }
    }

    /// <summary>The task goes on as one of another version, in which actions have other names (statement 8.8c).</summary>
    public void ChangeVersion(Func<string, string> action)
    {
        for (var index = 0; index < ActionRights.Count; index++)
        {
            ActionRights[index] = ActionRights[index] with { Action = action(ActionRights[index].Action) };
        }

        for (var index = 0; index < Delegations.Count; index++)
        {
            if (Delegations[index].Actions is { } actions)
            {
                Delegations[index] = Delegations[index] with { Actions = [.. actions.Select(action)] };
            }
        }
    }

    /// <summary>The client event is over.</summary>
    public void Close()
    {
        Sleeps.Clear();
        Delegations.Clear();
        ActionRights.Clear();
    }
}
