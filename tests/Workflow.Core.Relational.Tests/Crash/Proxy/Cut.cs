namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>A cut that is to be made.</summary>
/// <param name="Kind">Where.</param>
/// <param name="StaysAway">Whether the server cannot be reached any more afterwards, until it is let.</param>
internal sealed record Cut(CutKind Kind, bool StaysAway = false);
