using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Escalations;

/// <summary>Draws plans. Amounts are whole half hours, so that many things are due at one instant.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class RandomPlans(Random random)
{
    /// <summary>The clocks change in New York on 2026-03-08 and in Lisbon on 2026-03-29.</summary>
    private static readonly DateTime _earliest = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly string[] _activities = ["One", "Two", "Three"];

    private string[] _names = [];
    private DateTime _begin;

    public ProcessPlan Plan()
    {
        _names = _activities[..random.Next(1, 4)];
        _begin = _earliest.AddMinutes(30 * random.Next(48 * 35));
        var dates = Enumerable.Range(0, ProcessPlan.Fields.Length).Select(_ => Chance(25) ? (DateTimeOffset?)null : new(NearDate(), TimeSpan.Zero)).ToList();
        var process = Escalations("P", 2, EscalationLevel.Process);
        var activities = _names.Select(name => new ActivityPlan(
            name,
            Chance(40) ? Start() : null,
            Escalations($"{name} a", 3, EscalationLevel.Activity),
            Escalations($"{name} e", 2, EscalationLevel.Event))).ToList();
        return new ProcessPlan(new DateTimeOffset(_begin, TimeSpan.Zero), dates, process, activities);
    }

    private List<EscalationPlan> Escalations(string prefix, int most, EscalationLevel level) =>
        [.. Enumerable.Range(1, random.Next(most + 1)).Select(number => Escalation($"{prefix}{number}", level))];

    private EscalationPlan Escalation(string name, EscalationLevel level)
    {
        var doing = Action(level);

        var when = doing is Doing.GoTo && level is not EscalationLevel.Process ? Later() : Due((Base)random.Next(5));
        var repeats = Chance(30) ? 0 : random.Next(1, 6);
        var interval = repeats > 0 && (!when.HasInterval || Chance(30)) ? Amount(mayLackCalendar: false) : null;
        return new EscalationPlan(
            name, when, repeats, interval, (Missed)random.Next(3), doing, doing is Doing.GoTo ? GoTo(level) : null);
    }

    private Doing Action(EscalationLevel level) => random.Next(16) switch
    {
        0 => Doing.GoTo,
        1 when level is not EscalationLevel.Process => Doing.ExpireActivity,
        2 when level is EscalationLevel.Event => Doing.ExpireEvent,
        _ => Doing.Run,
    };

    /// <summary>A goto of an activity expires it, or there would be more and more of them.</summary>
    private GoToPlan GoTo(EscalationLevel level)
    {
        var scope = Chance(50) ? Scope.Everything : level is EscalationLevel.Process ? Scope.Named : Scope.OwnActivity;
        return new GoToPlan(Name(), scope, Name(), (ActiveTarget)random.Next(3));
    }

    private Due Start()
    {
        var @base = (Base)random.Next(5);
        return Due(@base is Base.Field ? Base.Now : @base);
    }

    /// <summary>A goto of an activity that is due at once when it is armed could lead back for ever at one instant. It takes a day at least.</summary>
    private Due Later()
    {
        var due = Due(Base.Now);
        return due with { Amount = due.Amount! with { Days = due.Amount.Days + 1 } };
    }

    private Due Due(Base @base)
    {
        var amount = @base is Base.Now || Chance(60) ? Amount(mayLackCalendar: true) : null;
        var isLocal = @base is Base.Date or Base.LocalTime;
        var needs = amount is { Counting: not Counting.Elapsed, Calendar: null };
        var calendar = needs ? amount!.Counting is Counting.Working ? Hours() : ZoneOrHours() : isLocal && Chance(60) ? ZoneOrHours() : null;
        var at = DateTime.SpecifyKind(@base is Base.Date ? NearDate().Date : NearDate(), DateTimeKind.Unspecified);
        return new Due(@base, at, random.Next(ProcessPlan.Fields.Length), amount, @base is not Base.Now && Chance(50), calendar);
    }

    private Amount Amount(bool mayLackCalendar)
    {
        var own = !mayLackCalendar || Chance(50);
        return random.Next(5) switch
        {
            0 => new Amount(Counting.Calendar, random.Next(1, 6), Chance(30) ? HalfHours(10) : 0, own ? ZoneOrHours() : null),
            1 => new Amount(Counting.Working, random.Next(1, 5), Chance(30) ? HalfHours(10) : 0, own ? Hours() : null),
            2 => new Amount(Counting.Working, 0, HalfHours(40), own ? Hours() : null),
            _ => new Amount(Counting.Elapsed, random.Next(3), HalfHours(48), null),
        };
    }

    /// <summary>More than nothing.</summary>
    private int HalfHours(int most) => 30 * random.Next(1, most + 1);

    private DateTime NearDate() => _begin.AddMinutes(30 * random.Next(-48 * 4, 48 * 12));

    private string Hours() => Pick(Calendars.HoursNames);

    private string ZoneOrHours() => Chance(30) ? Hours() : Pick(Calendars.Zones);

    private string Name() => Pick(_names);

    private string Pick(IReadOnlyList<string> names) => names[random.Next(names.Count)];

    private bool Chance(int percent) => random.Next(100) < percent;

    private enum EscalationLevel
    {
        Process,
        Activity,
        Event,
    }
}
