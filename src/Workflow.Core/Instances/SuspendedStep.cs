namespace Workflow.Core.Instances;

/// <summary>A step that waits until an instance in Error or Stopped moves again (statements 8.2 and 8.6). In Error the first one is the step that
/// failed.</summary>
/// <param name="Verb">The step that was to be done, as the scheduler names it.</param>
/// <param name="ActivityInstance">The activity instance concerned, or the one that was left along a line; 0 for none.</param>
/// <param name="Destination">The activity instance destination concerned, or 0.</param>
/// <param name="Element">The name of the line or activity concerned, or empty.</param>
/// <param name="On">The branches on which an activity is entered; null for none.</param>
internal readonly record struct SuspendedStep(string Verb, int ActivityInstance, int Destination, string Element, Branches? On = null);
