using System.Data.Common;

namespace Workflow.Core.Relational.Commits;

/// <summary>The stored data of an instance that shows the outcome of a commit.</summary>
internal sealed record StoredHead(long Version, string LastCommit, string EarlierCommits)
{
    public static StoredHead From(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2));

    /// <summary>Whether a commit is stored, as far as the last few are known by name.</summary>
    public bool Has(string commitId) =>
        IsMarkOf(LastCommit, commitId) || EarlierCommits.Split('|').Any(mark => IsMarkOf(mark, commitId));

    /// <summary>A mark is the name of a commit, and behind a tilde which attempt it was unless it was the first.</summary>
    private static bool IsMarkOf(string mark, string commitId) =>
        mark.StartsWith(commitId, StringComparison.Ordinal) && (mark.Length == commitId.Length || mark[commitId.Length] == '~');

    /// <summary>Whether the names of all commits since a version are known, so that one that is not among them is not stored.</summary>
    public bool KnowsAllSince(long version) => Version - version - 1 <= EarlierCommits.Count(character => character == '|');
}
