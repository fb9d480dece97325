using Workflow.Core.Contexts;
using Workflow.Core.Destinations;

namespace Workflow.Core.Runtime;

/// <summary>A resolver that is made for each question, in a scope of its own (statement 4.8b).</summary>
/// <param name="code">The class of the host's resolver, or what it is registered as.</param>
/// <param name="services">Makes and calls it; null before an engine uses it.</param>
internal sealed class ScopedResolver(CodeClass code, CodeServices? services = null) : IDestinationResolver
{
    public CodeClass Class => code;

    /// <summary>The same resolver, made by the services of an engine.</summary>
    public ScopedResolver In(CodeServices used) => new(code, used);

    public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) =>
        AskAsync(resolver => resolver.ResolveAsync(rolesAndGroups, cancellation));

    public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) =>
        AskAsync(resolver => resolver.FindMembershipsAsync(user, cancellation));

    public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) =>
        AskAsync(resolver => resolver.FindManagerAsync(user, cancellation));

    public ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation) =>
        AskAsync(resolver => resolver.AnswerAsync(question, cancellation));

    public ValueTask<FieldValue?> ListAsync(NamedQuestion question, CancellationToken cancellation) =>
        AskAsync(resolver => resolver.ListAsync(question, cancellation));

    private ValueTask<T> AskAsync<T>(Func<IDestinationResolver, ValueTask<T>> question) => services is null
        ? throw new InvalidOperationException("The resolver is made for each question of an engine. Ask the class itself instead.")
        : services.CallAsync(code, made => question((IDestinationResolver)made));
}
