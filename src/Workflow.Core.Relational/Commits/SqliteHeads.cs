using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>Writes the row of an instance on SQLite. A statement there costs more for every index with a column that it sets, changed or not. So the columns
/// that searches use are set only when they change.</summary>
internal sealed class SqliteHeads
{
    private readonly FirstStatements _first;
    private readonly Statement _find;
    private readonly Statement _show;
    private readonly Statement _file;

    /// <param name="tables">The names of the tables.</param>
    /// <param name="first">The statements.</param>
    public SqliteHeads(TableNames tables, FirstStatements first)
    {
        _first = first;
        _find = new Statement($"SELECT {StoredRow.Columns} FROM {tables.Process} WHERE id = $1");
        _show = new Statement($"UPDATE {tables.Process} SET shown = $2 WHERE id = $1");
        _file = new Statement(
            $"UPDATE {tables.Process} SET definition = $2, definition_version = $3, folio = $4, originator = $5, originator_key = $6, started_at = $7 "
                + "WHERE id = $1");
    }

    /// <summary>Writes the row of a new instance.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="plan">The commit.</param>
    /// <param name="isIndexed">Whether it is to be in the indexes of questions at once if its commit is plain; see <see cref="NewestProcesses"/>.</param>
    /// <returns>False when the commit does not fit.</returns>
    public bool Start(Session session, CommitPlan plan, bool isIndexed)
    {
        return session.Execute(_first.Start(plan.Commit, isIndexed).For(plan, session.Now)) == 1;
    }

    /// <summary>Writes the row of an instance that is there.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="plan">The commit.</param>
    /// <param name="known">The content of the row if it has the version that the commit expects; null when that is not known.</param>
    /// <returns>The content of the row before and now; null when the commit does not fit.</returns>
    public (StoredRow Before, StoredRow After)? Continue(Session session, CommitPlan plan, StoredRow? known)
    {
        var commit = plan.Commit;

        // Asked before: a statement that changes a row and returns it builds a table of its own for what it returns, which takes longer.
        var before = known ?? (session.Read(_find, StoredRow.From, commit.ProcessInstance.Value) is [var found] ? found : null);
        if (before is null || session.Execute(_first.Step(commit).For(plan, session.Now)) != 1)
        {
            return null;
        }

        var after = StoredRow.After(plan, before)!;
        if (after.Shown != before.Shown && !_first.SetsShown(commit))
        {
            session.Execute(_show, commit.ProcessInstance.Value, after.Shown);
        }

        if (commit.Record is { } record && !after.IsFiledAs(before))
        {
            session.Execute(
                _file, commit.ProcessInstance.Value, after.Definition, after.DefinitionVersion, after.Folio, after.Originator,
                StoredText.Key(record.Originator), after.StartedAt);
        }

        return (before, after);
    }
}
