namespace Workflow.Core.Instances;

/// <summary>The data that few destinations have.</summary>
/// <param name="instanceData">The value for its slot from the initialization list of plan per slot (statement 4.7); null for none.</param>
internal sealed class DestinationExtras(in FieldValue instanceData)
{
    /// <summary>The value for its slot from the initialization list of plan per slot (statement 4.7); null for none.</summary>
    public FieldValue InstanceData { get; } = instanceData;

    /// <summary>The data about its list of users, groups and roles; null where the list is stored with the destination.</summary>
    public PeopleApart? Apart { get; set; }
}
