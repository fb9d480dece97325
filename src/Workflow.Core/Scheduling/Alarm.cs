namespace Workflow.Core.Scheduling;

/// <summary>Something that a person should look at.</summary>
/// <param name="IsError">Whether the instance went into Error; otherwise an activity is stalled.</param>
/// <param name="Element">What is concerned.</param>
/// <param name="Message">What happened.</param>
internal readonly record struct Alarm(bool IsError, string Element, string Message);
