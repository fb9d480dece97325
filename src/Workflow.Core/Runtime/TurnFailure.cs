using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The failures of a turn after something is stored.</summary>
internal static class TurnFailure
{
    /// <summary>Handles state that is too large to be stored after a call has changed it.</summary>
    public static async ValueTask OfCallAsync(ResidentInstance instance, InstanceCalls calls, ProcessInstanceTooLargeException exception)
    {
        try
        {
            await calls.FailAsync(exception).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            instance.GiveUp();
            ThrowPartlyStored(instance, calls, failure);
            throw;
        }
    }

    /// <summary>If an earlier commit of a command is stored, its caller is told so (statement 14.7d).</summary>
    public static void ThrowPartlyStored(ResidentInstance instance, InstanceCalls calls, Exception exception)
    {
        if (!calls.HasStored)
        {
            return;
        }

        var next = (exception is ConcurrencyException, calls.IsStopping) switch
        {
            (true, _) => "Another engine has taken over the process instance and continues it. Do not repeat the command",
            (_, true) => "This engine is stopping, and the next one on the same store continues it. Do not repeat the command",
            _ => "The engine continues it by itself. Do not repeat the command",
        };
        throw new CommandPartlyStoredException(instance.Id, calls.OpenCall, next, exception);
    }
}
