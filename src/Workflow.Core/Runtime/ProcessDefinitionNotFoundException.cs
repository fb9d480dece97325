namespace Workflow.Core.Runtime;

/// <summary>No process definition of the name, or of the name and version, is deployed.</summary>
public sealed class ProcessDefinitionNotFoundException : WorkflowException
{
    internal ProcessDefinitionNotFoundException(string definition, int? version)
        : base(version is { } number
            ? $"Version {number.Invariant()} of the process definition '{definition}' is not deployed. Deploy it: instances stay on the version they were started on (statement 8.7)."
            : $"No process definition '{definition}' is deployed. Deploy it, or correct the name.")
    {
        Definition = definition;
        Version = version;
    }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }

    /// <summary>The version asked for; null for the latest.</summary>
    public int? Version { get; }
}
