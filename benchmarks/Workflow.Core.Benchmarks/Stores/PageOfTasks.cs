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
    private const int Activity = 4;
    private const double Most = 2;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(3);

    private readonly DecisionProcess _process = DecisionProcess.OfOne;
    private readonly Series _engine = new();
    private readonly Series _first = new();
    private readonly Series _byHand = new();

    public static string Header => "| job | what | by hand, ms | engine, ms | ratio | goal | |\n|---|---|---:|---:|---:|---|---|";

    /// <summary>The lines of the page of results: a list that is read again, as a screen does that shows what is new, and one that is read for the first
    /// time.</summary>
    public async Task<IReadOnlyList<string>> MeasureAsync()
    {
        await using var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (store, false));
        await engine.DeployAsync(_process.Definition);
        for (var number = 0; number < Tasks; number++)
        {
            await engine.As(DecisionProcess.Originator).StartAsync(_process.Definition.Name);
        }

        await using var forgetful = WorkflowEngine.Create(
            options => (options.Store, options.TakesUpWork, options.ResidentInstances) = (store, false, 0));
        await forgetful.DeployAsync(_process.Definition);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = ByHand(connection);
        await CompareAsync(() => ReadAsync(command), engine.As(_process.Users[0]).Worklist, forgetful.As(_process.Users[0]).Worklist);
        return [Line("again", _engine), Line("for the first time", _first)];
    }

    private async Task CompareAsync(Func<Task<int>> byHand, Worklist again, Worklist first)
    {
        await WarmUpAsync(byHand);
        await WarmUpAsync(() => ListAsync(again));
        await WarmUpAsync(() => ListAsync(first));
        for (var round = 0; round < Rounds; round++)
        {
            _byHand.Add(await TimeAsync(byHand));
            _engine.Add(await TimeAsync(() => ListAsync(again)));
            _first.Add(await TimeAsync(() => ListAsync(first)));
        }
    }

    private string Line(string when, Series engine)
    {
        var ratio = engine.Median / _byHand.Median;
        var noise = engine.IsNoisy || _byHand.IsNoisy ? ", noisy" : "";
        return $"| J12 | {place}, a page of {Tasks} tasks of one user, {when} | {Page.Number(_byHand.Median)} | {Page.Number(engine.Median)} "
            + $"| {Page.Number(ratio)} | <= {Page.Number(Most)} x | {(ratio <= Most ? "met" : "**missed**")}{noise} |";
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
            rows += values[Activity] is DecisionProcess.Activity ? 1 : 0;
        }

        return rows;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "It names tables of the benchmark.")]
    private DbCommand ByHand(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT e.process, e.destination, e.name, t.activity_instance, t.activity, t.event, t.priority, t.started_at,
                p.definition, p.definition_version, p.folio, p.originator, p.status, p.fields
            FROM {prefix}task e JOIN {prefix}task t ON t.process = e.process AND t.destination = e.destination JOIN {prefix}process p ON p.id = e.process
            WHERE e.kind = 1 AND e.name_key = 'ANN' AND e.is_open = 1 AND t.kind = 0 ORDER BY e.process, e.destination LIMIT {Tasks}
            """);
        command.Prepare();
        return command;
    }
}
