namespace Workflow.Core.Records;

/// <summary>A change of a server item, as news tells it (statement 13.12).</summary>
/// <param name="Serial">The serial number of the item.</param>
/// <param name="Status">Whether it waits from now on, was finished, or has expired.</param>
/// <param name="Activity">The name of the activity.</param>
public sealed record ServerItemNews(SerialNumber Serial, ServerItemStatus Status, string Activity);
