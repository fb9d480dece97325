using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>The values that a user gives along with an action (statement 2.11).</summary>
public sealed class Answer
{
    private readonly FieldChanges _changes = new();

    internal Answer()
    {
    }

    /// <summary>The fields set so far: each field once, in the order in which they were first set.</summary>
    public IReadOnlyList<FieldChange> Changes => [.. _changes.List];

    /// <summary>Sets a data field.</summary>
    /// <typeparam name="T">The field's type.</typeparam>
    /// <param name="field">A field of the process, of the activity or of its destinations.</param>
    /// <param name="value">The new value.</param>
    /// <returns>This answer.</returns>
    public Answer Set<T>(Field<T> field, T value)
    {
        _changes.Set(field, value);
        return this;
    }

    /// <summary>Sets a data field by its name. A name means the destination's field first, then the activity's, then the process's.</summary>
    /// <param name="field">The field's name; case counts.</param>
    /// <param name="value">Its value, of the field's own type.</param>
    /// <returns>This answer.</returns>
    public Answer Set(string field, FieldValue value)
    {
        _changes.Set(field, value);
        return this;
    }

    /// <summary>The request to take an action, with the values that are given along with it.</summary>
    internal static TaskRequest.Act With(string action, Action<Answer>? answer)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new TaskRequest.Act(action, Of(answer));
    }

    private static IReadOnlyList<FieldChange> Of(Action<Answer>? answer)
    {
        if (answer is null)
        {
            return [];
        }

        var given = new Answer();
        answer(given);
        return given._changes.List;
    }
}
