using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Which process instances to find (statement 13.10). A property that is left out does not restrict.</summary>
public sealed record ProcessQuery
{
    /// <summary>Instances of this process definition.</summary>
    public string? Definition { get; init; }

    /// <summary>Instances on this version of their process definition.</summary>
    public int? DefinitionVersion { get; init; }

    /// <summary>Instances of one of these process definitions; null for all, and none when there is no name in it.</summary>
    public IReadOnlyCollection<string>? Definitions { get; init; }

    /// <summary>Instances of this status; of those that would be Active, <see cref="ProcessInstanceStatus.Running"/> finds the ones with a pending call, and
    /// <see cref="ProcessInstanceStatus.Active"/> the others.</summary>
    public ProcessInstanceStatus? Status { get; init; }

    /// <summary>Whether they are Completed or Deleted; null for both.</summary>
    public bool? HasEnded { get; init; }

    /// <summary>Instances with this folio; case counts.</summary>
    public string? Folio { get; init; }

    /// <summary>Instances whose folio begins with this text, of any folio when it is empty; case counts.</summary>
    public string? FolioStart { get; init; }

    /// <summary>Instances that this user started; case does not count.</summary>
    public string? Originator { get; init; }

    /// <summary>Instances that this one started as sub-processes.</summary>
    public ProcessInstanceId? Parent { get; init; }

    /// <summary>Instances started at this instant or later. One with a delayed start counts from the instant at which it begins (statement 5.4b).</summary>
    public DateTimeOffset? StartedFrom { get; init; }

    /// <summary>Instances started before this instant, counted in the same way.</summary>
    public DateTimeOffset? StartedBefore { get; init; }

    /// <summary>Instances with all of these values in their searchable fields.</summary>
    public IReadOnlyList<IndexedField> Fields { get; init; } = [];

    /// <summary>Whether they are set aside; null for both.</summary>
    public bool? IsSetAside { get; init; }

    /// <summary>Whether the newest comes first; otherwise the oldest does, which has waited longest. The order is that of the numbers.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Instances behind this one in the order: the last of the page before.</summary>
    public ProcessInstanceId? After { get; init; }

    /// <summary>How many to return at most; 1 to 500.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether a record is one of those asked for, the page aside.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it matches.</returns>
    public bool Matches(ProcessRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return WantedDefinitions.Include(Definition, Definitions, record.Definition)
            && (DefinitionVersion is null || DefinitionVersion == record.DefinitionVersion)
            && (Status is null || Status == record.Status)
            && (HasEnded is null || HasEnded == (record.Status is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted))
            && (Folio is null || string.Equals(Folio, record.Folio, StringComparison.Ordinal))
            && (FolioStart is null || record.Folio.StartsWith(FolioStart, StringComparison.Ordinal))
            && (Originator is null || Names.Same(Originator, record.Originator))
            && (Parent is null || Parent == record.Parent)
            && (StartedFrom is null || record.StartedAt >= StartedFrom)
            && (StartedBefore is null || record.StartedAt < StartedBefore)
            && (IsSetAside is null || IsSetAside == record.SetAside is not null)
            && Fields.All(record.Fields.Contains);
    }
}
