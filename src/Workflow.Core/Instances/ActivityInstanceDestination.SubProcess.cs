namespace Workflow.Core.Instances;

/// <content>The sub-process of the event that is at work.</content>
public sealed partial class ActivityInstanceDestination
{
    /// <summary>The sub-process of the event is on its way, and the event waits for its end.</summary>
    internal void AwaitSubProcess(SubProcess child) => Changing().Await(child);

    /// <summary>Keeps the end of the sub-process until the instance moves again (statement 7.3), or drops it.</summary>
    internal void KeepEnd(SubProcessEnd? end) => Changing().Keep(end);
}
