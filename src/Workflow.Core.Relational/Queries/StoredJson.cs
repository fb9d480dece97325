using System.Text.Json.Serialization;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Queries;

/// <summary>Data stored as JSON; a member that is not known is refused, and so is one that is given twice.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, MaxDepth = 8,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutOfOffice))]
internal sealed partial class StoredJson : JsonSerializerContext;
