namespace Workflow.Core.Relational.Sql;

/// <summary>The text of a statement with parameters <c>$1</c>, <c>$2</c> and so on, in this order.</summary>
internal sealed class Statement(string text, bool isReused = true)
{
    public string Text => text;

    /// <summary>Whether it is worth preparing: its text is one of few.</summary>
    public bool IsReused => isReused;
}
