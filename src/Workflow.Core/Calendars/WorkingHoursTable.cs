using System.Collections;
using System.Collections.Immutable;

namespace Workflow.Core.Calendars;

/// <summary>The working hours that an engine knows, by their names. A host may replace them at any time. An instant that is worked out does not
/// move (statement 5.9).</summary>
public sealed class WorkingHoursTable : IEnumerable<WorkingHours>
{
    private ImmutableSortedDictionary<string, WorkingHours> _known = ImmutableSortedDictionary.Create<string, WorkingHours>(StringComparer.Ordinal);

    /// <summary>The time zones that were asked for, so that none is read from the machine twice.</summary>
    private ImmutableDictionary<string, LocalCalendar> _zones = ImmutableDictionary.Create<string, LocalCalendar>(StringComparer.Ordinal);

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

    /// <summary>The working hours of a name; null for none.</summary>
    internal WorkingHours? Find(string name) => _known.GetValueOrDefault(name);

    /// <summary>The working hours of a name.</summary>
    /// <exception cref="CalendarException">There are none.</exception>
    internal WorkingHours Named(string name) => Find(name) ?? throw new CalendarException(
        $"The engine has no working hours '{Names.Printable(name)}'. Add them to WorkflowOptions.WorkingHours. {NearestName.Proposal(name, [.. _known.Keys])}",
        "5.5b");

    /// <summary>The calendar that a name stands for: that of working hours, or that of a time zone.</summary>
    /// <exception cref="CalendarException">It stands for neither.</exception>
    internal LocalCalendar CalendarOf(string name)
    {
        try
        {
            return Find(name)?.Calendar ?? ImmutableInterlocked.GetOrAdd(ref _zones, name, LocalCalendar.In);
        }
        catch (CalendarException unknown) when (NearestName.Find(name, _known.Keys) is { } nearest)
        {
            throw new CalendarException($"{unknown.Message} Did you mean the working hours '{Names.Printable(nearest)}'?", unknown.Statement!);
        }
    }
}
