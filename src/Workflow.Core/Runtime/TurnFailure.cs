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
            ThrowPartlyStored(calls, failure);
            throw;
        }
    }

    /// <summary>If an earlier commit of a command is stored, its caller is told so (statement 14.7d).</summary>
    public static void ThrowPartlyStored(InstanceCalls calls, Exception exception)
    {
        if (calls.PartlyStored(exception) is { } partlyStored)
        {
            throw partlyStored;
        }
    }
}
