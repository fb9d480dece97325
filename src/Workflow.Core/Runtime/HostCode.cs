using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of server events and the resolver. The code never runs in a caller's context, gets a limited time even when
/// it blocks a thread, and holds up nobody else (statement 14.7b). Three kinds of code are called in place instead and must not block:
/// pure code, predicates, and the resolver of the library.</summary>
internal sealed class HostCode(Executor executor, AbandonedCalls abandoned)
{
    private const int Places = 16;
    private const int PlaceDistance = 16;

    private readonly HostWatch _watch = new(executor, abandoned);

    /// <summary>Calls of server events whose code returned at once, a few for all threads. Each has a cache line of its own, or threads that work at once would
    /// take them from each other.</summary>
    private readonly ServerEventCall?[] _spare = new ServerEventCall?[Places * PlaceDistance];

    private ref ServerEventCall? Spare => ref _spare[Environment.CurrentManagedThreadId % Places * PlaceDistance];

    /// <summary>Calls code on a thread that nobody waits on, and waits for it as long as it may take.
    /// Code that takes longer is told so and left behind.</summary>
    public ValueTask<HostAnswer<T>> CallAsync<T>(HostCall<T> call, TimeSpan limit, CancellationToken cancelled)
    {
        if (!MayCall<T>(call.Element, cancelled, out var answer))
        {
            return new ValueTask<HostAnswer<T>>(answer);
        }

        call.Follow(_watch, cancelled);
        Begin(call, limit);
        return call.Answered;
    }

    /// <summary>Whether code may be called now.</summary>
    /// <param name="element">The owner of the code.</param>
    /// <param name="cancelled">By what the call is given up.</param>
    /// <param name="answer">The result of the call when it may not be made.</param>
    public bool MayCall<T>(object element, CancellationToken cancelled, out HostAnswer<T> answer)
    {
        answer = default;
        if (cancelled.IsCancellationRequested)
        {
            answer = new HostAnswer<T>(HostEnd.Interrupted);
            return false;
        }

        if (abandoned.RefusedFor(element) is var refused and > 0)
        {
            answer = new HostAnswer<T>(HostEnd.Refused, Abandoned: refused);
            return false;
        }

        return true;
    }

    /// <summary>Has code called on a thread that nobody waits on.</summary>
    public void Begin<T>(HostCall<T> call, TimeSpan limit)
    {
        call.Prepare(limit);
        call.TakeFlow();
        executor.Call(call);
    }

    /// <summary>How many calls of code have not ended although their time is over.</summary>
    public int AbandonedOf(object element) => abandoned.CountOf(element);

    /// <summary>How many calls of code have not ended, when too many in all have not and it must not be called. Zero when it may be called.</summary>
    public int RefusedFor(object element) => abandoned.RefusedFor(element);

    /// <summary>A call of a server event that is ready to be made. Nothing is to be made anew for code that returns at
    /// once, so what called it is used again.</summary>
    /// <param name="last">The last call of the same turn, if nothing refers to it.</param>
    /// <param name="cancelled">By what the call is given up.</param>
    public ServerEventCall TakeCall(ServerEventCall? last, CancellationToken cancelled)
    {
        var call = last ?? Interlocked.Exchange(ref Spare, null);
        if (call?.IsFreshFor(cancelled) is true)
        {
            return call;
        }

        call?.Close();
        call = new ServerEventCall();
        call.Follow(_watch, cancelled);
        return call;
    }

    /// <summary>Takes back a call to which nothing refers.</summary>
    public void UseAgain(ServerEventCall call)
    {
        call.Forget();
        Interlocked.Exchange(ref Spare, call)?.Close();
    }
}
