namespace Workflow.Core.Runtime.Execution;

/// <summary>Calls a step again and again: when the step has said, or as soon as the loop is woken.</summary>
internal abstract class StepLoop
{
    /// <summary>Begins to call the step, unless it does so already or was stopped.</summary>
    public abstract void Start();

    /// <summary>The step may have something to do sooner than it said.</summary>
    public abstract void Wake();

    /// <summary>Calls the step no more.</summary>
    /// <returns>A task that ends when no step is under way.</returns>
    public abstract Task StopAsync();
}
