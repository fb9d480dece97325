using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>What a commit says of who makes it.</summary>
internal readonly record struct CommitHeading(string Owner, long Epoch, string Id, ProcessLease? Lease);
