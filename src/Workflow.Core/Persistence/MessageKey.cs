using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Names a message from one process instance to another. No two messages in a store have the same key.</summary>
/// <param name="To">The process instance that the message is for.</param>
/// <param name="From">The process instance that sent it.</param>
/// <param name="Number">The number of the message among those of the sender.</param>
public readonly record struct MessageKey(ProcessInstanceId To, ProcessInstanceId From, int Number)
{
    /// <summary>The order of receiver, sender and number.</summary>
    internal static Comparer<MessageKey> Order { get; } = Comparer<MessageKey>.Create(
        static (one, other) => (one.To.Value, one.From.Value, one.Number).CompareTo((other.To.Value, other.From.Value, other.Number)));

    internal static MessageKey Of(in ProcessMessage message) => new(message.To, message.From, message.Number);
}
