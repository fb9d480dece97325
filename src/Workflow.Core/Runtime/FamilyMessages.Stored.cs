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

    private readonly HashSet<(long To, long From, int Number)> _unreadable = [];

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
    public async ValueTask<bool> IsStoredAsync(Pending pending, CancellationToken cancellation)
    {
        var key = pending.Stored;
        var before = new MessageKey(key.To, key.From, key.Number - 1);
        var query = new MessageQuery { To = key.To, After = before, Limit = 1 };
        var found = await services.Options.Store.FindMessagesAsync(query, cancellation).ConfigureAwait(false);
        return found is [var first] && KeyOf(first) == pending.Key;
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
            after = page is [.., var last] ? new MessageKey(last.To, last.From, last.Number) : after;
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
                isNew = _unreadable.Add(KeyOf(message));
            }

            if (isNew)
            {
                WorkLog.MessageNotRead(services.Logger, message.To.Value, message.From.Value, exception.Message);
            }

            return null;
        }
    }

    /// <summary>Whether the start of an instance is still to be received.</summary>
    public async ValueTask<bool> IsStartStoredAsync(ProcessInstanceId instance, ProcessInstanceId parent, CancellationToken cancellation)
    {
        var query = new MessageQuery { To = instance, After = new MessageKey(instance, parent, 0), Limit = 1 };
        var found = await services.Options.Store.FindMessagesAsync(query, cancellation).ConfigureAwait(false);
        return found is [var first] && first.From == parent && first.Number == FamilyMessage.Started.Only;
    }
}
