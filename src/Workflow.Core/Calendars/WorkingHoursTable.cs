using System.Collections;
using System.Collections.Immutable;

namespace Workflow.Core.Calendars;

/// <summary>The working hours that an engine knows, by their names. A host may replace them at any time. An instant that is worked out does not
/// move (statement 5.9).</summary>
public sealed class WorkingHoursTable : IEnumerable<WorkingHours>
{
    private ImmutableSortedDictionary<string, WorkingHours> _known = ImmutableSortedDictionary.Create<string, WorkingHours>(StringComparer.Ordinal);

    /// <summary>The answers of the host's code, by the names that it was asked for.</summary>
    private ImmutableSortedDictionary<string, HoursAnswer> _answers = ImmutableSortedDictionary.Create<string, HoursAnswer>(StringComparer.Ordinal);

    /// <summary>The time zones that were asked for, so that none is read from the machine twice.</summary>
    private ImmutableDictionary<string, LocalCalendar> _zones = ImmutableDictionary.Create<string, LocalCalendar>(StringComparer.Ordinal);

    /// <summary>The name of the working hours, or of the time zone, that is meant where a calendar is needed and none is named. The default of a process comes
    /// before it. Null for none (statement 5.2).</summary>
    /// <exception cref="ArgumentException">The name is blank, too long, or has a control character.</exception>
    public string? Default
    {
        get;
        set => field = value is null || Names.Problem(value) is not { } problem
            ? value
            : throw new ArgumentException($"The name of the default calendar cannot be used: {problem}. Name working hours or a time zone.", nameof(value));
    }

    /// <summary>Adds working hours.</summary>
    /// <param name="hours">The working hours.</param>
    /// <exception cref="ArgumentException">There are working hours of this name already.</exception>
    public void Add(WorkingHours hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        if (!ImmutableInterlocked.Update(ref _known, known => known.ContainsKey(hours.Name) ? known : known.Add(hours.Name, hours)))
        {
            var name = Names.Printable(hours.Name);
            throw new ArgumentException($"There are working hours '{name}' already. Replace them, or choose another name.", nameof(hours));
        }
    }

    /// <summary>Adds working hours, or replaces those of the same name. Activities that are waiting for their start keep the instant that was worked out
    /// (statement 5.9).</summary>
    /// <param name="hours">The working hours.</param>
    public void Replace(WorkingHours hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ImmutableInterlocked.Update(ref _known, known => known.SetItem(hours.Name, hours));
    }

    /// <summary>The working hours, in the order of their names.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<WorkingHours> GetEnumerator() => _known.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the host has put working hours of a name into the table.</summary>
    internal bool Has(string name) => _known.ContainsKey(name);

    /// <summary>The last answer of the host's code to the question for a name; null when it was not asked.</summary>
    internal HoursAnswer? AnswerFor(string name) => _answers.GetValueOrDefault(name);

    /// <summary>Takes an answer of the host's code.</summary>
    internal void Take(string name, HoursAnswer answer) => ImmutableInterlocked.Update(ref _answers, answers => answers.SetItem(name, answer));

    /// <summary>The same working hours and answers, in a table of its own.</summary>
    internal WorkingHoursTable Copy() => (WorkingHoursTable)MemberwiseClone();

    /// <summary>Whether a name is that of a time zone.</summary>
    internal bool IsTimeZone(string name)
    {
        try
        {
            return ZoneOf(name) is not null;
        }
        catch (CalendarException)
        {
            return false;
        }
    }

    /// <summary>The working hours of a name; null for none.</summary>
    internal WorkingHours? Find(string name) => _known.GetValueOrDefault(name) ?? AnswerFor(name)?.Hours;

    /// <summary>The name of the default calendar.</summary>
    /// <exception cref="CalendarException">There is none.</exception>
    internal string NameOfDefault() => Default ?? throw new CalendarException(
        "It is counted in the default calendar, and neither the process nor the host has one. Name a calendar with In(...), or a default with "
            + "ProcessBuilder.DefaultCalendar or WorkflowOptions.WorkingHours.Default.",
        "5.2");

    /// <summary>The working hours of a name.</summary>
    /// <exception cref="CalendarException">There are none.</exception>
    internal WorkingHours Named(string name) => Find(name) ?? throw NotGiven(name) ?? new CalendarException(
        $"The engine has no working hours '{Names.Printable(name)}'. Add them to WorkflowOptions.WorkingHours. {NearestName.Proposal(name, [.. _known.Keys])}",
        "5.5b");

    /// <summary>The calendar that a name stands for: that of working hours, or that of a time zone.</summary>
    /// <exception cref="CalendarException">It stands for neither.</exception>
    internal LocalCalendar CalendarOf(string name)
    {
        try
        {
            return Find(name)?.Calendar ?? ZoneOf(name);
        }
        catch (CalendarException) when (NotGiven(name) is { } failure)
        {
            throw failure;
        }
        catch (CalendarException unknown) when (NearestName.Find(name, _known.Keys) is { } nearest)
        {
            throw new CalendarException($"{unknown.Message} Did you mean the working hours '{Names.Printable(nearest)}'?", unknown.Statement!);
        }
    }

    /// <summary>The failure of the host's code that was asked for working hours.</summary>
    internal static CalendarException NotGiven(string name, string problem) =>
        new($"WorkflowOptions.WorkingHoursSource was asked for the working hours '{Names.Printable(name)}'. {problem}", "5.5e") { IsOfSource = true };

    private LocalCalendar ZoneOf(string name) => ImmutableInterlocked.GetOrAdd(ref _zones, name, LocalCalendar.In);

    /// <summary>The failure of the host's code that was asked for working hours; null where it did not fail.</summary>
    private CalendarException? NotGiven(string name) => AnswerFor(name) is { Hours: null, Problem: { } problem }
        ? NotGiven(name, problem)
        : null;
}
