namespace Workflow.Core.Runtime;

/// <summary>One call of the host's code.</summary>
/// <typeparam name="T">What it answers.</typeparam>
internal abstract class HostCall<T>
{
    /// <summary>Whose code it is: a server event, or the resolver. Calls that have not ended are counted for each.</summary>
    public abstract object Element { get; }

    /// <summary>What messages call it.</summary>
    public abstract string Name { get; }

    /// <summary>Calls the code.</summary>
    public abstract ValueTask<T> BeginAsync(CancellationToken cancellation);
}
