namespace Workflow.Core.Instances;

/// <content>The name by which people call the instance.</content>
public sealed partial class ProcessInstance
{
    /// <summary>The name that people call this instance by, for example the subject of a claim; may be empty.</summary>
    public string Folio { get; private set; }

    /// <summary>Gives it another folio (statement 13.11).</summary>
    internal void SetFolio(string folio)
    {
        Folio = folio;
        IsRecordChanged = true;
        IsHeaderChanged = true;
    }
}
