using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Workflow.Core.Contexts;

namespace Workflow.Core.Testing;

/// <summary>Wraps the code of server events. It records the effects of the code, or repeats recorded ones without calling it.</summary>
internal sealed class ServerEventRecorder
{
    private readonly ConcurrentDictionary<(string Key, int Attempt), RecordedResult> _recorded = new();
    private readonly IReadOnlyDictionary<(string Key, int Attempt), RecordedResult>? _toRepeat;

    public ServerEventRecorder(IReadOnlyDictionary<(string Key, int Attempt), RecordedResult>? toRepeat = null) => _toRepeat = toRepeat;

    /// <summary>Whether it repeats instead of recording.</summary>
    public bool IsRepeating => _toRepeat is not null;

    /// <summary>How a repetition went another way than recorded; null when it did not.</summary>
    public string? Parted { get; private set; }

    public IReadOnlyDictionary<(string Key, int Attempt), RecordedResult> Results() =>
        new Dictionary<(string Key, int Attempt), RecordedResult>(_recorded);

    public ValueTask InterceptAsync(ServerEventContext context, ServerEventCode code, CancellationToken cancellation)
    {
        if (_toRepeat is null)
        {
            return RecordAsync(context, code, cancellation);
        }

        Repeat(context);
        return ValueTask.CompletedTask;
    }

    private static void Apply(ServerEventContext context, RecordedResult result)
    {
        foreach (var change in result.Changes)
        {
            context.Set(change.Name, change.Value);
        }

        if (result.CorrelationKey is { } correlationKey)
        {
            context.WaitUntilFinished(correlationKey);
        }
        else if (result.IsWaiting)
        {
            context.WaitUntilFinished();
        }
    }

    private async ValueTask RecordAsync(ServerEventContext context, ServerEventCode code, CancellationToken cancellation)
    {
        Exception? thrown = null;
        try
        {
            await code(context, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
            throw;
        }
        finally
        {
            _recorded[(context.IdempotencyKey, context.Attempt)] =
                new RecordedResult(context.Activity, context.Event, context.Changes, context.IsWaiting, context.CorrelationKey, thrown);
        }
    }

    private void Repeat(ServerEventContext context)
    {
        var called = $"It called the server event '{context.Event}' of '{context.Activity}' ({context.IdempotencyKey}, call {context.Attempt.Invariant()}), ";
        if (!_toRepeat!.TryGetValue((context.IdempotencyKey, context.Attempt), out var result))
        {
            Parted = called + "which the recorded run did not call.";
            throw new WorkflowTestException(Parted);
        }

        if ((result.Activity, result.Event) != (context.Activity, context.Event))
        {
            Parted = called + $"where the recorded run called '{result.Event}' of '{result.Activity}'.";
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
