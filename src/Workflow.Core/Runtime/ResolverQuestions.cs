namespace Workflow.Core.Runtime;

/// <summary>Asks the resolver about users, for those who want something: to which roles and groups they belong, and who manages them.</summary>
internal sealed class ResolverQuestions
{
    /// <summary>More roles and groups than anybody belongs to.</summary>
    private const int MostMemberships = 10_000;

    private readonly WorkflowOptions _options;
    private readonly CancellationToken _shutdown;

    public ResolverQuestions(WorkflowOptions options, CancellationToken shutdown)
    {
        _options = options;
        _shutdown = shutdown;
    }

    /// <exception cref="DestinationResolverException">The resolver did not answer, or gave an answer that cannot be used.</exception>
    public async ValueTask<IReadOnlyList<Destination>> MembershipsAsync(string user, CancellationToken cancellation)
    {
        var memberships = await AskAsync(
            token => _options.Destinations.FindMembershipsAsync(user, token), $"to which roles and groups '{user}' belongs", cancellation).ConfigureAwait(false)
            ?? throw new DestinationResolverException($"The resolver answers null to the question to which roles and groups '{user}' belongs. Give an empty list for none (statement 4.8).");
        if (memberships.Count > MostMemberships)
        {
            throw new DestinationResolverException($"The resolver names {memberships.Count.Invariant()} roles and groups of '{user}', and {MostMemberships.Invariant()} are the most (statement 4.8).");
        }

        foreach (var membership in memberships)
        {
            if (membership.Name is null || membership.Kind is DestinationKind.User)
            {
                throw new DestinationResolverException(
                    $"The resolver names {(membership.Name is null ? "a destination without a name" : membership.ToString())} among the roles and groups of '{user}'. Name roles and groups only (statement 4.8).");
            }
        }

        return memberships;
    }

    /// <exception cref="DestinationResolverException">The resolver did not answer.</exception>
    public ValueTask<string?> ManagerAsync(string user, CancellationToken cancellation) =>
        AskAsync(token => _options.Destinations.FindManagerAsync(user, token), $"who manages '{user}'", cancellation);

    private async ValueTask<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> question, string what, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.ResolverTimeout, _options.Clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _shutdown, cancellation);
        try
        {
            var asked = question(any.Token);
            return asked.IsCompletedSuccessfully
                ? await asked.ConfigureAwait(false)
                : await asked.AsTask().WaitAsync(any.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || _shutdown.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new DestinationResolverException(
                $"The resolver was asked {what} and has not answered within {_options.ResolverTimeout}. Make it faster, or raise WorkflowOptions.ResolverTimeout (statement 4.8).", exception);
        }
#pragma warning disable CA1031 // Whatever the host's resolver throws is told to who asked, under one type.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new DestinationResolverException($"The resolver was asked {what} and threw: {ErrorText.Of(exception)} Make it answer, and repeat the command (statement 4.8).", exception);
        }
    }
}
