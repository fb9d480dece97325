using System.Globalization;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The base of the cases: the working hours that they name, and short words for their questions.</summary>
internal abstract class CalendarCase<TAnswers>
    where TAnswers : IAnswers, new()
{
    /// <summary>OL in the documents.</summary>
    protected static readonly HoursPlan Lisbon = new HoursPlan("Europe/Lisbon").On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");

    /// <summary>L24.</summary>
    protected static readonly HoursPlan OpenLisbon = OracleAnswers.Open("Europe/Lisbon");

    /// <summary>ON.</summary>
    protected static readonly HoursPlan NewYork = new HoursPlan("America/New_York").On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-17:00");

    /// <summary>N24.</summary>
    protected static readonly HoursPlan OpenNewYork = OracleAnswers.Open("America/New_York");

    /// <summary>H24.</summary>
    protected static readonly HoursPlan OpenLordHowe = OracleAnswers.Open("Australia/Lord_Howe");

    /// <summary>KT.</summary>
    protected static readonly HoursPlan Kathmandu = new HoursPlan("Asia/Kathmandu").On(DayOfWeek.Sunday, DayOfWeek.Friday, "10:00-17:00");

    /// <summary>CA.</summary>
    protected static readonly HoursPlan Casablanca = new HoursPlan("Africa/Casablanca").On(DayOfWeek.Monday, DayOfWeek.Friday, "08:30-16:30");

    /// <summary>SP.</summary>
    protected static readonly HoursPlan SaoPaulo = new HoursPlan("America/Sao_Paulo").EveryDay("00:00-06:00");

    /// <summary>AP.</summary>
    protected static readonly HoursPlan Apia = new HoursPlan("Pacific/Apia").On(DayOfWeek.Monday, DayOfWeek.Friday, "08:00-16:00");

    /// <summary>TH.</summary>
    protected static readonly HoursPlan Tehran = new HoursPlan("Asia/Tehran").On(DayOfWeek.Saturday, DayOfWeek.Wednesday, "08:00-16:00");

    protected static IAnswers Answers { get; } = new TAnswers();

    [OneTimeSetUp]
    public void RequireZones() => SystemZones.Require();

    protected static DateTimeOffset Add(HoursPlan hours, string from, int days = 0, double hoursOfWork = 0) =>
        Answers.Add(hours, At(from), days, TimeSpan.FromHours(hoursOfWork));

    protected static DateTimeOffset Subtract(HoursPlan hours, string from, int days = 0, double hoursOfWork = 0) =>
        Answers.Subtract(hours, At(from), days, TimeSpan.FromHours(hoursOfWork));

    protected static TimeSpan Between(HoursPlan hours, string from, string until) => Answers.Between(hours, At(from), At(until));

    /// <summary>The working time of a whole date.</summary>
    protected static TimeSpan On(HoursPlan hours, string date)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Answers.Between(hours, Answers.StartOf(hours.TimeZone, day), Answers.StartOf(hours.TimeZone, day.AddDays(1)));
    }

    protected static DateTimeOffset InstantOf(string timeZone, string clock) =>
        Answers.InstantOf(timeZone, DateTime.ParseExact(clock, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));

    protected static DateTimeOffset StartOf(string timeZone, string date) =>
        Answers.StartOf(timeZone, DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>An instant, written with its distance from UTC: 2026-03-27T16:30Z or 2026-10-24T12:00+01:00.</summary>
    protected static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None);
}
