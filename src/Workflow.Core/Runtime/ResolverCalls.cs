using Workflow.Core.Destinations;

namespace Workflow.Core.Runtime;

/// <summary>Calls the resolver.</summary>
internal sealed class ResolverCalls
{
    private readonly WorkflowOptions _options;
    private readonly CancellationToken _shutdown;
    private readonly HostCode _host;

    public ResolverCalls(WorkflowOptions options, HostCode host, CancellationToken shutdown)
    {
        _options = options;
        _shutdown = shutdown;
        _host = host;
    }

    /// <summary>The message when the resolver is no longer asked.</summary>
    public static string Refusal(int abandoned) =>
        $"The resolver was not asked: {abandoned.Invariant()} of its earlier calls took too long and have not ended yet, and an engine allows "
            + $"{AbandonedCalls.Most.Invariant()} such calls at most. "
        + "Find out where the resolver hangs, and make it observe its cancellation token. Try again when the calls have ended.";

    /// <summary>Asks the resolver. The one of the library answers at once and is asked in place.</summary>
    public ValueTask<HostAnswer<T>> AskAsync<T>(
        Func<IDestinationResolver, CancellationToken, ValueTask<T>> question, string what, CancellationToken cancellation)
    {
        if (_options.DestinationResolver is StaticDestinations known && !_shutdown.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            var asked = question(known, CancellationToken.None);
            Invariant.Holds(asked.IsCompletedSuccessfully);
            return new ValueTask<HostAnswer<T>>(new HostAnswer<T>(HostEnd.Returned, asked.IsCompletedSuccessfully ? asked.Result : default));
        }

        return AskHostAsync(question, what, cancellation);
    }

    /// <summary>Asks the resolver what the library's own one asks code of the host, too.</summary>
    public ValueTask<HostAnswer<T>> AskHostAsync<T>(
        Func<IDestinationResolver, CancellationToken, ValueTask<T>> question, string what, CancellationToken cancellation)
    {
        var call = new Question<T>(_options.DestinationResolver, question, what);
        return cancellation.CanBeCanceled
            ? AskWhileWantedAsync(call, cancellation)
            : _host.CallAsync(call, _options.ResolverTimeout, _shutdown);
    }

    private async ValueTask<HostAnswer<T>> AskWhileWantedAsync<T>(Question<T> call, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_shutdown, cancellation);
        return await _host.CallAsync(call, _options.ResolverTimeout, either.Token).ConfigureAwait(false);
    }

    /// <summary>One question.</summary>
    private sealed class Question<T>(
        IDestinationResolver resolver, Func<IDestinationResolver, CancellationToken, ValueTask<T>> question, string what) : HostCall<T>
    {
        public override object Element => resolver;

        public override string Name => $"the resolver, which was asked {what}";

        protected override ValueTask<T> BeginAsync(CancellationToken cancellation) => question(resolver, cancellation);
    }
}
