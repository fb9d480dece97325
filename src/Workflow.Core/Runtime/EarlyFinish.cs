using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>Stores a finish that came before the code of its event has returned (statement 7.1).</summary>
internal static class EarlyFinish
{
    /// <summary>If the finish could not be stored, the instance is unchanged, and the turn that owns it continues without it.</summary>
    public static async ValueTask StoreAsync(ResidentInstance instance, ActivityInstanceDestination destination)
    {
        try
        {
            await instance.CommitAsync(isCalling: true).ConfigureAwait(false);
        }
        catch
        {
            destination.DropParkedFinish();
            instance.ClearTurn();
            throw;
        }
    }
}
