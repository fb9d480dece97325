namespace Workflow.Core.Testing;

/// <summary>Records the random numbers that the engine draws, or repeats recorded ones. A restart goes on behind those before it.</summary>
internal sealed class RecordedRandom(IReadOnlyList<double>? toRepeat) : Random
{
    private readonly List<double> _drawn = [];

    /// <summary>Where numbers are drawn that are not repeated.</summary>
    public Random Source { get; set; } = Shared;

    public IReadOnlyList<double> Drawn => [.. _drawn];

    public override double NextDouble()
    {
#pragma warning disable CA5394 // It spreads retries over time, and keeps no secret.
        var next = toRepeat is not null && _drawn.Count < toRepeat.Count ? toRepeat[_drawn.Count] : Source.NextDouble();
#pragma warning restore CA5394
        _drawn.Add(next);
        return next;
    }
}
