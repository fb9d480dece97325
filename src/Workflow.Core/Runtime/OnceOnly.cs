using System.Text;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>An idempotency key, and the command under it (statement 13.7). A key belongs to the principal who sends it: the same key of somebody else is
/// another key.</summary>
/// <param name="Key">The key.</param>
/// <param name="User">The user who sends the command.</param>
/// <param name="Operation">The request as text that is the same whenever the user asks for the same.</param>
internal sealed record OnceOnly(string Key, string User, string Operation)
{
    /// <summary>The key as it is stored: first the principal, in the form in which names compare.
    /// No name holds the character that stands between them.</summary>
    private string StoredKey => $"{NameComparer.Key(User)}{StoredRequest.KeySeparator}{Key}";

    /// <summary>The stored form: the effect of the command, and who asked for what. Neither holds a line break.</summary>
    public StoredRequest ToStored(ProcessInstanceId processInstance, CommandEffect effect, DateTimeOffset at) =>
        new(StoredKey, processInstance, Encoding.UTF8.GetBytes($"{LetterOf(effect)}{User}\n{Operation}"), at);

    /// <summary>The result of the command, if it has been carried out.</summary>
    /// <returns>The instance that it moved, and its effect; null when it has not been carried out.</returns>
    /// <exception cref="IdempotencyKeyException">The key belongs to another command.</exception>
    public async ValueTask<(ProcessInstanceId Id, CommandEffect Effect)?> FindAsync(IProcessStore store, CancellationToken cancellation) =>
        await store.FindRequestAsync(StoredKey, cancellation).ConfigureAwait(false) is { } done && IsOfThePrincipal(done)
            ? (done.ProcessInstance, EffectOf(done))
            : null;

    /// <summary>The instance that was started, if it has been.</summary>
    /// <exception cref="IdempotencyKeyException">The key belongs to another command.</exception>
    public async ValueTask<(ProcessInstanceId Id, ProcessInstanceStatus Status)?> FindStartedAsync(
        ProcessReader reader, IProcessStore store, CancellationToken cancellation)
    {
        if (await FindAsync(store, cancellation).ConfigureAwait(false) is not { } done)
        {
            return null;
        }

        // The keys of an instance that was deleted with its history stay (statement 8.6b).
        var process = await reader.ReadAsync(done.Id, cancellation).ConfigureAwait(false);
        return (done.Id, process?.Status ?? ProcessInstanceStatus.Deleted);
    }

    /// <summary>Version 0.1 stored the key alone, so that it was anybody's.</summary>
    private bool IsOfThePrincipal(StoredRequest done) => string.Equals(done.Key, StoredKey, StringComparison.Ordinal) || Names.Same(Content(done).User, User);

    private CommandEffect EffectOf(StoredRequest done) =>
        Content(done) is var (_, operation, effect) && string.Equals(operation, Operation, StringComparison.Ordinal)
            ? effect
            : throw new IdempotencyKeyException(Key);

    private static (string User, string Operation, CommandEffect Effect) Content(StoredRequest done)
    {
        var text = Encoding.UTF8.GetString(done.Content.Span);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 ? (text[1..end], text[(end + 1)..], EffectOf(text[0])) : ("", text, CommandEffect.Applied);
    }

    private static char LetterOf(CommandEffect effect) => effect switch
    {
        CommandEffect.StoredForLater => 'S',
        CommandEffect.Dropped => 'D',
        _ => 'A',
    };

    private static CommandEffect EffectOf(char letter) => letter switch
    {
        'S' => CommandEffect.StoredForLater,
        'D' => CommandEffect.Dropped,
        _ => CommandEffect.Applied,
    };
}
