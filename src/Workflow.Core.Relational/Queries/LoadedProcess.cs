using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Queries;

/// <summary>An instance that is loaded, and the part of idempotency keys that the store has now.</summary>
internal sealed record LoadedProcess(StoredProcess Process, string KeyPart);
