using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>The firings of an escalation that are due, and the instant of the next one (statements 6.4 and 6.4b). The due instants follow each other at the
/// interval of the escalation, whatever the instants of firing are.</summary>
/// <param name="Occurrence">The firing that happens now.</param>
/// <param name="DueAt">Its due instant.</param>
/// <param name="StandsFor">For how many due instants it stands; zero when nothing fires now.</param>
/// <param name="PassedOver">How many missed firings are skipped.</param>
/// <param name="Next">The due instant of the next firing; null when there is none.</param>
/// <param name="NextFrom">The due instant from which that counts.</param>
internal readonly record struct DueFirings(
    int Occurrence, DateTimeOffset DueAt, int StandsFor, int PassedOver, DateTimeOffset? Next, DateTimeOffset NextFrom = default)
{
    /// <summary>A due instant is missed when its timer was found later than this. A host that runs is never that late.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Whether the question was skipped, so that the next instant is not known (statement 8.2b).</summary>
    public bool IsSkipped => Occurrence == 0;

    /// <summary>Works out what is due.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="escalation">The escalation.</param>
    /// <param name="firing">What has fired.</param>
    /// <exception cref="RuleFailure">A due instant cannot be worked out.</exception>
    public static DueFirings Of(Episode episode, EscalationDefinition escalation, Firing firing) =>
        Escalations.QuestionOf(episode, escalation, firing).Read(
            (episode, escalation, firing),
            static ((Episode Episode, EscalationDefinition Escalation, Firing Firing) source, in RuleScope scope) =>
                Of(source.Episode, source.Escalation, source.Firing, scope));

    private static DueFirings Of(Episode episode, EscalationDefinition escalation, Firing firing, in RuleScope scope)
    {
        var (occurrence, due) = (firing.Occurrence, firing.DueAt);
        var now = firing.FoundAt ?? episode.Now;
        var passedOver = 0;
        var before = due;
        var total = firing.Repeats?.Total ?? escalation.Total;
        var interval = escalation.IntervalOf(firing.Repeats);
        if (escalation.Repeat.Missed is Missed.Skip)
        {
            while (due + Tolerance < now)
            {
                passedOver++;
                if (occurrence == total)
                {
                    return new DueFirings(occurrence, due, 0, passedOver, Next: null);
                }

                (occurrence, before, due) = (occurrence + 1, due, After(episode, interval, due, scope));
            }

            if (passedOver > 0)
            {
                // It fires when its turn comes among the others that are due (statement 6.5b).
                return new DueFirings(occurrence - 1, due, 0, passedOver, due, before);
            }
        }

        var standsFor = 1;
        DateTimeOffset? next = null;
        while (occurrence < total)
        {
            next = After(episode, interval, due, scope);
            if (next + Tolerance >= now || escalation.Repeat.Missed is not Missed.Once)
            {
                break;
            }

            (occurrence, due, standsFor, next) = (occurrence + 1, next.Value, standsFor + 1, null);
        }

        return new DueFirings(occurrence, due, standsFor, passedOver, next, due);
    }

    private static DateTimeOffset After(Episode episode, DueTime? interval, DateTimeOffset due, in RuleScope scope) =>
        DueInstant.Of(interval!, due, episode.WorkingHours, scope);
}
