using System.Data.Common;

namespace Workflow.Core.CrashChild.Watching;

/// <summary>A statement on its way to the database.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parameters">The values that go with it; null for the beginning and the end of a transaction.</param>
internal readonly record struct SentStatement(string Text, DbParameterCollection? Parameters = null);
