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

    /// <summary>Draws a line to another activity. All lines whose rule is true are followed (statement 10.1).</summary>
    /// <param name="activity">Where the line leads.</param>
    /// <param name="when">The line rule; without one it is always followed (statement 10.2).</param>
    /// <param name="name">The name of the line; needed only when two lines join the same activities.</param>
    /// <returns>This activity, for drawing more lines from it.</returns>
    public ActivityReference To(ActivityReference activity, Rule? when = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        _process.Line(Name, activity.NameIn(_process), when, name);
        return this;
    }

    /// <summary>Draws a line to an activity that is named, for instance because it is declared later.</summary>
    /// <param name="activity">The name of the activity where the line leads.</param>
    /// <param name="when">The line rule; without one it is always followed (statement 10.2).</param>
    /// <param name="name">The name of the line; needed only when two lines join the same activities.</param>
    /// <returns>This activity, for drawing more lines from it.</returns>
    public ActivityReference To(string activity, Rule? when = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        _process.Line(Name, activity, when, name);
        return this;
    }

    /// <summary>The name, for use in the process that declared the activity.</summary>
    /// <exception cref="ArgumentException">The activity was declared in another process.</exception>
    internal string NameIn(ProcessBuilder process) => ReferenceEquals(process, _process)
        ? Name
        : throw new ArgumentException(
            $"The activity '{Name}' was declared in '{_process.Name}' and cannot be used in '{process.Name}'. Declare it there too.", nameof(process));
}
