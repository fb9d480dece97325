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
        : StoredText.Of(commit.Id).Replace('|', '/').Replace('~', '-');
}
