namespace Workflow.Core.Instances;

/// <summary>The data that a destination keeps besides its list of users, groups and roles. A long list is stored as a part of its own.</summary>
internal sealed class PeopleApart
{
    /// <summary>Whether the next commit has to write the list.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The checksum of the part with the list that was written or read last.</summary>
    public uint Checksum { get; set; }

    /// <summary>All in the list; null until somebody asks for one.</summary>
    public HashSet<Destination>? Set { get; set; }

    /// <summary>There is another list.</summary>
    public void Change()
    {
        Set = null;
        IsChanged = true;
    }
}
