using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>An activity that has been declared, for drawing lines from it.</summary>
public sealed class ActivityReference
{
    private readonly ProcessBuilder _process;

    internal ActivityReference(ProcessBuilder process, string name)
    {
        _process = process;
        Name = name;
    }

    /// <summary>The name of the activity.</summary>
    public string Name { get; }

    /// <summary>The scope of a goto that ends this activity only (statement 10.10).</summary>
    /// <param name="activity">The activity.</param>
    public static implicit operator Expiring(ActivityReference activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return Expiring.Only(activity.Name);
    }

    /// <summary>Draws a line to another activity. All lines whose rule is true are followed (statement 10.1).</summary>
    /// <param name="activity">Where the line leads.</param>
    /// <param name="when">The line rule; without one it is always followed (statement 10.2).</param>
    /// <param name="name">The name of the line; needed only when two lines join the same activities.</param>
    /// <param name="exceptionRule">Decides what becomes of an exception of the line rule; null for the exception rule of the process (statement 8.3).</param>
    /// <returns>This activity, so that you can draw more lines from it.</returns>
    public ActivityReference To(ActivityReference activity, Rule? when = null, string? name = null, ExceptionHandler? exceptionRule = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        _process.Line(Name, activity.NameIn(_process), when, name, exceptionRule);
        return this;
    }

    /// <summary>Draws a line to an activity that is named, for instance because it is declared later.</summary>
    /// <param name="activity">The name of the activity where the line leads.</param>
    /// <param name="when">The line rule; without one it is always followed (statement 10.2).</param>
    /// <param name="name">The name of the line; needed only when two lines join the same activities.</param>
    /// <param name="exceptionRule">Decides what becomes of an exception of the line rule; null for the exception rule of the process (statement 8.3).</param>
    /// <returns>This activity, so that you can draw more lines from it.</returns>
    public ActivityReference To(string activity, Rule? when = null, string? name = null, ExceptionHandler? exceptionRule = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        _process.Line(Name, activity, when, name, exceptionRule);
        return this;
    }

    /// <summary>Draws a line that the engine follows after an outcome (statement 2.5).</summary>
    /// <param name="outcome">The name of the outcome.</param>
    /// <param name="activity">Where the line leads.</param>
    /// <param name="and">The condition that must also be true, so that one outcome can have two lines that exclude each other (statement 2.8).</param>
    /// <param name="name">The name of the line; needed only when two lines on one outcome lead to the same activity.</param>
    /// <param name="exceptionRule">Decides what becomes of an exception of the line rule; null for the exception rule of the process (statement 8.3).</param>
    /// <returns>This activity, so that you can draw more lines from it.</returns>
    public ActivityReference On(string outcome, ActivityReference activity, Rule? and = null, string? name = null, ExceptionHandler? exceptionRule = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return On(outcome, activity.NameIn(_process), and, name, exceptionRule);
    }

    /// <summary>Draws a line that the engine follows after an outcome (statement 2.5). The target is given by its name, for example because it is declared
    /// later.</summary>
    /// <param name="outcome">The name of the outcome.</param>
    /// <param name="activity">The name of the activity where the line leads.</param>
    /// <param name="and">The condition that must also be true, so that one outcome can have two lines that exclude each other (statement 2.8).</param>
    /// <param name="name">The name of the line; needed only when two lines on one outcome lead to the same activity.</param>
    /// <param name="exceptionRule">Decides what becomes of an exception of the line rule; null for the exception rule of the process (statement 8.3).</param>
    /// <returns>This activity, so that you can draw more lines from it.</returns>
    public ActivityReference On(string outcome, string activity, Rule? and = null, string? name = null, ExceptionHandler? exceptionRule = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var rule = Outcome.Is(outcome);
        _process.Line(Name, activity, and is null ? rule : rule & and, name ?? $"{Name} on {outcome} to {activity}", exceptionRule);
        return this;
    }

    /// <summary>Draws a line for each outcome of the activity, in their order (statement 2.5).</summary>
    /// <param name="targets">Where the lines lead: as many activities as there are outcomes.</param>
    /// <returns>This activity, so that you can draw more lines from it.</returns>
    /// <exception cref="ArgumentException">There are more or fewer outcomes.</exception>
    public ActivityReference OnEachOutcome(params ReadOnlySpan<ActivityReference> targets)
    {
        var outcomes = _process.OutcomesOf(Name);
        if (outcomes.Count != targets.Length)
        {
            throw new ArgumentException(
                $"The activity '{Name}' has {outcomes.Count.Invariant()} outcomes and {targets.Length.Invariant()} activities are given. Name one for each "
                    + $"outcome, in the order of the outcomes.",
                nameof(targets));
        }

        for (var position = 0; position < outcomes.Count; position++)
        {
            On(outcomes[position], targets[position]);
        }

        return this;
    }

    /// <summary>The name, for use in the process that declared the activity.</summary>
    /// <exception cref="ArgumentException">The activity was declared in another process.</exception>
    internal string NameIn(ProcessBuilder process) => ReferenceEquals(process, _process)
        ? Name
        : throw new ArgumentException(
            $"The activity '{Name}' was declared in '{_process.Name}' and cannot be used in '{process.Name}'. Declare it there too.", nameof(process));
}
