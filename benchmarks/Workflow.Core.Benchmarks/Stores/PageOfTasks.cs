using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>J12: a page of 100 tasks of one user, beside a query written by hand that reads the same columns of the same rows. Both run in turns.</summary>
/// <param name="place">The name of the place.</param>
/// <param name="store">An empty store.</param>
/// <param name="source">Opens connections to the same database.</param>
/// <param name="prefix">The prefix of the tables of the store.</param>
internal sealed class PageOfTasks(string place, IProcessStore store, DbDataSource source, string prefix)
{
    private const int Tasks = 100;
    private const int Rounds = 41;
    private const int PagesInRound = 10;
    private const double Most = 2;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(3);

    private readonly DecisionProcess _process = DecisionProcess.OfOne;
    private readonly Series _engine = new();
    private readonly Series _byHand = new();

    public static string Header => "| job | what | by hand, ms | engine, ms | ratio | goal | |\n|---|---|---:|---:|---:|---|---|";

    public async Task<string> MeasureAsync()
    {
        await using var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (store, false));
        await engine.DeployAsync(_process.Definition);
        for (var number = 0; number < Tasks; number++)
        {
            await engine.As(DecisionProcess.Originator).StartAsync(_process.Definition.Name);
        }

        var worklist = engine.As(_process.Users[0]).Worklist;
        await using var connection = await source.OpenConnectionAsync();
        await using var command = ByHand(connection);
        await WarmUpAsync(() => ReadAsync(command));
        await WarmUpAsync(() => ListAsync(worklist));
        for (var round = 0; round < Rounds; round++)
        {
            _byHand.Add(await TimeAsync(() => ReadAsync(command)));
            _engine.Add(await TimeAsync(() => ListAsync(worklist)));
        }

        var ratio = _engine.Median / _byHand.Median;
        var noise = _engine.IsNoisy || _byHand.IsNoisy ? ", noisy" : "";
        return $"| J12 | {place}, a page of {Tasks} tasks of one user | {Page.Number(_byHand.Median)} | {Page.Number(_engine.Median)} | {Page.Number(ratio)} "
            + $"| <= {Page.Number(Most)} x | {(ratio <= Most ? "met" : "**missed**")}{noise} |";
    }

    private static async Task WarmUpAsync(Func<Task<int>> page)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < _warmUp)
        {
            await TimeAsync(page);
        }
    }

    private static async Task<double> TimeAsync(Func<Task<int>> page)
    {
        var watch = Stopwatch.StartNew();
        for (var count = 0; count < PagesInRound; count++)
        {
            Require.Expected("tasks on the page", await page(), Tasks);
        }

        return watch.Elapsed.TotalMilliseconds / PagesInRound;
    }

    /// <summary>With what is shown of each task.</summary>
    private static async Task<int> ListAsync(Worklist worklist)
    {
        var items = await worklist.ListAsync();
        return items.Count(item => item is { Folio: not null, Activity.Length: > 0, Actions.Count: 2 });
    }

    private static async Task<int> ReadAsync(DbCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var values = new object[reader.FieldCount];
        var rows = 0;
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            rows++;
        }

        return rows;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "It names tables of the benchmark.")]
    private DbCommand ByHand(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT t.process, t.destination, t.name, t.activity_instance, t.activity, t.event, t.priority, t.started_at,
                p.definition, p.definition_version, p.folio, p.originator, p.status, p.fields
            FROM {prefix}task t JOIN {prefix}process p ON p.id = t.process
            WHERE t.kind = 1 AND t.name_key = 'ANN' AND t.is_open = 1 ORDER BY t.process, t.destination LIMIT {Tasks}
            """);
        command.Prepare();
        return command;
    }
}
