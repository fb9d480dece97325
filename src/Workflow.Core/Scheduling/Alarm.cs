namespace Workflow.Core.Scheduling;

/// <summary>Something that a person should look at.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Element">What is concerned.</param>
/// <param name="Message">What happened.</param>
/// <param name="Exception">What was thrown; null for nothing.</param>
internal readonly record struct Alarm(AlarmKind Kind, string Element, string Message, Exception? Exception = null);
