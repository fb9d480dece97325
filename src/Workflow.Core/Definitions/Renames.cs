using Workflow.Core.Definitions.Migration;

namespace Workflow.Core.Definitions;

/// <summary>Names the successors of elements whose name has changed from one version of a process definition to another (statement 8.8). The names of
/// activities and events in which an element is found are those of the old version. A line without a name of its own follows the activities that it joins. An
/// outcome follows the action of its name.</summary>
/// <example><code>Renames.None.Activity("Approval", "Manager approval").Action("Approval", "Decide", "Approve", "Accept")</code></example>
public sealed class Renames
{
    private readonly Rename[] _all;

    private Renames(Rename[] all) => _all = all;

    /// <summary>Every element keeps its name.</summary>
    public static Renames None { get; } = new([]);

    internal IReadOnlyList<Rename> All => _all;

    /// <summary>An activity has another name.</summary>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Activity(string from, string to) => With(ElementKind.Activity, [], from, to);

    /// <summary>A line has another name.</summary>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Line(string from, string to) => With(ElementKind.Line, [], from, to);

    /// <summary>A process field has another name.</summary>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Field(string from, string to) => With(ElementKind.Field, [], from, to);

    /// <summary>A field of an activity or of its destinations has another name.</summary>
    /// <param name="activity">The old name of the activity.</param>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Field(string activity, string from, string to) => With(ElementKind.Field, [activity], from, to);

    /// <summary>An event has another name.</summary>
    /// <param name="activity">The old name of its activity.</param>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Event(string activity, string from, string to) => With(ElementKind.Event, [activity], from, to);

    /// <summary>An action of a task, or an answer of an outside system, has another name. Answers that are stored get it, too (statement 8.8c).</summary>
    /// <param name="activity">The old name of its activity.</param>
    /// <param name="event">The old name of its event.</param>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Action(string activity, string @event, string from, string to) => With(ElementKind.Action, [activity, @event], from, to);

    /// <summary>An outcome has another name. Outcomes that are stored get it, too (statement 8.8c).</summary>
    /// <param name="activity">The old name of its activity.</param>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Outcome(string activity, string from, string to) => With(ElementKind.Outcome, [activity], from, to);

    /// <summary>An escalation of the process has another name.</summary>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Escalation(string from, string to) => With(ElementKind.Escalation, [], from, to);

    /// <summary>An escalation of an activity has another name.</summary>
    /// <param name="activity">The old name of the activity.</param>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Escalation(string activity, string from, string to) => With(ElementKind.Escalation, [activity], from, to);

    /// <summary>An escalation of an event has another name.</summary>
    /// <param name="activity">The old name of its activity.</param>
    /// <param name="event">The old name of the event.</param>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <returns>The names with this one.</returns>
    public Renames Escalation(string activity, string @event, string from, string to) => With(ElementKind.Escalation, [activity, @event], from, to);

    /// <summary>The names as a part of an idempotency key. Keys are stored, so this does not change.</summary>
    internal IReadOnlyList<string> Key =>
    [
        .. _all.SelectMany(rename =>
            (string[])[$"{((int)rename.Kind).Invariant()} {rename.Within.Count.Invariant()}", .. rename.Within, rename.From, rename.To]),
    ];

    /// <summary>The names in words.</summary>
    /// <returns>For example <c>activity 'Approval' to 'Manager approval'</c>.</returns>
    public override string ToString() => string.Join("; ", _all.Select(rename => $"{rename.Element} to '{Names.Printable(rename.To)}'"));

    private Renames With(ElementKind kind, string[] within, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        foreach (var name in within)
        {
            ArgumentNullException.ThrowIfNull(name);
        }

        return new Renames([.. _all, new Rename(kind, within, from, to)]);
    }
}
