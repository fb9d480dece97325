namespace Workflow.Core.Management;

/// <summary>A task in a preview (statement 13.9).</summary>
/// <param name="Serial">The serial number of the task.</param>
/// <param name="Activity">The name of its activity.</param>
/// <param name="Event">The name of its event.</param>
/// <param name="Destinations">The users, groups and roles that it is for.</param>
public sealed record PreviewedTask(SerialNumber Serial, string Activity, string Event, IReadOnlyList<Destination> Destinations);
