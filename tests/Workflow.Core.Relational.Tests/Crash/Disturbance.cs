using Workflow.Core.CrashChild;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A disturbance in a store that must harm nobody (statement 14.7b): a stranger keeps a transaction open, and instances cannot be read. Callers in
/// children that are told of it leave ambient transactions behind as well.</summary>
internal sealed class Disturbance : IAsyncDisposable
{
    private Disturbance(StrangersTransaction stranger, DamagedInstances damaged)
    {
        Stranger = stranger;
        Damaged = damaged;
    }

    public StrangersTransaction Stranger { get; }

    public DamagedInstances Damaged { get; }

    /// <summary>Disturbs a database that no child uses yet.</summary>
    public static async Task<Disturbance> BeginAsync(CrashDatabase database, ChildOptions options)
    {
        await using var opened = await OpenedDatabase.OpenAsync(options, takesUpWork: false);
        var damaged = await DamagedInstances.MakeAsync(database, options, opened.Engine);
        return new Disturbance(await StrangersTransaction.OpenAsync(database, options, opened.Engine), damaged);
    }

    public ValueTask DisposeAsync() => Stranger.DisposeAsync();
}
