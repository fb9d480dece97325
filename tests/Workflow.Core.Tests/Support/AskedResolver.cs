using System.Collections.Concurrent;
using Workflow.Core.Destinations;

namespace Workflow.Core.Tests.Support;

/// <summary>The answer of a resolver: the users of each role and group.</summary>
internal delegate ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolverAnswer(
    IReadOnlyList<Destination> asked, CancellationToken cancellation);

/// <summary>A resolver that remembers what it was asked, and answers as the test says.</summary>
internal sealed class AskedResolver(ResolverAnswer answer) : IDestinationResolver
{
    private readonly ConcurrentQueue<Destination[]> _questions = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers with the members that a role or group has at that moment.</summary>
    public AskedResolver(Func<Destination, string[]> members)
        : this((asked, _) => ValueTask.FromResult(Answers(asked, members)))
    {
    }

    /// <summary>Each question that was asked, oldest first.</summary>
    public IReadOnlyList<Destination[]> Questions => [.. _questions];

    /// <summary>Ends when the first question has come.</summary>
    public Task Reached => _reached.Task;

    public static IReadOnlyDictionary<Destination, IReadOnlyList<string>> Answers(IReadOnlyList<Destination> asked, Func<Destination, string[]> members) =>
        asked.ToDictionary(role => role, role => (IReadOnlyList<string>)members(role));

    public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation)
    {
        _questions.Enqueue([.. rolesAndGroups]);
        _reached.TrySetResult();
        return answer(rolesAndGroups, cancellation);
    }

    /// <summary>Nobody belongs to anything: for tests that ask for members only.</summary>
    public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Destination>>([]);

    public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
}
