using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says what happens when the code of a server event fails or takes too long (statements 6.1, 8.3 and 13.2).</summary>
public sealed class ServerEventBuilder
{
    private readonly List<EscalationDraft> _escalations = [];

    internal ServerEventBuilder()
    {
    }

    internal IReadOnlyList<EscalationDraft> Escalations => _escalations;

    internal ExceptionHandler? OnException { get; private set; }

    internal RetryPolicy? Retries { get; private set; }

    internal TimeSpan? Limit { get; private set; }

    /// <summary>Has the code called again when it throws or takes too long, under the same idempotency key. While the event waits for the next attempt, its
    /// instance is Active and a timer is armed. Only the exception of the last attempt counts (statement 13.2).</summary>
    /// <param name="attempts">How often the code is called at most, the first call included: 2 to 1,000.</param>
    /// <param name="wait">How long the engine waits before the second attempt: at most 365 days.</param>
    /// <param name="factor">By how much each wait is longer than the one before; 1 or more, and equal waits when not said.</param>
    /// <param name="atMost">The longest wait before the jitter is added; 365 days when not said.</param>
    /// <param name="jitter">The share of a wait, from 0 to 1, that is added at random at most; nothing when not said.</param>
    /// <param name="when">Which exceptions are retried; all when not said. Where it throws, the code is not called again.</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// server => server.Retry(attempts: 5, wait: TimeSpan.FromSeconds(10), factor: 2, when: failure => failure.Exception is HttpRequestException)
    /// </code></example>
    public ServerEventBuilder Retry(
        int attempts, TimeSpan wait, double factor = 1, TimeSpan? atMost = null, double jitter = 0, ExceptionFilter? when = null)
    {
        Retries = new RetryPolicy(attempts, wait, factor, atMost, jitter, when);
        return this;
    }

    /// <summary>Sets how long one call of the code may take. After that it has failed, as if it had thrown a <see cref="TimeoutException"/>. Without it the
    /// host decides (<c>WorkflowOptions.ServerEventTimeout</c>). Pure code is called in place, so the limit holds for it only while it awaits.</summary>
    /// <param name="limit">The time: positive, and at most 49 days.</param>
    /// <returns>This builder.</returns>
    public ServerEventBuilder Timeout(TimeSpan limit)
    {
        Limit = limit;
        return this;
    }

    /// <summary>Decides what becomes of an exception of the event: its code, its succeeding rule, and its escalations (statement 8.3).</summary>
    /// <param name="decide">Decides. Where it throws, the exception rule of the activity is asked.</param>
    /// <returns>This builder.</returns>
    /// <example><code>server => server.ExceptionRule(_ => ExceptionDecision.Continue)</code></example>
    public ServerEventBuilder ExceptionRule(ExceptionHandler decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        OnException = decide;
        return this;
    }

    /// <summary>Adds an escalation that fires when the event waits too long to be finished (statement 6.1). It does not fire while the code of the event runs
    /// (statement 6.6b).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="after">How long after the start of the event; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ServerEventBuilder Escalation(string name, Delay after, Action<EventEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="when">When it fires; at once when that is past as the event starts.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ServerEventBuilder Escalation(string name, DueTime when, Action<EventEscalationBuilder> then, Repeat? repeat = null)
    {
        _escalations.Add(EscalationDraft.Of(name, when, new EventEscalationBuilder(), then, repeat));
        return this;
    }
}
