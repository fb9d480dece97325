using Workflow.Core.Destinations;

namespace Workflow.Core.Testing;

/// <content>Answers to questions by name.</content>
public sealed partial class WorkflowTestBed
{
    private readonly List<Action<StaticDestinations>> _answers = [];
    private StaticDestinations? _directory;

    /// <summary>Answers a question by name from now on, and records that (statement 4.8b). It needs the resolver that options have by themselves, or another
    /// <see cref="StaticDestinations"/>.</summary>
    /// <param name="question">The name of the question.</param>
    /// <param name="answer">Gives the users, groups and roles for the arguments; null where the question is not known.</param>
    /// <returns>A task that ends at once.</returns>
    /// <exception cref="WorkflowTestException">The options have another resolver.</exception>
    public Task AnswerAsync(string question, Func<NamedQuestion, IReadOnlyList<Destination>?> answer) =>
        AnswerAsync(question, directory => directory.Answers(question, answer));

    /// <summary>Answers a question by name for a list of values from now on, and records that (statement 4.7).</summary>
    /// <typeparam name="T">The type of the elements, as the definition says.</typeparam>
    /// <param name="question">The name of the question.</param>
    /// <param name="list">Gives the elements for the arguments; null where the question is not known.</param>
    /// <returns>A task that ends at once.</returns>
    /// <exception cref="WorkflowTestException">The options have another resolver.</exception>
    public Task AnswerListAsync<T>(string question, Func<NamedQuestion, IReadOnlyList<T>?> list) =>
        AnswerAsync(question, directory => directory.Lists(question, list));

    private Task AnswerAsync(string question, Action<StaticDestinations> answer) => RecordAsync(
        $"the answer to the question '{question}'",
        bed =>
        {
            answer(bed._directory ?? throw new WorkflowTestException(
                $"The test bed cannot answer the question '{question}', because its options have another resolver. Let that resolver answer it."));
            bed._answers.Add(answer);
            return Task.FromResult<IReadOnlyList<ProcessInstanceId>>([]);
        });

    /// <summary>A new engine may have a new directory, which gets the same answers.</summary>
    private void Teach(StaticDestinations? directory)
    {
        _directory = directory;
        if (directory is not null)
        {
            _answers.ForEach(answer => answer(directory));
        }
    }
}
