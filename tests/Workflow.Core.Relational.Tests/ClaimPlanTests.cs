using System.Data.Common;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>PostgreSQL compiles a plan that it takes for expensive, each time it is used. Where many timers are armed, it takes a claim for that. A claim of
/// what is due then took seconds (J7 d).</summary>
[TestFixture]
internal sealed class ClaimPlanTests
{
    [Test]
    public async Task A_claim_is_not_compiled_by_the_server_whatever_its_settings_are()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var settings = new SettingAtClaim();
        await using var source = new WatchedDataSource(database.Source, settings);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);

        await store.ClaimAsync(
            new ClaimQuery
            {
                Owner = "host", Lease = TimeSpan.FromMinutes(1), DueUntil = DateTimeOffset.MaxValue, Limit = 32,
                Definitions = [new DefinitionVersion("Any", 1)],
            },
            default);

        settings.Found.ShouldBe(["off", "off"]);
    }

    /// <summary>Asks on the connection of each claim, right before it.</summary>
    private sealed class SettingAtClaim : IStatementWatch
    {
        private DbConnection _connection = null!;

        public List<string> Found { get; } = [];

        public void Opened(DbConnection connection)
        {
            _connection = connection;
            using var command = connection.CreateCommand();
            command.CommandText = "SET jit = on";
            command.ExecuteNonQuery();
        }

        public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
        {
            if (statements[0].Text.Contains("RETURNING id, epoch", StringComparison.Ordinal))
            {
                using var command = _connection.CreateCommand();
                command.CommandText = "SHOW jit";
                Found.Add((string)command.ExecuteScalar()!);
            }
        }
    }
}
