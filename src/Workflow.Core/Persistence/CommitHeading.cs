using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The content of a <see cref="Commit"/> besides its lists.</summary>
internal struct CommitHeading
{
    public ProcessInstanceId ProcessInstance { get; set; }

    public long ExpectedVersion { get; set; }

    public long Epoch { get; set; }

    public string? Id { get; set; }

    public string? LastCommit { get; set; }

    public string? Owner { get; set; }

    public ProcessLease? Lease { get; set; }

    public ProcessRecord? Record { get; set; }

    public bool HasPendingCall { get; set; }

    public bool IsBackground { get; set; }

    public StoredJournal? Journal { get; set; }

    public StoredRequest? Request { get; set; }
}
