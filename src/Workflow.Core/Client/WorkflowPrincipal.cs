using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Who asks: a user, or the host itself, whom nothing is denied (statement 14.7); and under which idempotency key, if any (statement 13.7).</summary>
internal sealed record WorkflowPrincipal(string Name, bool IsSystem, string? Key = null)
{
    public static WorkflowPrincipal System { get; } = new("system", IsSystem: true);

    /// <exception cref="ArgumentException">The name cannot be that of a user.</exception>
    public static WorkflowPrincipal User(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Names.Problem(user) is { } problem)
        {
            throw new ArgumentException($"'{Names.Shown(user)}' cannot be the name of a user: {problem}.", nameof(user));
        }

        return string.Equals(user, System.Name, StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException($"'{user}' is how the history shows the host itself, so it cannot be the name of a user. Act as the host with AsSystem().", nameof(user))
            : new WorkflowPrincipal(user, IsSystem: false);
    }

    /// <summary>The key, with what is carried out under it; null without one.</summary>
    public OnceOnly? Once<T>(string operation, T subject) => Key is null ? null : new OnceOnly(Key, Name, $"{operation} {subject}");

    /// <summary>The same principal for one of several commands, each of which needs a key of its own.</summary>
    public WorkflowPrincipal For(SerialNumber serial) => Key is null ? this : this with { Key = $"{Key}/{serial}" };
}
