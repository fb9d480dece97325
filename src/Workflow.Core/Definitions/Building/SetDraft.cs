using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>A destination set as it was written down.</summary>
internal sealed record SetDraft(string Name, Rule? Rule)
{
    public List<DestinationSource> Sources { get; } = [];

    public List<DestinationSource> Except { get; } = [];

    public RoleTreatment Treatment { get; set; } = RoleTreatment.Unresolved;
}
