using System.Collections.Concurrent;
using Workflow.Core.Destinations;

namespace Workflow.Core.Tests.Support;

/// <summary>A resolver over a directory. A test can disturb each answer. The resolver remembers the users whose roles and managers were asked for.</summary>
internal sealed class ScriptedResolver(StaticDestinations directory) : IDestinationResolver
{
    private readonly ConcurrentQueue<string> _users = new();
    private readonly ConcurrentQueue<string> _managed = new();
    private readonly ConcurrentQueue<NamedQuestion> _named = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StaticDestinations Directory => directory;

    /// <summary>The users whose roles and groups were asked for, oldest first.</summary>
    public IReadOnlyList<string> UsersAsked => [.. _users];

    /// <summary>The users whose manager was asked for, oldest first.</summary>
    public IReadOnlyList<string> ManagedAsked => [.. _managed];

    /// <summary>The questions by name that were asked, oldest first.</summary>
    public IReadOnlyList<NamedQuestion> NamedAsked => [.. _named];

    /// <summary>Ends when a disturbed answer was first asked for.</summary>
    public Task Reached => _reached.Task;

    /// <summary>The answer in the place of the directory; null for the directory.</summary>
    public ResolverAnswer? Members { get; set; }

    /// <summary>The answer in the place of the directory; null for the directory.</summary>
    public Func<string, CancellationToken, ValueTask<IReadOnlyList<Destination>>>? Memberships { get; set; }

    /// <summary>The answer in the place of the directory; null for the directory.</summary>
    public Func<string, CancellationToken, ValueTask<string?>>? Manager { get; set; }

    /// <summary>The answer in the place of the directory; null for the directory.</summary>
    public Func<NamedQuestion, CancellationToken, ValueTask<IReadOnlyList<Destination>?>>? Named { get; set; }

    public ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation)
    {
        _named.Enqueue(question);
        return Named is { } named ? Disturbed(() => named(question, cancellation)) : directory.AnswerAsync(question, cancellation);
    }

    public ValueTask<FieldValue?> ListAsync(NamedQuestion question, CancellationToken cancellation)
    {
        _named.Enqueue(question);
        return directory.ListAsync(question, cancellation);
    }

    public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) => Members is { } members
            ? Disturbed(() => members(rolesAndGroups, cancellation))
            : directory.ResolveAsync(rolesAndGroups, cancellation);

    public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation)
    {
        _users.Enqueue(user);
        return Memberships is { } memberships ? Disturbed(() => memberships(user, cancellation)) : directory.FindMembershipsAsync(user, cancellation);
    }

    public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation)
    {
        _managed.Enqueue(user);
        return Manager is { } manager ? Disturbed(() => manager(user, cancellation)) : directory.FindManagerAsync(user, cancellation);
    }

    private T Disturbed<T>(Func<T> answer)
    {
        _reached.TrySetResult();
        return answer();
    }
}
