namespace Workflow.Core.Instances;

/// <content>The change of the definition under a destination.</content>
public sealed partial class ActivityInstanceDestination
{
    /// <summary>Goes on in an activity of another version, behind the event at which it is (statement 8.8b).</summary>
    /// <param name="fields">Its fields, as that version has them.</param>
    /// <param name="nextEvent">The position of its next event there.</param>
    internal void ChangeVersion(DataFields fields, int nextEvent)
    {
        (Fields, NextEvent) = (fields, nextEvent);
        Touch();
    }

    /// <summary>The event at which it is goes on as one of another version.</summary>
    /// <param name="name">The name of the event there.</param>
    /// <param name="position">Its position there.</param>
    /// <param name="field">Gives the name there of a field that a finish has named.</param>
    /// <param name="answer">Gives the name there of an answer.</param>
    internal void ChangeVersionOfEvent(string name, int position, Func<string, string> field, Func<string, string> answer) =>
        Changing().ChangeVersion(name, position, field, answer);
}
