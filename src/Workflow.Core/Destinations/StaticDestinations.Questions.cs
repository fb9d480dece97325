namespace Workflow.Core.Destinations;

/// <content>Questions by name.</content>
public sealed partial class StaticDestinations
{
    /// <summary>Whether it knows no role, no group and no question.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_order)
            {
                return _order.Count + _answers.Count + _lists.Count == 0;
            }
        }
    }

    /// <summary>Answers a question by name (statement 4.8b). A second call for the same question takes the place of the first.</summary>
    /// <param name="question">The name of the question; case counts.</param>
    /// <param name="answer">Gives the users, groups and roles for the arguments; null where the question is not known.</param>
    /// <returns>This resolver.</returns>
    /// <example><code>
    /// new StaticDestinations().Answers("Approvers", asked => asked.Arguments[0].Get&lt;string&gt;() == "IT" ? [Destination.User("ann")] : [])
    /// </code></example>
    public StaticDestinations Answers(string question, Func<NamedQuestion, IReadOnlyList<Destination>?> answer)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(answer);
        lock (_order)
        {
            _answers[question] = answer;
        }

        return this;
    }

    /// <summary>Answers a question by name whose answer is a list of values (statement 4.7). A second call for the same question takes the place of the
    /// first.</summary>
    /// <typeparam name="T">The type of the elements, as the definition says.</typeparam>
    /// <param name="question">The name of the question; case counts.</param>
    /// <param name="list">Gives the elements for the arguments; null where the question is not known.</param>
    /// <returns>This resolver.</returns>
    public StaticDestinations Lists<T>(string question, Func<NamedQuestion, IReadOnlyList<T>?> list)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(list);
        lock (_order)
        {
            _lists[question] = asked => list(asked) is { } elements ? FieldValue.From(elements) : null;
        }

        return this;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ValueTask.FromResult(Find(_answers, question)?.Invoke(question));
    }

    /// <inheritdoc/>
    public ValueTask<FieldValue?> ListAsync(NamedQuestion question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ValueTask.FromResult(Find(_lists, question)?.Invoke(question));
    }

    private Func<NamedQuestion, T>? Find<T>(Dictionary<string, Func<NamedQuestion, T>> answers, NamedQuestion question)
    {
        lock (_order)
        {
            return answers.GetValueOrDefault(question.Name);
        }
    }
}
