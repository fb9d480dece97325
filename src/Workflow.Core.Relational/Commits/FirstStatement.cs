using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The first statement of a commit, with what its parameters stand for.</summary>
internal sealed class FirstStatement(string text, IReadOnlyList<Func<CommitPlan, object, object>> parameters)
{
    private readonly Statement _statement = new(text);

    /// <summary>The statement with the values for a commit.</summary>
    /// <param name="plan">The commit.</param>
    /// <param name="now">The clock of the leases, as a parameter.</param>
    public BoundStatement For(CommitPlan plan, object now)
    {
        var values = new object[parameters.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = parameters[index](plan, now);
        }

        return new BoundStatement(_statement, values);
    }
}
