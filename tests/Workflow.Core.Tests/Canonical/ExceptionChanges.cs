using Workflow.Core.Contexts;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of each property of exception rules, retry policies and business verbs.</summary>
internal static class ExceptionChanges
{
    private const string Code = "code stands for itself by the name of its element";
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    public static IEnumerable<Change> All =>
    [
        InProcess("ProcessDefinition.HasExceptionRule", _ => { }, process => process.ExceptionRule(Decide)),
        InActivity("ActivityDefinition.HasExceptionRule", _ => { }, activity => activity.ExceptionRule(Decide)),
        InTask("EventDefinition.HasExceptionRule", _ => { }, task => task.ExceptionRule(Decide)),
        InProcess(
            "LineDefinition.HasExceptionRule", process => process.StartsWith("Work", Rule.Named("R", _ => true), "L"),
            process => process.StartsWith("Work", Rule.Named("R", _ => true), "L", exceptionRule: Decide)),
        None("ProcessDefinition.ExceptionRule", Code), None("ActivityDefinition.ExceptionRule", Code),
        None("EventDefinition.ExceptionRule", Code), None("LineDefinition.ExceptionRule", Code),
        InServer("ServerEventDefinition.Retries", _ => { }, server => server.Retry(2, _minute)),
        InServer("ServerEventDefinition.Timeout", _ => { }, server => server.Timeout(_minute)),
        InServer("RetryPolicy.Attempts", server => server.Retry(2, _minute), server => server.Retry(3, _minute)),
        InServer("RetryPolicy.Wait", server => server.Retry(2, _minute), server => server.Retry(2, 2 * _minute)),
        InServer("RetryPolicy.Factor", server => server.Retry(2, _minute), server => server.Retry(2, _minute, factor: 1.5)),
        InServer("RetryPolicy.AtMost", server => server.Retry(2, _minute), server => server.Retry(2, _minute, atMost: 2 * _minute)),
        InServer("RetryPolicy.Jitter", server => server.Retry(2, _minute), server => server.Retry(2, _minute, jitter: 0.1)),
        InServer("RetryPolicy.HasFilter", server => server.Retry(2, _minute), server => server.Retry(2, _minute, when: _ => true)),
        None("RetryPolicy.When", Code),
        InTask("ClientEventDefinition.AllowsSendBack", _ => { }, task => task.AllowSendBack()),
        InProcess("ProcessDefinition.Withdrawal", _ => { }, process => process.Withdrawal()),
        InProcess("Withdrawal.Activity", process => process.Withdrawal(), process => process.Withdrawal(process.Activity("W"))),
    ];

    private static ExceptionDecision Decide(FailureContext failure) => ExceptionDecision.Continue;

    private static Change InServer(string property, Action<ServerEventBuilder> before, Action<ServerEventBuilder> after) => InActivity(
        property,
        activity => activity.Server("Call", static _ => { }, define: before),
        activity => activity.Server("Call", static _ => { }, define: after));
}
