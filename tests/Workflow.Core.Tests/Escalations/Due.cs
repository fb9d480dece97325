using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Escalations;

/// <summary>The instant with which the rule of a plan begins.</summary>
internal enum Base
{
    /// <summary>The instant of arming.</summary>
    Now,
    Instant,
    Field,
    Date,
    LocalTime,
}

/// <summary>When something of a plan is due.</summary>
/// <param name="Base">The instant with which it begins.</param>
/// <param name="At">The instant, or the date and time of a local clock.</param>
/// <param name="Field">The number of the field that holds the instant.</param>
/// <param name="Amount">An amount after it, or before it.</param>
/// <param name="IsBefore">Whether the amount lies before.</param>
/// <param name="Calendar">The calendar of a local time, and of an amount that names none itself.</param>
internal sealed record Due(Base Base, DateTime At, int Field, Amount? Amount, bool IsBefore, string? Calendar)
{
    /// <summary>Whether its amount is also the interval of repeats.</summary>
    public bool HasInterval => Amount is not null && !IsBefore;

    /// <summary>The same for the library.</summary>
    public DueTime Build()
    {
        var due = Base switch
        {
            Base.Now => DueTime.Now,
            Base.Instant => DueTime.At(new DateTimeOffset(At, TimeSpan.Zero)),
            Base.Field => DueTime.At(ProcessPlan.Fields[Field]),
            Base.Date => DueTime.At(DateOnly.FromDateTime(At)),
            _ => DueTime.At(At),
        };
        if (Amount is not null)
        {
            due = IsBefore ? due.Minus(Amount.Build()) : due.Plus(Amount.Build());
        }

        return Calendar is null ? due : due.In(Calendar);
    }

    /// <summary>The first due instant of what is armed now; null when there is no date. One that is past is now.</summary>
    public DateTimeOffset? First(DateTimeOffset now, IReadOnlyList<DateTimeOffset?> fields)
    {
        var calendar = Calendar is null ? LocalCalendar.Utc : Calendars.Zone(Calendar);
        DateTimeOffset? from = Base switch
        {
            Base.Now => now,
            Base.Instant => new DateTimeOffset(At, TimeSpan.Zero),
            Base.Field => fields[Field],
            Base.Date => calendar.StartOf(DateOnly.FromDateTime(At)),
            _ => calendar.InstantOf(At),
        };
        if (from is not { } instant)
        {
            return null;
        }

        var due = Amount?.From(instant, Calendar, IsBefore) ?? instant;
        return due > now ? due : now;
    }

    public override string ToString()
    {
        var at = At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{Base}{(Base is Base.Now ? "" : Base is Base.Field ? $" {Field}" : $" {at}")}"
            + $"{(Amount is null ? "" : $" {(IsBefore ? '-' : '+')} {Amount}")}{(Calendar is null ? "" : $" IN {Calendar}")}";
    }
}
