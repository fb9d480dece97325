namespace Workflow.Core.Runtime;

/// <summary>Begins work that outlives whoever begins it.</summary>
internal static class Background
{
    /// <summary>Runs without the flow of the caller: a transaction or a request of the caller must not last as long as the engine.</summary>
    public static Task Run(Func<Task> work)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(work, CancellationToken.None);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(work, CancellationToken.None);
        }
    }
}
