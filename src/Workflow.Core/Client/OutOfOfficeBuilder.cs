using Workflow.Core.Persistence;

namespace Workflow.Core.Client;

/// <summary>Says who takes over the tasks of a user who is out of office (statement 9.4).</summary>
public sealed class OutOfOfficeBuilder
{
    private readonly List<string> _forwardTo = [];
    private readonly List<OutOfOfficeSharing> _exceptions = [];

    internal OutOfOfficeBuilder()
    {
    }

    private DateTimeOffset? From { get; set; }

    private DateTimeOffset? Until { get; set; }

    /// <summary>Shares all tasks with these users, but for those of an exception. Each of them sees the tasks; the first to open one takes the slot.</summary>
    /// <param name="users">The names of users. The name of a role or group does not mean its members. The log warns if a user has the name of one that a
    /// definition deployed on this host names.</param>
    /// <returns>This builder.</returns>
    public OutOfOfficeBuilder ForwardTo(params ReadOnlySpan<string> users)
    {
        foreach (var user in users)
        {
            _forwardTo.Add(Destination.User(user).Name);
        }

        return this;
    }

    /// <summary>Shares the tasks of a process, or of one activity of it, with other users instead.</summary>
    /// <param name="definition">The name of the process definition.</param>
    /// <param name="activity">The name of the activity; null for all.</param>
    /// <param name="users">The names of the users, as for <see cref="ForwardTo"/>; nobody keeps these tasks to oneself.</param>
    /// <returns>This builder.</returns>
    public OutOfOfficeBuilder Except(string definition, string? activity, params ReadOnlySpan<string> users)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(definition);
        var names = new List<string>();
        foreach (var user in users)
        {
            names.Add(Destination.User(user).Name);
        }

        _exceptions.Add(new OutOfOfficeSharing(definition, activity, names));
        return this;
    }

    /// <summary>Limits the absence in time; without it, it begins at once and ends when it is ended.</summary>
    /// <param name="from">When it begins; null for at once.</param>
    /// <param name="until">When it ends, after now and after it has begun; null for when it is ended.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">It would end before it begins.</exception>
    public OutOfOfficeBuilder Between(DateTimeOffset? from, DateTimeOffset? until)
    {
        if (from is { } first && until is { } last && last <= first)
        {
            throw new ArgumentException(
                $"The absence would end at {last.Invariant()} and begin at {first.Invariant()}. Let it end after it has begun.", nameof(until));
        }

        From = from;
        Until = until;
        return this;
    }

    /// <exception cref="ArgumentException">It shares nothing with anybody, or a task with the absent user, or names too many, or is over already.</exception>
    internal OutOfOffice Build(string user, DateTimeOffset now)
    {
        if (Until is { } until && until <= now)
        {
            throw new ArgumentException(
                $"The absence of '{user}' would end at {until.Invariant()}, and it is {now.Invariant()}, so no task would be shared with anybody. "
                + "Give a later end to Between(...), or end an absence with ReturnAsync().");
        }

        Limits.RefuseLongList(_forwardTo.Count, "substitutes", nameof(ForwardTo));
        Limits.RefuseLongList(_exceptions.Count, "exceptions", nameof(Except));
        Limits.RefuseLongList(_exceptions.Sum(exception => exception.Users.Count), "substitutes in exceptions", nameof(Except));
        if (_forwardTo.Concat(_exceptions.SelectMany(exception => exception.Users)).Any(substitute => Names.Same(substitute, user)))
        {
            throw new ArgumentException(
                $"'{user}' would be away in favor of themselves. Name other users with ForwardTo(...) and Except(...).");
        }

        return _forwardTo.Count > 0 || _exceptions.Exists(exception => exception.Users.Count > 0)
            ? new OutOfOffice { User = user, ForwardTo = [.. _forwardTo], Exceptions = [.. _exceptions], From = From, Until = Until }
            : throw new ArgumentException(
                $"'{user}' would be away, and no task would be shared with anybody. Name users with ForwardTo(...) or Except(...).");
    }
}
