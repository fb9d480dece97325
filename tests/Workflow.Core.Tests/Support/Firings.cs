using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about escalations.</summary>
internal static class Firings
{
    private static readonly JournalKind[] _kinds =
    [
        JournalKind.EscalationFired, JournalKind.EscalationPassedOver, JournalKind.EscalationChangedNothing, JournalKind.EscalationNotArmed,
        JournalKind.EscalationFailed,
    ];

    /// <summary>The instant of a text such as <c>2026-06-01T08:00Z</c>.</summary>
    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The escalation only leaves its trace in the history.</summary>
    public static void Mails(this ProcessEscalationBuilder then) => then.Run("Send a mail", _ => { });

    /// <inheritdoc cref="Mails(ProcessEscalationBuilder)"/>
    public static void Mails(this ActivityEscalationBuilder then) => then.Run("Send a mail", _ => { });

    /// <inheritdoc cref="Mails(ProcessEscalationBuilder)"/>
    public static void Mails(this EventEscalationBuilder then) => then.Run("Send a mail", _ => { });

    /// <summary>Starts an instance at an instant.</summary>
    public static Task<ProcessInstanceId> BeginAtAsync(this WorkflowTestBed bed, string instant, Action<ProcessStart>? begin = null)
    {
        bed.Clock.Set(At(instant));
        return bed.BeginAsync(begin);
    }

    /// <summary>A host runs until an instant.</summary>
    public static Task<int> AdvanceToAsync(this WorkflowTestBed bed, string instant) => bed.AdvanceAsync(At(instant) - bed.Clock.GetUtcNow());

    /// <summary>The clock goes on to an instant, and no host runs.</summary>
    public static void PassWithoutHost(this WorkflowTestBed bed, string instant) => bed.Clock.Set(At(instant));

    /// <summary>A host fires what is due now.</summary>
    public static Task<int> FireDueAsync(this WorkflowTestBed bed) => bed.AdvanceAsync(TimeSpan.FromTicks(1));

    /// <summary>The firings in the history, each with its instant, for example <c>Remind 01-06 08:00</c>.</summary>
    public static async Task<string[]> FiringsAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.EscalationFired).Select(fact => $"{fact.Name} {Clock(fact.Time)}")];

    /// <summary>The detail of each firing in the history.</summary>
    public static async Task<string[]> FiringDetailsAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.EscalationFired).Select(fact => fact.Detail ?? "")];

    /// <summary>Every fact about an escalation, in order, for example <c>EscalationFired Remind 01-06 08:00</c>.</summary>
    public static async Task<string[]> EscalationFactsAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.HistoryAsync(id)).Where(fact => _kinds.Contains(fact.Kind)).Select(fact => $"{fact.Kind} {fact.Name} {Clock(fact.Time)}")];

    /// <summary>The timers that an instance has, by the instant and the kind.</summary>
    public static async Task<string[]> TimersAsync(this WorkflowTestBed bed, ProcessInstanceId id) =>
        [.. (await bed.Engine.FindTimersAsync(new() { ProcessInstance = id })).Select(timer => $"{Clock(timer.DueAt)} {timer.Element}")];

    /// <summary>The result of each line that was asked, for example <c>Reject true</c>.</summary>
    public static async Task<string[]> LinesFromAsync(this WorkflowTestBed bed, ProcessInstanceId id, int activityInstance) =>
    [
        .. (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.LineEvaluated && fact.ActivityInstance == activityInstance)
            .Select(fact => $"{fact.Name} {(fact.Result ? "true" : "false")}"),
    ];

    private static string Clock(DateTimeOffset instant) => instant.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
