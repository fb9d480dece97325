using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <content>The events that wait for signals.</content>
public sealed partial class ActivityBuilder
{
    /// <summary>Adds an event that waits for a signal, which somebody sends to the process instance (statement 13.1k).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="signal">The name of the signal; that of the event when not said. Several events may wait for one signal.</param>
    /// <param name="succeedingRule">Whether the event is done when the signal has come; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the signal does not come (statements 6.1 and 8.3).</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The signal cannot be called so.</exception>
    /// <example><code>activity => activity.Signal("Wait for the money", "Paid")</code></example>
    public ActivityBuilder Signal(string name, string? signal = null, Rule? succeedingRule = null, Action<SignalEventBuilder>? define = null)
    {
        if (signal is not null && Names.Problem(signal) is { } problem)
        {
            throw new ArgumentException($"'{Names.Printable(signal)}' cannot be the name of a signal: {problem}.", nameof(signal));
        }

        var builder = new SignalEventBuilder();
        define?.Invoke(builder);
        _events.Add(new SignalEventDraft(name, signal ?? name, succeedingRule, builder));
        return this;
    }
}
