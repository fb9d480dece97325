using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>How a database would run a statement.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The statements are those of the store.")]
internal static class QueryPlan
{
    /// <summary>The lines of the plan.</summary>
    public static async Task<List<string>> OfAsync(DbConnection connection, SqlDialect dialect, string text, object?[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = (dialect is SqlDialect.PostgreSql ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + text;
        for (var index = 0; index < values.Length; index++)
        {
            var parameter = command.CreateParameter();
            if (dialect is SqlDialect.Sqlite)
            {
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${index + 1}");
            }

            parameter.Value = values[index] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(dialect is SqlDialect.PostgreSql ? 0 : 3));
        }

        return plan;
    }
}
