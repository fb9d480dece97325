namespace Workflow.Core.Scheduling;

/// <summary>The effect of an instance's status on an input.</summary>
internal enum Passage
{
    /// <summary>The input may happen, as far as the status is concerned.</summary>
    Admitted,

    /// <summary>The input is refused because the instance is in Error or Stopped.</summary>
    Halted,

    /// <summary>The instance has ended, so nothing is open.</summary>
    Over,

    /// <summary>The input comes again later.</summary>
    Later,

    /// <summary>The engine never brings such an input.</summary>
    Impossible,
}
