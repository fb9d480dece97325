using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The first statement of a commit, with what its parameters stand for.</summary>
internal sealed class FirstStatement(string text, IReadOnlyList<Func<CommitPlan, object, object>> parameters)
{
    public Statement Statement { get; } = new(text);

    /// <summary>The values for a commit.</summary>
    /// <param name="plan">The commit.</param>
    /// <param name="now">The clock of the leases, as a parameter.</param>
    public object[] Values(CommitPlan plan, object now)
    {
        var values = new object[parameters.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = parameters[index](plan, now);
        }

        return values;
    }
}
