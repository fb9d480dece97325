namespace Workflow.Core.Persistence;

/// <summary>A page of news for other engines (statement 13.12).</summary>
public sealed record NewsPage
{
    /// <summary>How long news is kept for certain from when others can see it, by the clock of the store.</summary>
    public static TimeSpan KeptFor { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How old a place is when the news before it is removed. It is more than <see cref="KeptFor"/>, since a store reads its clock before or after
    /// what else it reads.</summary>
    public static TimeSpan RemovedAfter { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Where the page ends. The store alone understands it.</summary>
    public required string Place { get; init; }

    /// <summary>When the page was read, by the clock of the store.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether news may have been removed before it was read. Then the place was older than <see cref="KeptFor"/>, or belongs to another state of the
    /// store.</summary>
    public bool IsBehind { get; init; }

    /// <summary>The news.</summary>
    public IReadOnlyList<StoredNews> News { get; init; } = [];
}
