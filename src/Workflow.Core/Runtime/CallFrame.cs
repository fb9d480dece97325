using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The common part of the calls of a turn, and the mark of a question to the resolver or of a chain of pure code. The flow of a call is marked. So
/// code that acts on its own instance, and would wait for itself, gets an error at once. Frames chain: code of one instance may start another, whose code must
/// not come back to the first.</summary>
internal sealed class CallFrame : CallingTurn, ICallMark
{
    private static readonly AsyncLocal<ICallMark?> Innermost = new();

    private static readonly AsyncLocal<Asking?> Question = new();

    private readonly EngineServices _engine;
    private readonly Episode _episode;
    private volatile bool _isCalling;

    private CallFrame(ProcessInstanceId processInstance, Episode episode, EngineServices engine, ICallMark? outer)
        : base(processInstance, outer) => (_episode, _engine) = (episode, engine);

    public override IActivityNames Activities => _episode.Definition;

    public override string KeyPart => _engine.Options.Store.KeyPart;

    public CallingTurn Turn => this;

    public bool IsCalling => _isCalling;

    public int Call { get; private set; }

    /// <summary>The instance whose code or question the current flow is part of, or about which a command asks in it; null for none.</summary>
    public static CalledInstance? InstanceOfFlow
    {
        get
        {
            // Code that a question has called in turn has entered a call of its own.
            var innermost = Innermost.Value;
            return Question.Value is { } asking && asking.Outer == innermost ? asking.About
                : Calling(innermost) is { } mark ? CalledInstance.Of(((CallFrame)mark.Turn)._episode.Process)
                : null;
        }
    }

    /// <summary>The frame of a turn that begins in the current flow.</summary>
    public static CallFrame Of(ProcessInstanceId processInstance, Episode episode, EngineServices engine)
    {
        var outer = Calling(Innermost.Value);
        for (var one = outer; one is not null; one = one.Turn.Outer)
        {
            // Code that starts the next instance and does not wait for it would otherwise make an endless chain.
            one.Turn.Outer = Calling(one.Turn.Outer);
        }

        return new CallFrame(processInstance, episode, engine, outer);
    }

    /// <summary>Marks the current flow for one call, until the next one is entered or the asynchronous method that called this returns.</summary>
    public static void Enter(ICallMark mark) => Innermost.Value = mark;

    /// <summary>Lets the questions of the current flow be about an instance, until the asynchronous method that called this returns.</summary>
    public static void Ask(CalledInstance? about) => Question.Value = about is null ? null : new Asking(about, Innermost.Value);

    /// <summary>The innermost call, in an engine, that the current flow is part of; null when it is part of none.</summary>
    public static ICallMark? CallingIn(TurnWaits waits)
    {
        var mark = Innermost.Value;
        while (mark is not null && !(mark.IsCalling && IsOf(mark, waits)))
        {
            mark = mark.Turn.Outer;
        }

        return mark;
    }

    /// <exception cref="WorkflowReentrancyException">The caller is code of the instance itself.</exception>
    public static void Refuse(ProcessInstanceId processInstance, TurnWaits waits)
    {
        for (var mark = Innermost.Value; mark is not null; mark = mark.Turn.Outer)
        {
            if (mark.IsCalling && IsOf(mark, waits) && mark.Turn.ProcessInstance == processInstance)
            {
                throw new WorkflowReentrancyException(processInstance);
            }
        }
    }

    public override async ValueTask CallAsync(CodeClass code, Func<object, ValueTask> call) => await _engine.Code.CallAsync(code, async made =>
    {
        await call(made).ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    /// <summary>Behind pure code the last act may not be stored yet.</summary>
    public override ValueTask<LastAct?> FindLastActAsync(ProcessInstance process, CancellationToken cancellation) => _episode.Journal.LastAct is { } pending
        ? new ValueTask<LastAct?>(pending)
        : LastActs.FindAsync(new ProcessReader(_engine.Options.Store, _engine.Deployments, _engine.Unreadable), process, cancellation);

    /// <summary>A call begins that the frame is the mark of.</summary>
    public void Begin()
    {
        Call++;
        _isCalling = true;
    }

    /// <summary>The call has ended.</summary>
    public void End() => _isCalling = false;

    /// <summary>For which instances the code of a call waits, as a sentence with a space in front; empty for none.</summary>
    public string WaitsOf(ICallMark mark) => _engine.Waits.WaitsOf(mark);

    private static bool IsOf(ICallMark mark, TurnWaits waits) => ((CallFrame)mark.Turn)._engine.Waits == waits;

    /// <summary>The innermost of a chain of marks whose code is running.</summary>
    private static ICallMark? Calling(ICallMark? mark)
    {
        while (mark is { IsCalling: false })
        {
            mark = mark.Turn.Outer;
        }

        return mark;
    }

    /// <summary>A question of a command, asked in the flow of a call or of none.</summary>
    private sealed record Asking(CalledInstance About, ICallMark? Outer);
}
