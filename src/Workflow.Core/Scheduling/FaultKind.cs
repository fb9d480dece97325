namespace Workflow.Core.Scheduling;

/// <summary>The kinds of failure, as far as it matters who decides what becomes of them.</summary>
internal enum FaultKind
{
    /// <summary>Something was thrown, took too long, or could not be done. Retry policies and exception rules decide.</summary>
    Exception = 0,

    /// <summary>Code was not called, because too many of its calls hang. Retry policies decide, and no exception rule.</summary>
    Refused,

    /// <summary>A limit of the engine. Nobody decides, and the instance is in Error.</summary>
    Limit,
}
