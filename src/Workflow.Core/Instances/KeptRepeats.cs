using Workflow.Core.Calendars;

namespace Workflow.Core.Instances;

/// <summary>The repeats of an escalation that was armed in another version of the definition (statement 8.8b).</summary>
/// <param name="Total">How often it fires in all.</param>
/// <param name="Interval">The time between two firings; null where it does not repeat.</param>
internal sealed record KeptRepeats(int Total, Delay? Interval);
