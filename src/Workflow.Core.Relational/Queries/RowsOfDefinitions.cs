namespace Workflow.Core.Relational.Queries;

/// <summary>Rows that lie in order for each definition.</summary>
/// <param name="From">Where they come from.</param>
/// <param name="Alias">The text before the columns.</param>
/// <param name="Number">The column with the number of the instance, which orders the rows.</param>
/// <param name="Behind">The column that orders them after it; empty for none.</param>
/// <param name="IsDescending">Whether the largest number comes first.</param>
internal sealed record RowsOfDefinitions(string From, string Alias, string Number, string Behind, bool IsDescending)
{
    /// <summary>For behind ORDER BY.</summary>
    public string Order(string alias) => $"{alias}{Number}{(IsDescending ? " DESC" : "")}{(Behind.Length == 0 ? "" : $", {alias}{Behind}")}";
}
