namespace Workflow.Core.Definitions.Building;

/// <summary>Grants rights to users, groups and roles (statement 9.1). Several grants to one of them add up.</summary>
public sealed class RightsBuilder
{
    private readonly List<ProcessGrant> _granted = [];
    private ProcessRight _everyone;

    /// <summary>Lets users start instances.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Start(params ReadOnlySpan<string> users) => Grant(ProcessRight.Start, users);

    /// <summary>Lets groups and roles start instances.</summary>
    /// <param name="who">The groups and roles, or users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Start(params ReadOnlySpan<Destination> who) => Grant(ProcessRight.Start, who);

    /// <summary>Lets users see all instances.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder View(params ReadOnlySpan<string> users) => Grant(ProcessRight.View, users);

    /// <summary>Lets groups and roles see all instances.</summary>
    /// <param name="who">The groups and roles, or users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder View(params ReadOnlySpan<Destination> who) => Grant(ProcessRight.View, who);

    /// <summary>Lets users see the instances in which they take or took part.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder ViewParticipate(params ReadOnlySpan<string> users) => Grant(ProcessRight.ViewParticipate, users);

    /// <summary>Lets groups and roles see the instances in which they take or took part.</summary>
    /// <param name="who">The groups and roles, or users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder ViewParticipate(params ReadOnlySpan<Destination> who) => Grant(ProcessRight.ViewParticipate, who);

    /// <summary>Lets users, most often the accounts of outside systems, find and finish server items.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder ServerEvent(params ReadOnlySpan<string> users) => Grant(ProcessRight.ServerEvent, users);

    /// <summary>Lets groups and roles find and finish server items.</summary>
    /// <param name="who">The groups and roles, or users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder ServerEvent(params ReadOnlySpan<Destination> who) => Grant(ProcessRight.ServerEvent, who);

    /// <summary>Lets users do everything.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Admin(params ReadOnlySpan<string> users) => Grant(ProcessRight.Admin, users);

    /// <summary>Lets groups and roles do everything.</summary>
    /// <param name="who">The groups and roles, or users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Admin(params ReadOnlySpan<Destination> who) => Grant(ProcessRight.Admin, who);

    /// <summary>Grants rights to every user there is.</summary>
    /// <param name="rights">The rights.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Everyone(ProcessRight rights)
    {
        _everyone |= rights;
        return this;
    }

    internal ProcessRights Build() => new([.. _granted], _everyone);

    private RightsBuilder Grant(ProcessRight right, ReadOnlySpan<string> users)
    {
        foreach (var user in users)
        {
            Grant(right, [Destination.User(user)]);
        }

        return this;
    }

    private RightsBuilder Grant(ProcessRight right, ReadOnlySpan<Destination> who)
    {
        foreach (var destination in who)
        {
            Destination.RefuseUnusable(destination, nameof(who));
            var index = _granted.FindIndex(grant => grant.Who == destination);
            if (index < 0)
            {
                _granted.Add(new ProcessGrant(destination, right));
            }
            else
            {
                _granted[index] = new ProcessGrant(destination, _granted[index].Right | right);
            }
        }

        return this;
    }
}
