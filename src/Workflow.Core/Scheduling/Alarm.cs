namespace Workflow.Core.Scheduling;

/// <summary>Something that a person should look at.</summary>
/// <param name="Kind">The kind of the alarm.</param>
/// <param name="Element">The element that is concerned.</param>
/// <param name="Message">The message that tells what happened.</param>
/// <param name="Exception">The exception that was thrown; null for none.</param>
internal readonly record struct Alarm(AlarmKind Kind, string Element, string Message, Exception? Exception = null);
