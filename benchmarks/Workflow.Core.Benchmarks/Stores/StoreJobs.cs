namespace Workflow.Core.Benchmarks.Stores;

/// <summary>The jobs on durable stores that one run measures.</summary>
internal enum StoreJobs
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>J5 and J6, what the store takes from an engine, beside what it takes at all.</summary>
    Commits,

    /// <summary>J12, a page of a worklist.</summary>
    Worklists,

    /// <summary>J10 and J13, what escalations cost.</summary>
    Escalations,

    /// <summary>J11, what sub-processes cost.</summary>
    SubProcesses,
}
