namespace Workflow.Core.Instances;

/// <content>The change of the definition under an instance.</content>
public sealed partial class ProcessInstance
{
    /// <summary>Goes on in another version of its definition, in the status in which it is (statement 8.8).</summary>
    /// <param name="version">The version.</param>
    /// <param name="fields">The process fields, as that version has them.</param>
    /// <param name="activity">Gives the name there of an activity.</param>
    /// <param name="position">Gives the position there of an activity.</param>
    internal void ChangeVersion(int version, DataFields fields, Func<string, string> activity, Func<int, int> position)
    {
        Invariant.Holds(!StoredStatus.HasEnded() && version != DefinitionVersion);
        (DefinitionVersion, Fields) = (version, fields);
        ActorNotes?.Rename(activity);
        _run = _run.At(position);
        IsRecordChanged = true;
        Touch();
    }

    /// <summary>The steps that wait for the end of Error or Stopped have other names in another version.</summary>
    /// <param name="element">Gives the words there for an element that has failed, or whose question is skipped.</param>
    /// <param name="step">Gives a step there.</param>
    internal void ChangeVersionOfHalt(Func<string, string> element, Func<SuspendedStep, SuspendedStep> step)
    {
        Error = Error is { } error ? error with { Element = element(error.Element) } : null;
        if (Suspended.Count > 0)
        {
            Suspended = [.. Suspended.Select(step)];
        }

        if (Skipped.Count > 0)
        {
            Halt.Skipped = [.. Skipped.Select(element)];
        }
    }
}
