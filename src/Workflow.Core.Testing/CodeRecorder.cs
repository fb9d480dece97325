using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Workflow.Core.Contexts;

namespace Workflow.Core.Testing;

/// <summary>Wraps the code of server events and escalations. It records the effects of the code, or repeats recorded ones without calling it.</summary>
internal sealed class CodeRecorder
{
    private readonly ConcurrentDictionary<(string Key, int Attempt), RecordedResult> _recorded = new();
    private readonly IReadOnlyDictionary<(string Key, int Attempt), RecordedResult>? _toRepeat;

    /// <param name="toRepeat">The results to repeat; null to record.</param>
    /// <param name="drawn">The numbers to repeat, with the results.</param>
    public CodeRecorder(IReadOnlyDictionary<(string Key, int Attempt), RecordedResult>? toRepeat = null, IReadOnlyList<double>? drawn = null) =>
        (_toRepeat, Random) = (toRepeat, new RecordedRandom(drawn));

    /// <summary>Whether it repeats instead of recording.</summary>
    public bool IsRepeating => _toRepeat is not null;

    /// <summary>How a repetition went another way than recorded; null when it did not.</summary>
    public string? Parted { get; private set; }

    /// <summary>The numbers that the engine drew, or repeats, for the jitter of retries.</summary>
    public RecordedRandom Random { get; }

    public IReadOnlyDictionary<(string Key, int Attempt), RecordedResult> Results() =>
        new Dictionary<(string Key, int Attempt), RecordedResult>(_recorded);

    public ValueTask InterceptAsync(CodeContext context, Func<CancellationToken, ValueTask> code, CancellationToken cancellation)
    {
        if (_toRepeat is null)
        {
            return RecordAsync(context, code, cancellation);
        }

        Repeat(context);
        return ValueTask.CompletedTask;
    }

    private static void Apply(CodeContext context, RecordedResult result)
    {
        foreach (var change in result.Changes)
        {
            context.Set(change.Name, change.Value);
        }

        switch (context)
        {
            case ServerEventContext code:
                Ask(code, result);
                break;
            case EscalationContext code:
                Ask(code, result);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Ask(ServerEventContext context, RecordedResult result)
    {
        if (result.CorrelationKey is { } correlationKey)
        {
            context.WaitUntilFinished(correlationKey);
        }
        else if (result.IsWaiting)
        {
            context.WaitUntilFinished();
        }
        else if (result.Goto is { } request)
        {
            context.GoTo(request.Activity, request.Expiring, request.IfActive);
        }
        else if (result.ExpiresActivity)
        {
            context.ExpireActivity();
        }
    }

    private static void Ask(EscalationContext context, RecordedResult result)
    {
        if (result.Goto is { } request)
        {
            context.GoTo(request.Activity, request.Expiring, request.IfActive);
        }
        else if (result.ExpiresActivity)
        {
            context.ExpireActivity();
        }
    }

    private async ValueTask RecordAsync(CodeContext context, Func<CancellationToken, ValueTask> code, CancellationToken cancellation)
    {
        Exception? thrown = null;
        try
        {
            await code(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
            throw;
        }
        finally
        {
            var waiting = context as ServerEventContext;
            _recorded[(context.IdempotencyKey, context.Attempt)] = new RecordedResult(
                context.Element, context.Changes, waiting is { IsWaiting: true }, waiting?.CorrelationKey, context.Goto, context.ExpiresActivity, thrown);
        }
    }

    private void Repeat(CodeContext context)
    {
        var called = $"It called the {context.Element} ({context.IdempotencyKey}, call {context.Attempt.Invariant()}), ";
        if (!_toRepeat!.TryGetValue((context.IdempotencyKey, context.Attempt), out var result))
        {
            Parted = called + "which the recorded run did not call.";
            throw new WorkflowTestException(Parted);
        }

        if (result.Element != context.Element)
        {
            Parted = called + $"where the recorded run called {result.Element}.";
            throw new WorkflowTestException(Parted);
        }

        _recorded[(context.IdempotencyKey, context.Attempt)] = result;
        Apply(context, result);
        if (result.Thrown is not null)
        {
            ExceptionDispatchInfo.Throw(result.Thrown);
        }
    }
}
