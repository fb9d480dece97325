using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>The caller: a user, or the host itself, which has every right (statement 14.7); and the idempotency key of the call, if any (statement
/// 13.7).</summary>
internal sealed record WorkflowPrincipal(string Name, bool IsSystem, string? Key = null)
{
    public static WorkflowPrincipal System { get; } = new(Names.OfHost, IsSystem: true);

    /// <exception cref="ArgumentException">The name cannot be that of a user.</exception>
    public static WorkflowPrincipal User(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Names.ProblemOfParty(user) is { } problem)
        {
            throw new ArgumentException($"'{Names.Printable(user)}' cannot be the name of a user: {problem}.", nameof(user));
        }

        return Names.Same(user, System.Name)
            ? throw new ArgumentException(
                $"'{user}' is how the history shows the host itself, so it cannot be the name of a user. Act as the host with AsSystem(), or map an automatic "
                + "actor of that name to another user.",
                nameof(user))
            : new WorkflowPrincipal(user, IsSystem: false);
    }

    /// <summary>The key, with what is carried out under it; null without one.</summary>
    /// <param name="kind">The kind of command.</param>
    /// <param name="target">The object of the command.</param>
    /// <param name="details">The other details of the request. They tell another command under the same key apart.</param>
    public OnceOnly? Once(string kind, object target, params ReadOnlySpan<object?> details)
    {
        if (Key is null)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var detail in details)
        {
            var plain = detail switch
            {
                IReadOnlyList<FieldChange> changes => FieldChanges.Text(changes),
                IEnumerable<object> several => string.Join('\u001F', several.Select(Plain)),
                _ => Plain(detail),
            };
            text.Append(plain).Append('\u001E');
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new OnceOnly(Key, Name, $"{kind} {Plain(target)} {Convert.ToHexStringLower(digest.AsSpan(0, 8))}");
    }

    /// <summary>The same principal for one of several commands that each need a key of their own.</summary>
    public WorkflowPrincipal For(SerialNumber serial) => Key is null ? this : this with { Key = $"{Key}/{serial}" };

    /// <summary>The same principal for one of several commands that each need a key of their own.</summary>
    public WorkflowPrincipal For(ProcessInstanceId processInstance) => Key is null ? this : this with { Key = $"{Key}/{processInstance}" };

    private static string Plain(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
