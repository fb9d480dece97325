using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>One fact of the history that the bare loop keeps: what the engine's history says of it, in 32 bytes.</summary>
internal readonly record struct RawFact(string? Name, long Ticks, int Activity, int Destination, int Event, byte Code, bool Result)
{
    public JournalKind Kind => (JournalKind)Code;
}
