namespace Workflow.Core.Instances;

/// <content>The change of the definition under a task.</content>
internal sealed partial class WorklistHeader
{
    /// <summary>The task goes on as one of another version. Its answers, rights and delegations stay, under the names of that version (statement
    /// 8.8c).</summary>
    /// <param name="action">Gives the name there of an action.</param>
    /// <param name="fields">Gives the fields of a slot, as that version has them.</param>
    public void ChangeVersion(Func<string, string> action, Func<Slot, DataFields> fields)
    {
        _answers = null;
        foreach (var slot in _slots)
        {
            slot.ChangeVersion(slot.Action is { } taken ? action(taken) : null, fields(slot));
            Changed(slot);
        }

        _extras?.ChangeVersion(action);
        _owner.Touch();
    }
}
