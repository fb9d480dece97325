using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Commits;

/// <summary>Anything else than a commit that is written to SQLite.</summary>
/// <param name="write">Writes it.</param>
/// <param name="isBackground">Whether it is of the engine's own work.</param>
internal sealed class WriterAction<T>(Func<Session, CancellationToken, ValueTask<T>> write, bool isBackground) : WriterJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public override bool IsBackground => isBackground;

    public ValueTask<T> Completion => new(_done.Task);

    /// <summary>SQLite's asynchronous methods have ended when they return, so nothing is waited for.</summary>
    public override void Run(Session session, int together) => _result = write(session, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override bool? IsStored(Session session) => null;

    public override void Succeed() => _done.SetResult(_result);

    public override void Fail(Exception exception) => _done.SetException(exception);

    public override void LoseSight(Exception exception) =>
        _done.SetException(new ProcessStoreException("The database failed during a write. It is not known whether the change is stored.", exception));
}
