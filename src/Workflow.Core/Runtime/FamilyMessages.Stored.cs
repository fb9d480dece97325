using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <content>The messages in the store.</content>
internal sealed partial class FamilyMessages
{
    private const int Page = 100;

    private readonly HashSet<MessageKey> _unreadable = [];

    /// <summary>All messages in the store, by receiver.</summary>
    public async ValueTask<IReadOnlyList<Pending>> FindStoredAsync(CancellationToken cancellation)
    {
        var found = new List<Pending>();
        foreach (var message in await FindAllAsync(cancellation).ConfigureAwait(false))
        {
            if (TryRead(message) is { } read)
            {
                found.Add(new Pending(message.From, read));
            }
        }

        return found;
    }

    /// <summary>Whether a message is still to be received.</summary>
    public async ValueTask<bool> IsStoredAsync(MessageKey key, CancellationToken cancellation)
    {
        var query = new MessageQuery { To = key.To, After = key with { Number = key.Number - 1 }, Limit = 1 };
        var found = await services.Options.Store.FindMessagesAsync(query, cancellation).ConfigureAwait(false);
        return found is [var first] && MessageKey.Of(first) == key;
    }

    private async ValueTask<List<ProcessMessage>> FindAllAsync(CancellationToken cancellation)
    {
        var found = new List<ProcessMessage>();
        MessageKey? after = null;
        IReadOnlyList<ProcessMessage> page;
        do
        {
            page = await services.Options.Store.FindMessagesAsync(new MessageQuery { After = after, Limit = Page }, cancellation).ConfigureAwait(false);
            found.AddRange(page);
            after = page is [.., var last] ? MessageKey.Of(last) : after;
        }
        while (page.Count == Page);
        return found;
    }

    /// <summary>A message that this engine cannot read is left to those that can.</summary>
    private FamilyMessage? TryRead(in ProcessMessage message)
    {
        try
        {
            return MessageReader.Read(message);
        }
        catch (StoredFormatException exception)
        {
            bool isNew;
            lock (_unreadable)
            {
                isNew = _unreadable.Add(MessageKey.Of(message));
            }

            if (isNew)
            {
                WorkLog.MessageNotRead(services.Logger, message.To.Value, message.From.Value, exception.Message);
            }

            return null;
        }
    }
}
