namespace Workflow.Core.Scheduling;

/// <summary>How far an instance may go before it is stopped (statements 4.4, 10.7 and 14.8).</summary>
/// <param name="Steps">Activities that it may enter by itself.</param>
/// <param name="Slots">Slots or destinations that one activity may plan.</param>
/// <param name="Destinations">Destinations that may be active at once, in all activities together.</param>
/// <param name="History">Facts that its history may hold.</param>
internal sealed record EpisodeLimits(int Steps, int Slots, int Destinations, long History);
