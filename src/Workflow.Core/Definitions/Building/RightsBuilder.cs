namespace Workflow.Core.Definitions.Building;

/// <summary>Grants rights to users (statement 9.1). Several grants to one user add up.</summary>
public sealed class RightsBuilder
{
    private readonly Dictionary<string, ProcessRight> _byUser = new(StringComparer.OrdinalIgnoreCase);
    private ProcessRight _everyone;

    /// <summary>Lets users start instances.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Start(params ReadOnlySpan<string> users) => Grant(ProcessRight.Start, users);

    /// <summary>Lets users see all instances.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder View(params ReadOnlySpan<string> users) => Grant(ProcessRight.View, users);

    /// <summary>Lets users see the instances in which they take or took part.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder ViewParticipate(params ReadOnlySpan<string> users) => Grant(ProcessRight.ViewParticipate, users);

    /// <summary>Lets users, most often the accounts of outside systems, find and finish server items.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder ServerEvent(params ReadOnlySpan<string> users) => Grant(ProcessRight.ServerEvent, users);

    /// <summary>Lets users do everything.</summary>
    /// <param name="users">The names of the users.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Admin(params ReadOnlySpan<string> users) => Grant(ProcessRight.Admin, users);

    /// <summary>Grants rights to every user there is.</summary>
    /// <param name="rights">The rights.</param>
    /// <returns>This builder.</returns>
    public RightsBuilder Everyone(ProcessRight rights)
    {
        _everyone |= rights;
        return this;
    }

    internal ProcessRights Build() => new(_byUser, _everyone);

    private RightsBuilder Grant(ProcessRight right, ReadOnlySpan<string> users)
    {
        foreach (var user in users)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(user, nameof(users));
            _byUser[user] = _byUser.GetValueOrDefault(user) | right;
        }

        return this;
    }
}
