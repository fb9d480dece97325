using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>Gives every commit a name that no other has.</summary>
internal sealed class CommitNames
{
    private readonly string _store = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=');
    private long _last;

    public string Of(Commit commit) => commit.Id.Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_store}.{Interlocked.Increment(ref _last)}")
        : Stored(commit.Id);

    /// <summary>The form in which a name is stored: two characters have a meaning there.</summary>
    public static string Stored(string id) => StoredText.Of(id).Replace('|', '/').Replace('~', '-');
}
