using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The messages that have not been received, in the order of receiver, sender and number.</summary>
internal sealed class InMemoryMessages
{
    private readonly Dictionary<MessageKey, ReadOnlyMemory<byte>> _contents = [];
    private readonly SortedSet<MessageKey> _order = new(MessageKey.Order);

    /// <summary>Takes the messages that a commit receives and keeps its idempotency key, or does neither.</summary>
    /// <returns>False when a message is not there, or something is kept under the key already.</returns>
    public bool TryReceive(Commit commit, InMemoryShared shared)
    {
        lock (_contents)
        {
            if (!commit.ReceivedMessages.All(message => _contents.ContainsKey(KeyOf(commit, message)))
                || (commit.Request is { } request && !shared.TryKeep(request)))
            {
                return false;
            }

            foreach (var message in commit.ReceivedMessages)
            {
                Remove(KeyOf(commit, message));
            }

            return true;
        }
    }

    /// <summary>Keeps the messages that a commit sends, each in the place of another with its key.</summary>
    public void Send(Commit commit)
    {
        if (commit.SentMessages.Count == 0)
        {
            return;
        }

        lock (_contents)
        {
            foreach (var message in commit.SentMessages)
            {
                var key = MessageKey.Of(message);
                _contents[key] = message.Content.ToArray();
                _order.Add(key);
            }
        }
    }

    public bool Discard(in MessageKey message)
    {
        lock (_contents)
        {
            return Remove(message);
        }
    }

    /// <summary>Removes the messages for an instance.</summary>
    public void Forget(ProcessInstanceId receiver)
    {
        lock (_contents)
        {
            if (_contents.Count == 0)
            {
                return;
            }

            foreach (var key in Behind(new MessageQuery { To = receiver, Limit = int.MaxValue }).ToList())
            {
                Remove(key);
            }
        }
    }

    public List<ProcessMessage> Find(MessageQuery query)
    {
        lock (_contents)
        {
            return [.. Behind(query).Take(query.Limit).Select(key => new ProcessMessage(key.From, key.Number, key.To, _contents[key]))];
        }
    }

    private static MessageKey KeyOf(Commit commit, (ProcessInstanceId From, int Number) message) =>
        new(commit.ProcessInstance, message.From, message.Number);

    private IEnumerable<MessageKey> Behind(MessageQuery query)
    {
        var first = new MessageKey(query.To ?? new(long.MinValue), new(long.MinValue), int.MinValue);
        var last = new MessageKey(query.To ?? new(long.MaxValue), new(long.MaxValue), int.MaxValue);
        var after = query.After is { } given && MessageKey.Order.Compare(given, first) > 0 ? given : first;
        return MessageKey.Order.Compare(after, last) >= 0 ? [] : _order.GetViewBetween(after, last).SkipWhile(key => key == after);
    }

    private bool Remove(in MessageKey key) => _order.Remove(key) && _contents.Remove(key);
}
