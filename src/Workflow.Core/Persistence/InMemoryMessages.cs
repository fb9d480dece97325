using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The messages that have not been received.</summary>
internal sealed class InMemoryMessages
{
    private readonly SortedDictionary<(long To, long From, int Number), ProcessMessage> _messages = [];

    public void Apply(Commit commit)
    {
        if (commit.SentMessages.Count == 0 && commit.ReceivedMessages.Count == 0)
        {
            return;
        }

        lock (_messages)
        {
            foreach (var message in commit.SentMessages)
            {
                _messages[(message.To.Value, message.From.Value, message.Number)] = message with { Content = message.Content.ToArray() };
            }

            foreach (var (from, number) in commit.ReceivedMessages)
            {
                _messages.Remove((commit.ProcessInstance.Value, from.Value, number));
            }
        }
    }

    public List<ProcessMessage> Find(int limit)
    {
        lock (_messages)
        {
            return [.. _messages.Values.Take(limit)];
        }
    }
}
