using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Runs a statement on every connection that is opened.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class FirstStatement(string text) : IStatementWatch
{
    public void Opened(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
