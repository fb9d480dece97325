namespace Workflow.Core.Benchmarks.Stores;

/// <summary>The store floor: what the least honest commit costs. One transaction upserts a row of 2 KB, inserts a row of history, and upserts a row of a
/// worklist. It does so for one instance or for many. Nothing is read, no version is compared, and there is no index but the primary keys.</summary>
/// <remarks>Every instance is written twice, as in J2: the first time the upserts insert, the second time they update. The bytes are random, but the same each
/// time.</remarks>
internal abstract class Floor : IAsyncDisposable
{
    public const int StateBytes = 2_048;
    public const int HistoryBytes = 200;
    public const string User = "ann";

    protected static byte[] State { get; } = Bytes(StateBytes);

    protected static byte[] History { get; } = Bytes(HistoryBytes);

    /// <summary>Commits until the time is over.</summary>
    /// <returns>Commits in a second, those of a transaction for many instances counted one by one.</returns>
    public abstract Task<double> RunAsync(TimeSpan duration);

    public abstract ValueTask DisposeAsync();

    /// <summary>The instance that a commit is for.</summary>
    protected static long InstanceOf(long commit) => commit / 2;

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
#pragma warning disable CA5394 // Nothing is hidden by it: it only must not be compressible.
        new Random(1).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }
}
