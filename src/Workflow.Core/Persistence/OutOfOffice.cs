namespace Workflow.Core.Persistence;

/// <summary>The absence of a user, and who takes over their tasks (statement 9.4).</summary>
public sealed record OutOfOffice
{
    /// <summary>The name of the user; case does not count.</summary>
    public required string User { get; init; }

    /// <summary>The users with whom all tasks are shared, except those of an exception.</summary>
    public required IReadOnlyList<string> ForwardTo { get; init; }

    /// <summary>The tasks that are shared with others; the first exception that fits a task holds.</summary>
    public IReadOnlyList<OutOfOfficeSharing> Exceptions { get; init; } = [];

    /// <summary>When it begins; null for at once.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ends; null for when it is ended.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason why the stored absence cannot be read; null if it can. Stores set it when they are asked. Until the absence is set again, no task is
    /// shared (statement 14.7b).</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the user is out at an instant.</summary>
    /// <param name="now">The instant.</param>
    /// <returns>Whether they are.</returns>
    public bool IsOut(DateTimeOffset now) => (From is not { } from || now >= from) && (Until is not { } until || now < until);

    /// <summary>The users with whom the tasks of an activity are shared.</summary>
    /// <param name="definition">The name of the process definition.</param>
    /// <param name="activity">The name of the activity.</param>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> SharedWith(string definition, string activity)
    {
        foreach (var exception in Exceptions)
        {
            if (exception.Fits(definition, activity))
            {
                return exception.Users;
            }
        }

        return ForwardTo;
    }
}
