using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests;

/// <summary>The identity of a store is not set back by what was read before it was renewed (statement 14.7c).</summary>
internal sealed class LateIdentityTests
{
    /// <summary>An answer that was on its way while the identity was renewed does not set it back.</summary>
    [Test]
    public async Task An_answer_from_before_the_identity_was_renewed_does_not_bring_back_the_old_one()
    {
        await using var database = TestDatabase.Create(SqlDialect.PostgreSql);
        var late = new LateAnswer();
        await using var source = new WatchedDataSource(database.Source, late);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.PostgreSql, database.Options);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        await store.LoadAsync(id, default);
        var before = store.KeyPart;
        late.Meanwhile = () => Task.Run(async () => await store.RenewIdentityAsync()).GetAwaiter().GetResult();

        await store.LoadAsync(id, default);

        var renewed = store.KeyPart;
        renewed.ShouldNotBe(before);
        await store.LoadAsync(id, default);
        store.KeyPart.ShouldBe(renewed);
    }

    /// <summary>A host's transaction may see older data than the store knows.</summary>
    [Test]
    public async Task A_transaction_of_the_host_that_began_before_does_not_bring_back_the_old_identity()
    {
        await using var database = TestDatabase.Create(SqlDialect.PostgreSql);
        var store = database.NewStore();
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var within = store.Within(transaction);
        await within.LoadAsync(id, default);
        await store.RenewIdentityAsync();
        var renewed = store.KeyPart;

        await within.LoadAsync(id, default);

        store.KeyPart.ShouldBe(renewed);
    }

    /// <summary>Does something between the answer to a load and its use.</summary>
    private sealed class LateAnswer : IStatementWatch
    {
        public Action? Meanwhile { get; set; }

        public void After(IReadOnlyList<SentStatement> statements, bool isBatch)
        {
            if (Meanwhile is { } meanwhile && statements[0].Text.StartsWith("SELECT p.version", StringComparison.Ordinal))
            {
                Meanwhile = null;
                meanwhile();
            }
        }
    }
}
