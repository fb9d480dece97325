using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>What is stored of an instance that a commit has to know.</summary>
internal sealed record StoredHead(
    long Version, long Epoch, string? Owner, long LeasedUntil, int Shown, string Definition, int DefinitionVersion, string Folio, string OriginatorKey,
    string LastCommit, string EarlierCommits, bool HasNoFields)
{
    public static StoredHead From(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt32(4), row.GetString(5), row.GetInt32(6),
        row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10), row.GetBoolean(11));

    /// <summary>Whether a commit fits on what is stored (statement 14.3).</summary>
    public bool Accepts(Commit commit, long now) =>
        Version == commit.ExpectedVersion && Epoch == commit.Epoch
        && (Owner is null || LeasedUntil <= now || string.Equals(Owner, StoredText.Of(commit.Owner), StringComparison.Ordinal));

    /// <summary>Whether a commit is stored, as far as the last few are known by name.</summary>
    public bool Has(string commitId) =>
        IsMarkOf(LastCommit, commitId) || EarlierCommits.Split('|').Any(mark => IsMarkOf(mark, commitId));

    /// <summary>A mark is the name of a commit, and behind a tilde which attempt it was unless it was the first.</summary>
    private static bool IsMarkOf(string mark, string commitId) =>
        mark.StartsWith(commitId, StringComparison.Ordinal) && (mark.Length == commitId.Length || mark[commitId.Length] == '~');

    /// <summary>Whether the names of all commits since a version are known, so that one that is not among them is not stored.</summary>
    public bool KnowsAllSince(long version) => Version - version - 1 <= EarlierCommits.Count(character => character == '|');

    public bool IsFoundOtherwise(Instances.ProcessRecord record) =>
        DefinitionVersion != record.DefinitionVersion
        || !string.Equals(Definition, StoredText.Of(record.Definition), StringComparison.Ordinal)
        || !string.Equals(Folio, StoredText.Of(record.Folio), StringComparison.Ordinal)
        || !string.Equals(OriginatorKey, StoredText.Key(record.Originator), StringComparison.Ordinal);
}
