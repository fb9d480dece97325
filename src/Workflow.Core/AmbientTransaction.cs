using System.Transactions;

namespace Workflow.Core;

/// <summary>The ambient transaction of the caller. Commits of the engine, and code that it calls, must not end with it (statement 14.7b).</summary>
internal static class AmbientTransaction
{
    /// <summary>Whether there is one.</summary>
    public static bool IsPresent
    {
        get
        {
            try
            {
                return Transaction.Current is not null;
            }
            catch (InvalidOperationException)
            {
                // Its scope is complete, and has not been left yet.
                return true;
            }
        }
    }

    /// <summary>Hides it until the scope is left. Most callers have none, and a scope takes time: then it is null.</summary>
    public static TransactionScope? Suppress() => IsPresent
        ? new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled)
        : null;
}
