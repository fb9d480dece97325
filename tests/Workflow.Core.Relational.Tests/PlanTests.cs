using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests;

/// <summary>No statement reads a whole table: seen by the plans of those that the store sends.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The statements are those of the store.")]
internal sealed class PlanTests(SqlDialect dialect)
{
    /// <summary>One row, or one for each hour, name or table; messages that wait are read from their beginning until there are enough.</summary>
    private static readonly string[] _small =
    [
        "wf_schema_version", "wf_file_mark", "pragma_schema_version", "sqlite_master", "wf_process_number", "wf_message", "CONSTANT ROW", "SUBQUERY", "pages",
        "page", "json_each", "wanted", " w", "names", "few", "TABLE of", "(subquery"
    ];

    /// <summary>The entries of somebody who belongs to many roles and groups.</summary>
    private static readonly Destination[] _many =
        [Destination.User("ann"), .. Enumerable.Range(1, 40).Select(number => Destination.Role($"Role {number}")), Destination.Group("all")];

    [Test]
    public async Task No_statement_scans_a_table()
    {
        var plans = await PlansAsync();

        plans.Count.ShouldBeGreaterThan(50);
        plans.SelectMany(plan => plan.Lines.Where(line => IsScan(line) || IsOfAllTasks(line, plan.Text)).Select(line => $"{line.Trim()} in {plan.Text}"))
            .ShouldBeEmpty();
    }

    /// <summary>An activity instance may have thousands of destinations (statement 14.6).</summary>
    [Test]
    public async Task No_statement_goes_through_an_activity_instance_to_find_a_destination()
    {
        var loads = (await PlansAsync()).Where(plan => plan.Text.Contains("key_2 = 0", StringComparison.Ordinal)).ToList();

        loads.Count.ShouldBe(3, "Those of a part of an instance, of a task, and of a page of tasks.");
        foreach (var (text, lines) in loads)
        {
            lines.Count(IsByDestination).ShouldBe(3, $"The header, the activity instance and the destination, each by its key, in {text}");
        }
    }

    [Test]
    public async Task Messages_of_a_receiver_and_behind_a_message_are_found_by_their_key()
    {
        var finds = (await PlansAsync()).Where(plan => plan.Text.Contains("wf_message WHERE ", StringComparison.Ordinal)
            && !plan.Text.Contains("1 = 1", StringComparison.Ordinal)).ToList();

        finds.Count.ShouldBeGreaterThanOrEqualTo(5, "Three pages, and the statements that remove messages.");
        foreach (var (text, lines) in finds)
        {
            lines.ShouldContain(line => IsByReceiver(line), text);
        }
    }

    /// <summary>The plans of all statements that the store sends while it is used.</summary>
    private async Task<List<(string Text, List<string> Lines)>> PlansAsync()
    {
        await using var database = TestDatabase.Create(dialect);
        var watched = new StatementLog();
        await using var source = new WatchedDataSource(database.Source, watched);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        await store.EnsureSchemaAsync();
        watched.Statements.Clear();

        await UseAsync(store, database.Clock.GetUtcNow());

        await using var connection = await database.Source.OpenConnectionAsync();
        await RunAsync(connection, dialect is SqlDialect.PostgreSql ? "SET enable_seqscan = off" : "SELECT 1");
        var plans = new List<(string Text, List<string> Lines)>();
        foreach (var (text, values) in watched.Statements.Where(statement => IsExplained(statement.Key)))
        {
            plans.Add((text, await QueryPlan.OfAsync(connection, dialect, text, values)));
        }

        return plans;
    }

    /// <summary>On PostgreSQL a sequential scan that remains, though forbidden, has no index to take.
    /// On SQLite an index or a key that is read in its order ends with the page.</summary>
    private bool IsScan(string line) => dialect is SqlDialect.PostgreSql
        ? line.Contains("Seq Scan on", StringComparison.Ordinal) && !_small.Any(name => line.Contains(name, StringComparison.Ordinal))
        : line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains(" USING ", StringComparison.Ordinal)
            && !_small.Any(name => line.Contains(name, StringComparison.Ordinal));

    /// <summary>Whether the number of a destination is part of the key that is looked up, and no filter behind it.</summary>
    private bool IsByDestination(string line) => dialect is SqlDialect.PostgreSql
        ? line.Contains("Index Cond:", StringComparison.Ordinal) && line.Contains("key_2 =", StringComparison.Ordinal)
        : line.Contains("key_2=?", StringComparison.Ordinal);

    private bool IsByReceiver(string line) => dialect is SqlDialect.PostgreSql
        ? line.Contains("Index Cond:", StringComparison.Ordinal) && line.Contains("receiver", StringComparison.Ordinal)
        : line.StartsWith("SEARCH", StringComparison.Ordinal) && line.Contains("wf_message USING PRIMARY KEY (", StringComparison.Ordinal);

    /// <summary>To go through the open tasks of all users ends with the page, unless only few of them are asked for.</summary>
    private static bool IsOfAllTasks(string line, string text) =>
        line.Contains("wf_task_all_open", StringComparison.Ordinal) && line.StartsWith("SCAN", StringComparison.Ordinal)
        && (text.Contains("originator_key =", StringComparison.Ordinal) || text.Contains("folio =", StringComparison.Ordinal));

    private static bool IsExplained(string text) =>
        text.TrimStart().StartsWith("SELECT", StringComparison.Ordinal) || text.TrimStart().StartsWith("WITH", StringComparison.Ordinal)
            || text.TrimStart().StartsWith("UPDATE", StringComparison.Ordinal) || text.StartsWith("DELETE", StringComparison.Ordinal);

    private static async Task UseAsync(RelationalProcessStore store, DateTimeOffset now)
    {
        var id = await store.ReserveAsync(default);
        var serial = new SerialNumber(id, 1);
        var ann = Destination.User("ann");
        var definitions = new[] { new DefinitionVersion("Decision", 1), new DefinitionVersion("Other", 2) };
        await store.CommitAsync(
            TestCommits.Start(id) with
            {
                Request = TestCommits.Request(id, "key"),
                ArmedTimers = [new ProcessTimer(id, 1, ProcessTimerKind.Sleep, 1, 1, now)],
                SentMessages = [new ProcessMessage(id, 1, id, default)],
            },
            default);
        await store.CommitAsync(
            TestCommits.Step(id, 1) with { RemovedParts = [new PartKey(1, 1, DetailKind.Slot, 1)], EndedTimers = [2], ReceivedMessages = [(id, 1)] }, default);
        await store.ClaimAsync(
            new ClaimQuery { Owner = "engine", Lease = TimeSpan.FromMinutes(1), DueUntil = now, Definitions = definitions, Limit = 9 }, default);
        await store.RenewAsync("engine", TimeSpan.FromMinutes(1), default);
        await store.ReleaseAsync(new ClaimedProcess(id, 1, 1, HasPendingCall: false, Owner: "engine"), TimeSpan.Zero, default);
        await store.SetAsideAsync(id, reason: null, default);
        await store.LoadAsync(id, default);
        await store.LoadAsync(id, 1, 1, default);
        await store.LoadTaskAsync(serial, default);
        await store.LoadProcessesAsync([id, new ProcessInstanceId(id.Value + 1)], default);
        await store.LoadTasksAsync(await store.FindTasksAsync([ann], new WorklistQuery(), default), default);
        await store.ReadJournalAsync(id, 1, 10, default);
        await store.FindServerItemAsync(serial, default);
        await store.FindTaskAsync(serial, default);
        await store.HasTakenPartAsync(id, [ann, Destination.Role("clerks")], default);
        await store.HasTakenPartAsync(id, _many, default);
        await store.NextDueAsync(after: null, default);
        await store.FindRequestAsync("key", default);
        var message = new MessageKey(id, id, 1);
        await store.FindMessagesAsync(new() { Limit = 10 }, default);
        await store.FindMessagesAsync(new() { To = id, Limit = 10 }, default);
        await store.FindMessagesAsync(new() { After = message, Limit = 10 }, default);
        await store.FindMessagesAsync(new() { To = id, After = message, Limit = 10 }, default);
        await store.DiscardMessageAsync(message, default);
        await store.SaveAsync("ann", new OutOfOffice { User = "ann", ForwardTo = ["bob"] }, default);
        await store.FindAbsenceAsync("ann", default);
        await store.FindAbsencesSharedWithAsync("bob", default);
        await store.FindTaskAndAbsencesAsync(serial, "bob", default);
        await FindAsync(store, id, serial, now);
        await store.CommitAsync(TestCommits.Finish(id, version: 2) with { Epoch = 1 }, default);
        (await store.PurgeAsync(now.AddDays(1), "Other", 10, default)).ShouldBe(0);
        (await store.PurgeAsync(now.AddDays(1), definition: null, 10, default)).ShouldBe(1);
    }

    private static async Task FindAsync(RelationalProcessStore store, ProcessInstanceId id, SerialNumber serial, DateTimeOffset now)
    {
        var clerk = new[] { Destination.User("ann"), Destination.Role("clerks") };
        foreach (var query in Processes(id, now))
        {
            await store.FindProcessesAsync(query, default);
            await store.FindProcessesOfAsync(clerk, query, default);
            await store.FindProcessesOfAsync(_many, query with { NewestFirst = true }, default);
            await store.CountProcessesAsync(query, 1_000, default);
            await store.CountProcessesOfAsync(clerk, query, 1_000, default);
        }

        await store.CountLiveAsync(definitions: null, 1_000, default);
        await store.CountTasksAsync(new TaskCountQuery(), default);
        await store.CountTasksAsync(new TaskCountQuery { After = Destination.Group("clerks"), Definitions = ["Decision", "Other"] }, default);

        foreach (var query in ServerItems(id, serial))
        {
            await store.FindServerItemsAsync(query, default);
        }

        foreach (var order in Enum.GetValues<WorklistOrder>())
        {
            await store.FindTasksAsync(clerk[..1], new WorklistQuery { Order = order, After = serial }, default);
            await store.FindTasksAsync(clerk, new WorklistQuery { Order = order }, default);
            await store.FindTasksAsync(_many, new WorklistQuery { Order = order, After = serial }, default);
            await store.FindTasksAsync(_many, new WorklistQuery { Order = order, Definition = "Decision", Originator = "dora" }, default);
            await store.FindTasksAsync(_many, new WorklistQuery { Order = order, ProcessInstance = id }, default);
            await store.FindTasksAsync(clerk, new WorklistQuery { Order = order, Definition = "Decision", Originator = "dora", ProcessInstance = id }, default);
            await store.FindTasksAsync(entries: null, new WorklistQuery { Order = order, After = serial }, default);
            await store.FindTasksAsync(entries: null, new WorklistQuery { Order = order, Definitions = ["Decision", "Other"] }, default);
            await store.FindTasksAsync(entries: null, new WorklistQuery { Order = order, Originator = "dora" }, default);
            await store.FindTasksAsync(entries: null, new WorklistQuery { Order = order, Folio = "folio" }, default);
        }

        var after = new ProcessTimer(id, 1, ProcessTimerKind.Sleep, 1, 1, now);
        foreach (var query in new[] { new TimerQuery { DueUntil = now }, new TimerQuery { ProcessInstance = id }, new TimerQuery { After = after },
            new TimerQuery { Definition = "Decision" }, new TimerQuery { Definitions = ["Decision", "Other"], After = after } })
        {
            await store.FindTimersAsync(query, default);
        }
    }

    private static ProcessQuery[] Processes(ProcessInstanceId id, DateTimeOffset now) =>
    [
        new() { Definition = "Decision", After = id },
        new() { Definitions = ["Decision", "Other"], After = id },
        new() { Definitions = ["Decision", "Other"], Status = ProcessInstanceStatus.Completed, NewestFirst = true },
        new() { Definitions = ["Decision", "Other"], Folio = "folio" },
        new() { Folio = "folio" },
        new() { FolioStart = "fol", NewestFirst = true },
        new() { FolioStart = "fol", Definitions = ["Decision", "Other"], After = id },
        new() { Originator = "dora", NewestFirst = true },
        new() { StartedFrom = now, StartedBefore = now },
        new() { Fields = [new IndexedField("Amount", "1")] },
        new() { IsSetAside = true },
        new() { Definition = "Decision", DefinitionVersion = 1, HasEnded = false },
        new() { Parent = id, After = id },
        new() { Parent = id, Definition = "Decision", NewestFirst = true },
        new() { Parent = id, Definitions = ["Decision", "Other"], Status = ProcessInstanceStatus.Active },
        new() { HasEnded = false }, new() { HasEnded = true, Definition = "Decision" },
        .. Enum.GetValues<ProcessInstanceStatus>().Select(status => new ProcessQuery { Status = status }),
    ];

    private static ServerItemQuery[] ServerItems(ProcessInstanceId id, SerialNumber serial) =>
    [
        new() { After = serial },
        new() { Definition = "Decision", Status = null },
        new() { Definitions = ["Decision", "Other"], Status = null },
        new() { Definitions = ["Decision", "Other"], After = serial },
        new() { Activity = "Approve", Status = null },
        new() { Event = "Decide", Status = null },
        new() { CorrelationKey = "key", Status = null },
        new() { ProcessInstance = id, Status = null },
    ];

    private static async Task RunAsync(DbConnection connection, string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}
