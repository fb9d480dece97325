using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Asks the start rule of a process before there is an instance, so that a refused start leaves nothing behind (statement 5.4).</summary>
internal static class StartQuestion
{
    /// <summary>Asks the start rule.</summary>
    /// <param name="definition">The definition, which has a start rule.</param>
    /// <param name="folio">The folio of the instance.</param>
    /// <param name="attached">The text that is attached to it; null for none.</param>
    /// <param name="originator">The user who starts it.</param>
    /// <param name="fields">Its fields, with their values.</param>
    /// <param name="now">The instant at which it is started.</param>
    /// <param name="workingHours">The working hours that the due time is counted in.</param>
    /// <returns>The input that starts the instance.</returns>
    /// <exception cref="ProcessNotStartedException">The condition is false, or the rule has no answer.</exception>
    public static Input.ProcessStarted Ask(
        ProcessDefinition definition, string folio, string? attached, string originator, DataFields fields, DateTimeOffset now,
        WorkingHoursTable workingHours)
    {
        var rule = definition.StartRule!;

        // The rule is asked about an instance without a number, which is thrown away.
        var candidate = new ProcessInstance(default, definition.Name, definition.Version, folio, originator, fields, now, attached);
        var question = Question.OfProcessStart(rule, candidate);
        try
        {
            return !question.IsTrue() ? throw ProcessNotStartedException.ConditionFalse(definition.Name, rule.Condition!)
                : rule.Due is { } due ? new Input.ProcessStarted(DueAt(question, due, now, workingHours))
                : Input.ProcessStarted.AtOnce;
        }
        catch (RuleFailure failure)
        {
            throw ProcessNotStartedException.NoAnswer(definition.Name, failure.InnerException!);
        }
    }

    private static DateTimeOffset DueAt(in Question question, DueTime due, DateTimeOffset now, WorkingHoursTable workingHours) => question.Read(
        (due, now, workingHours),
        static ((DueTime Due, DateTimeOffset Now, WorkingHoursTable WorkingHours) source, in RuleScope scope) =>
            source.Due.Of(scope, source.Now, source.WorkingHours));
}
