namespace Workflow.Core.Persistence;

/// <summary>News of a commit, for other engines (statement 13.12).</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Content">What has changed; the store does not read it.</param>
public readonly record struct StoredNews(ProcessInstanceId ProcessInstance, ReadOnlyMemory<byte> Content);
