namespace Workflow.Core.Runtime;

/// <content>Questions by name (statement 4.8b).</content>
internal sealed partial class ResolverQuestions
{
    private const string StatementOfQuestions = "4.8b";

    /// <summary>The users, groups and roles with which the resolver answers a question.</summary>
    /// <exception cref="DestinationResolverException">The resolver did not answer, does not know the question, or gave an answer that cannot be
    /// used.</exception>
    public async ValueTask<IReadOnlyList<Destination>> AnswerAsync(NamedQuestion question, CancellationToken cancellation)
    {
        var what = WordsOf(question);
        var answer = await _calls.AskHostAsync<IReadOnlyList<Destination>>(
            async (resolver, token) => Checked(question, await resolver.AnswerAsync(question, token).ConfigureAwait(false)), what, cancellation)
            .ConfigureAwait(false);
        return Read(answer, what, cancellation);
    }

    /// <summary>The list with which the resolver answers a question; null for an empty one.</summary>
    /// <exception cref="DestinationResolverException">The resolver did not answer, or does not know the question.</exception>
    public async ValueTask<FieldValue> ListAsync(NamedQuestion question, CancellationToken cancellation)
    {
        var what = WordsOf(question);
        var answer = await _calls.AskHostAsync(
            async (resolver, token) => await resolver.ListAsync(question, token).ConfigureAwait(false) ?? throw Unknown(question), what, cancellation)
            .ConfigureAwait(false);
        return Read(answer, what, cancellation);
    }

    private static string WordsOf(NamedQuestion question) => $"the {question}";

    /// <summary>Reads an answer. It is the host's code too.</summary>
    private List<Destination> Checked(NamedQuestion question, IReadOnlyList<Destination>? answer)
    {
        if (answer is null)
        {
            throw Unknown(question);
        }

        var read = new List<Destination>();
        foreach (var destination in answer)
        {
            if (destination.Name is null)
            {
                throw Unusable($"The resolver answers the {question} with a destination without a name. Make each with Destination.User, Destination.Group or "
                    + "Destination.Role.");
            }

            if (Names.ProblemOfParty(destination.Kind, destination.Name) is { } problem)
            {
                throw Unusable(
                    $"The resolver answers the {question} with '{Names.Printable(destination.Name)}', which cannot be the name of a "
                        + $"{Destination.Word(destination.Kind)}: {problem}. Names have 1 to 256 characters.");
            }

            if (read.Count == _options.SlotLimit)
            {
                throw Unusable(
                    $"The resolver answers the {question} with more than {_options.SlotLimit.Invariant()} destinations, which is the limit. "
                        + "Answer with a role, or raise WorkflowOptions.SlotLimit.");
            }

            read.Add(destination);
        }

        return read;
    }

    private DestinationResolverException Unknown(NamedQuestion question) => Unusable(_options.HasNoResolver
        ? DestinationWords.WithoutResolver(question.Name)
        : $"The resolver does not know the {question}. Let it answer the question, or correct the name in the definition.");

    private static DestinationResolverException Unusable(string message) => new(message) { Statement = StatementOfQuestions };
}
