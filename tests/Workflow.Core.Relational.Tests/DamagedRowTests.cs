using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests;

/// <summary>A damaged row takes no page from anybody (statement 14.7b).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class DamagedRowTests(SqlDialect dialect)
{
    [Test]
    public async Task Instances_are_listed_although_the_fields_of_one_are_damaged()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        foreach (var number in new[] { 1, 2, 3 })
        {
            var id = await store.ReserveAsync(default);
            var record = TestCommits.Record(id, ProcessInstanceStatus.Active) with { Fields = [new IndexedField("City", $"Lisbon {number}")] };
            await store.CommitAsync(TestCommits.Start(id) with { Record = record }, default);
        }

        var damaged = dialect is SqlDialect.Sqlite ? "x'02FF'" : "'\\x02FF'::bytea";
        await database.ScalarAsync(
            $"UPDATE {Table(database, "process")} SET fields = {damaged} WHERE id = (SELECT min(id) + 1 FROM {Table(database, "process")})");

        var found = await store.FindProcessesAsync(new ProcessQuery(), default);

        found.Select(record => record.Fields.Count).ShouldBe([1, 0, 1]);
        found.Select(record => record.Problem is null).ShouldBe([true, false, true]);
    }

    [Test]
    public async Task Absences_are_found_although_one_is_damaged()
    {
        await using var database = TestDatabase.Create(dialect);
        var store = database.NewStore();
        await store.SaveAsync("ann", new OutOfOffice { User = "ann", ForwardTo = ["dan"] }, default);
        await store.SaveAsync("bob", new OutOfOffice { User = "bob", ForwardTo = ["dan"] }, default);
        await database.ScalarAsync($"UPDATE {Table(database, "absence")} SET content = '{{\"User\":7' WHERE content LIKE '%ann%'");

        var found = await store.FindAbsencesSharedWithAsync("dan", default);

        found.Select(absence => absence.Problem is null).ShouldBe([false, true]);
        found[1].User.ShouldBe("bob");
        (await store.FindAbsenceAsync("ann", default)).ShouldNotBeNull().Problem.ShouldNotBeNull();
        await store.SaveAsync("ann", null, default);
        (await store.FindAbsenceAsync("ann", default)).ShouldBeNull();
    }

    private static string Table(TestDatabase database, string name) =>
        (database.Options.Schema is { } schema ? $"{schema}." : "") + database.Options.TablePrefix + name;
}
