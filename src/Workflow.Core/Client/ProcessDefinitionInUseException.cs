using Workflow.Core.Persistence;

namespace Workflow.Core.Client;

/// <summary>A version of a process definition was to be removed that is needed. It is still there (statement 8.7b).</summary>
public sealed class ProcessDefinitionInUseException : WorkflowException
{
    internal ProcessDefinitionInUseException(string definition, int version, DefinitionRemoval reason)
        : base($"Version {version.Invariant()} of the process definition '{definition}' cannot be removed: " + (reason is DefinitionRemoval.IsDefault
            ? "new instances start on it. First make another version the default."
            : "an instance that has not completed runs on it, or a sub-process is about to start on it. Find the instance with FindProcessesAsync, and let it "
                + "complete first. If there is none, the sub-process starts soon: call again, and it is found."))
    {
        Statement = "8.7b";
        Definition = definition;
        Version = version;
    }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }

    /// <summary>The version.</summary>
    public int Version { get; }
}
