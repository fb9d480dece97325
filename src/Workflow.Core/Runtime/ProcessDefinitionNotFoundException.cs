namespace Workflow.Core.Runtime;

/// <summary>No process definition of the name, or of the name and version, is deployed; or none is the default (statement 8.7b).</summary>
public sealed class ProcessDefinitionNotFoundException : WorkflowException
{
    internal ProcessDefinitionNotFoundException(string definition, int version)
        : this(
            definition,
            version,
            "8.7",
            $"Version {version.Invariant()} of the process definition '{definition}' is not deployed. Deploy it: "
            + "instances stay on the version they were started on.")
    {
    }

    private ProcessDefinitionNotFoundException(string definition, int? version, string? statement, string message)
        : base(message)
    {
        Statement = statement;
        Definition = definition;
        Version = version;
    }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }

    /// <summary>The version that is missing; null when no version is deployed, or none is the default.</summary>
    public int? Version { get; }

    internal static ProcessDefinitionNotFoundException Unknown(string definition, IReadOnlyList<string> deployed) => new(
        definition,
        version: null,
        statement: null,
        $"No process definition '{Names.Printable(definition)}' is deployed here. {NearestName.Proposal(definition, deployed)} Deploy it, "
            + "or correct the name.");

    internal static ProcessDefinitionNotFoundException OfDefault(string definition, int version) => new(
        definition, version, "8.7b",
        $"Version {version.Invariant()} is the default of the process definition '{definition}', and it is not deployed on this host. "
        + "Deploy it here, or make another version the default with ManageDefinitions().SetDefaultAsync(...).");

    internal static ProcessDefinitionNotFoundException WithoutDefault(string definition) => new(
        definition, version: null, "8.7b",
        $"No version of the process definition '{definition}' is the default, so none can be started. Make one the default with "
            + $"ManageDefinitions().SetDefaultAsync(...).");

    internal static ProcessDefinitionNotFoundException NotKept(string definition, int version) => new(
        definition, version, "8.7b", $"Version {version.Invariant()} of the process definition '{definition}' is not known to the store: it was never "
            + $"deployed, or was removed. Deploy it first.");
}
