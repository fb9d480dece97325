using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The messages between parents and sub-processes that this engine has to deliver. The store has them all. The engine delivers
/// those that it has sent itself at once. It delivers those of another engine when that has not done so within the poll interval. Two engines may deliver the
/// same message, and the store lets one of them receive it.</summary>
internal sealed partial class FamilyMessages(EngineServices services)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<MessageKey, Pending> _pending = new(MessageKey.Order);
    private DateTimeOffset? _lookedAt;

    /// <summary>How often another look at the store was asked for. One that is under way may have missed what is meant.</summary>
    private int _looksAskedFor;

    /// <summary>When messages were taken last.</summary>
    private DateTimeOffset _takenAt = DateTimeOffset.MinValue;

    /// <summary>Whether the engine delivers messages by itself. Otherwise what is sent stays in the store until somebody asks for it.</summary>
    public Func<bool> IsWorking { get; set; } = () => false;

    /// <summary>When the next message is due that could not be delivered or may be delivered by another engine; null for none. One that was due already when
    /// the engine took some waits for room, and the loop is woken as soon as there is some.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            lock (_lock)
            {
                DateTimeOffset? next = null;
                foreach (var (_, pending) in _pending)
                {
                    next = !pending.IsTaken && pending.NotBefore > _takenAt && (next is null || pending.NotBefore < next) ? pending.NotBefore : next;
                }

                return next;
            }
        }
    }

    /// <summary>Messages are sent and stored.</summary>
    public void Note(ProcessInstanceId from, List<FamilyMessage>? sent)
    {
        if (sent is not { Count: > 0 })
        {
            return;
        }

        var now = services.Options.Clock.GetUtcNow();
        var isWorking = IsWorking();
        lock (_lock)
        {
            if (!isWorking)
            {
                AskForLook();
                return;
            }

            foreach (var message in sent)
            {
                var pending = new Pending(from, message) { FoundAt = now, NotBefore = now };
                _pending[pending.Key] = pending;
            }
        }

        services.WorkAppeared?.Invoke();
    }

    /// <summary>Takes what is due, of each receiver all that it gets. It is delivered by one caller at a time.</summary>
    /// <param name="most">Of how many receivers at most.</param>
    /// <param name="isBusy">Whether something is under way for a receiver. It gets nothing now, and takes no room.</param>
    public List<List<Pending>> Take(int most, Predicate<ProcessInstanceId> isBusy)
    {
        var now = services.Options.Clock.GetUtcNow();
        var taken = new List<List<Pending>>();
        lock (_lock)
        {
            _takenAt = now;
            ProcessInstanceId? receiver = null;
            foreach (var (key, pending) in _pending)
            {
                if (pending.IsTaken || pending.NotBefore > now || (receiver != key.To && isBusy(key.To)))
                {
                    continue;
                }

                if (receiver != key.To)
                {
                    if (taken.Count == most)
                    {
                        break;
                    }

                    receiver = key.To;
                    taken.Add([]);
                }

                pending.IsTaken = true;
                taken[^1].Add(pending);
            }
        }

        return taken;
    }

    /// <summary>Something that kept messages from being delivered may be over: a definition is deployed.</summary>
    public void TryAgain()
    {
        lock (_lock)
        {
            var now = services.Options.Clock.GetUtcNow();
            foreach (var (_, pending) in _pending)
            {
                pending.NotBefore = pending.Failures > 0 ? now : pending.NotBefore;
                pending.Failures = 0;
            }

            _takenAt = DateTimeOffset.MinValue;
        }
    }

    /// <summary>A commit with messages failed, and it may be stored all the same: the store is asked again.</summary>
    public void LookAgain()
    {
        lock (_lock)
        {
            AskForLook();
        }

        services.WorkAppeared?.Invoke();
    }

    /// <summary>It is delivered, or was by another engine.</summary>
    public void Remove(Pending delivered)
    {
        lock (_lock)
        {
            _pending.Remove(delivered.Key);
        }
    }

    /// <summary>It is not delivered, and stays for the next one who takes some.</summary>
    public void Leave(Pending left)
    {
        lock (_lock)
        {
            left.IsTaken = false;
        }
    }

    /// <summary>It is not delivered. It is tried again, each time after a longer wait. Where another engine has the receiver, it waits for
    /// the poll interval.</summary>
    public void PutOff(Pending failed, bool isBusy)
    {
        lock (_lock)
        {
            failed.IsTaken = false;
            failed.NotBefore = services.Options.Clock.GetUtcNow()
                + (isBusy ? services.Options.PollInterval : WaitTimes.PutOffAfter(failed.Failures));
            failed.Failures += isBusy ? 0 : 1;
        }
    }

    /// <summary>Looks for messages in the store, if that is due: once when the engine begins, and on a store that others use too after each poll
    /// interval.</summary>
    public async ValueTask LookAsync(CancellationToken cancellation)
    {
        var now = services.Options.Clock.GetUtcNow();
        int askedFor;
        lock (_lock)
        {
            askedFor = _looksAskedFor;
            if (_lookedAt is { } last && (!services.IsShared || (now >= last && now - last < services.Options.PollInterval)))
            {
                return;
            }
        }

        var found = await FindAllAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            _lookedAt = askedFor == _looksAskedFor ? now : null;
            var stored = found.Select(message => MessageKey.Of(message)).ToHashSet();
            foreach (var (key, _) in _pending.Where(item => IsGone(item.Key, item.Value)).ToList())
            {
                _pending.Remove(key);
            }

            foreach (var message in found)
            {
                var key = MessageKey.Of(message);
                if (!_pending.ContainsKey(key) && TryRead(message) is { } read)
                {
                    _pending[key] = new Pending(message.From, read)
                    {
                        FoundAt = now, NotBefore = services.IsShared ? now + services.Options.PollInterval : now,
                    };
                }
            }

            // One that was sent after the question is not gone.
            bool IsGone(MessageKey key, Pending pending) => !pending.IsTaken && pending.FoundAt < now && !stored.Contains(key);
        }
    }

    private void AskForLook()
    {
        _lookedAt = null;
        _looksAskedFor++;
    }

    /// <summary>A message that is to be delivered.</summary>
    /// <param name="from">The instance that has sent it.</param>
    /// <param name="message">The message.</param>
    internal sealed class Pending(ProcessInstanceId from, FamilyMessage message)
    {
        public ProcessInstanceId From => from;

        public FamilyMessage Message => message;

        public MessageKey Key => new(message.To, from, message.Number);

        /// <summary>When this engine has sent it, or has found it in the store.</summary>
        public DateTimeOffset FoundAt { get; init; }

        public DateTimeOffset NotBefore { get; set; }

        public int Failures { get; set; }

        /// <summary>Whether somebody delivers it now.</summary>
        public bool IsTaken { get; set; }
    }
}
