namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>The parts of J7 that one run measures.</summary>
internal enum FlatnessParts
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>(d), claims among armed escalations.</summary>
    Timers,

    /// <summary>(g), an answer with nothing in memory.</summary>
    Loaded,

    /// <summary>(i) to (p), what screens ask for.</summary>
    Screens,
}
