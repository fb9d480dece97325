using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>One fact of the history that the bare loop keeps where people act. It is a <see cref="RawFact"/> with the user and further detail.</summary>
internal readonly record struct RawDecisionFact(
    string? Name, string? Detail, string? User, long Ticks, int Activity, int Destination, int Event, byte Code, bool Result)
{
    public JournalKind Kind => (JournalKind)Code;
}
