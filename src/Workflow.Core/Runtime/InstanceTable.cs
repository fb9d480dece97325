using System.Collections.Concurrent;

namespace Workflow.Core.Runtime;

/// <summary>Knows which runner owns which instance, so that there is never more than one.</summary>
internal sealed class InstanceTable
{
    private readonly ConcurrentDictionary<long, InstanceRunner> _runners = new();
    private readonly ConcurrentQueue<InstanceRunner> _idle = new();
    private readonly EngineServices _services;
    private int _idleCount;

    public InstanceTable(EngineServices services) => _services = services;

    /// <summary>The runner of an instance, with its turn taken. The caller gives it back with <see cref="Exit"/>.</summary>
    public ValueTask<InstanceRunner> EnterAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var runner = Find(id);
        if (runner.TryEnterTurn())
        {
            if (!runner.IsRetired)
            {
                return new ValueTask<InstanceRunner>(runner);
            }

            runner.ExitTurn();
        }

        return EnterLaterAsync(id, cancellation);
    }

    /// <summary>The runner of an instance that begins, with its turn taken; null when somebody has asked for its number before it exists.</summary>
    public InstanceRunner? TryEnterNew(ProcessInstanceId id)
    {
        var runner = new InstanceRunner(id, _services);
        return runner.TryEnterTurn() && _runners.TryAdd(id.Value, runner) ? runner : null;
    }

    /// <summary>The same for work that the engine does by itself: while it waits for the turn, it holds no share.</summary>
    public ValueTask<InstanceRunner> EnterAsync(ProcessInstanceId id, BackgroundWork? work, CancellationToken cancellation)
    {
        var entering = EnterAsync(id, cancellation);
        return work is null || entering.IsCompleted ? entering : EnterPausedAsync(entering, work);
    }

    /// <summary>Whether something is under way for an instance, or waits to be.</summary>
    public bool IsBusy(ProcessInstanceId id) => Peek(id) is { IsInTurn: true };

    /// <summary>The runner of an instance, without its turn, if there is one.</summary>
    public InstanceRunner? Peek(ProcessInstanceId id) => _runners.GetValueOrDefault(id.Value);

    /// <summary>Gives the turn back, and drops instances that nobody needs in memory: ended ones at once, others when there are too many.</summary>
    public void Exit(InstanceRunner runner)
    {
        if (runner.IsEnded)
        {
            Retire(runner);
            runner.ExitTurn();
            return;
        }

        runner.ExitTurn();
        if (runner.MarkListed())
        {
            _idle.Enqueue(runner);
            Interlocked.Increment(ref _idleCount);
        }

        while (Volatile.Read(ref _idleCount) > _services.Options.ResidentInstances && _idle.TryDequeue(out var oldest))
        {
            Interlocked.Decrement(ref _idleCount);
            Evict(oldest);
        }
    }

    private static async ValueTask<InstanceRunner> EnterPausedAsync(ValueTask<InstanceRunner> entering, BackgroundWork work)
    {
        work.Pause();
        try
        {
            return await entering.ConfigureAwait(false);
        }
        finally
        {
            work.Resume();
        }
    }

    /// <summary>Somebody else has the turn, or the runner has just been dropped.</summary>
    private async ValueTask<InstanceRunner> EnterLaterAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        while (true)
        {
            var runner = Find(id);
            await runner.EnterTurnAsync(cancellation).ConfigureAwait(false);
            if (!runner.IsRetired)
            {
                return runner;
            }

            runner.ExitTurn();
        }
    }

    private InstanceRunner Find(ProcessInstanceId id) => _runners.TryGetValue(id.Value, out var runner)
        ? runner
        : _runners.GetOrAdd(id.Value, static (_, state) => new InstanceRunner(state.id, state._services), (id, _services));

    /// <summary>An instance that is at work just now stays, and is listed again when it has done.</summary>
    private void Evict(InstanceRunner runner)
    {
        runner.Unlist();
        if (!runner.TryEnterTurn())
        {
            return;
        }

        Retire(runner);
        runner.ExitTurn();
    }

    private void Retire(InstanceRunner runner)
    {
        runner.Retire();
        _runners.TryRemove(KeyValuePair.Create(runner.Id.Value, runner));
    }
}
