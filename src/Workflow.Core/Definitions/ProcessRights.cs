using System.Collections.Frozen;

namespace Workflow.Core.Definitions;

/// <summary>Who may do what with the instances of a process. No entry is no right, and nothing takes a right away (statement 9.1). The rights of the version
/// deployed last hold for the instances of all versions.</summary>
public sealed class ProcessRights
{
    private readonly FrozenDictionary<string, ProcessRight> _byUser;
    private readonly ProcessRight _everyone;

    internal ProcessRights(IEnumerable<KeyValuePair<string, ProcessRight>> byUser, ProcessRight everyone)
    {
        _byUser = byUser.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _everyone = everyone;
    }

    /// <summary>The rights of a user, those of everyone included.</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <returns>The rights; <see cref="ProcessRight.Admin"/> is not spelled out into the others.</returns>
    public ProcessRight Of(string user)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return _byUser.TryGetValue(user, out var own) ? own | _everyone : _everyone;
    }

    /// <summary>Whether a user has a right, by itself or as an administrator.</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="right">The right.</param>
    /// <returns>Whether he has it.</returns>
    public bool Allow(string user, ProcessRight right) => (Of(user) & (right | ProcessRight.Admin)) != 0;
}
