using System.Data.Common;
using BenchmarkDotNet.Environments;
using Microsoft.Data.Sqlite;
using Workflow.Core.Relational;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>J5, J6 and J10 to J13: how many commands a second a durable store takes from an engine, beside what it takes at all. Floor and engine run in
/// turns, a quarter of a second each, so that what else the machine does hits both.</summary>
/// <param name="jobs">The jobs to measure.</param>
internal sealed class StoreThroughput(StoreJobs jobs)
{
    private const int Grouped = 50;

    private readonly Page _page = new();
    private readonly List<string> _pages = [];
    private readonly List<string> _restarts = [];
    private readonly List<string> _subProcesses = [];

    /// <summary>Measures jobs.</summary>
    /// <param name="jobs">The jobs to measure.</param>
    /// <returns>The page of results.</returns>
    public static async Task<string> MeasureAsync(StoreJobs jobs = StoreJobs.All)
    {
        var throughput = new StoreThroughput(jobs);
        var page = throughput._page;
        page.Begin("Results, durable stores", HostEnvironmentInfo.GetCurrent(), "One process; floor and engine in turns");
        page.Line(
            $"Commits per second, median of {StoreComparison.Rounds} rounds of {StoreComparison.Milliseconds} ms on each side. "
            + "Ratio: median of the engine divided by the median of the floor. Middle half: the ratios of");
        page.Line(
            "the rounds without the quarter at either end. Noisy: the middle half of the rounds of one of the two reaches further than 10 % from its "
            + "median, because");
        page.Line("something else ran on the machine or used the disk; such a ratio decides nothing.");
        page.Line();
        page.Line(StoreComparison.Header);
        await throughput.SqliteAsync();
        await throughput.PostgreSqlAsync();
        page.Line();
        page.Line(
            "A page of a worklist, in milliseconds: medians of as many rounds of ten pages on each side. "
            + "By hand: one prepared query over the same rows of the same");
        page.Line("tables, which reads the same columns and shows them to nobody.");
        page.Line();
        page.Line(PageOfTasks.Header);
        throughput._pages.ForEach(page.Line);
        page.Line();
        page.Line(
            $"{Restart.Instances:N0} instances whose escalation is due when the host comes back. Commits per second: two for each firing, against J2 with "
            + "64 callers on the same");
        page.Line("kind of store. Command: the median of a start of another user, while the escalations fire and at rest.");
        page.Line();
        page.Line(Restart.Header);
        throughput._restarts.ForEach(page.Line);
        page.Line();
        page.Line(
            $"A sub-process that is started, runs and is received, in milliseconds, with its share of the parent. The median of some rounds, each with "
            + $"{SubProcessLoad.Many:N0}");
        page.Line("sub-processes of many parents, as many of one parent, and a second of J2 with one caller.");
        page.Line();
        page.Line(SubProcesses.Header);
        throughput._subProcesses.ForEach(page.Line);
        return page.ToString();
    }

    private async Task SqliteAsync()
    {
        await using var place = new SqlitePlace();
        await PartsAsync(place);
        if (jobs is StoreJobs.All or StoreJobs.Commits)
        {
            await SqliteCommitsAsync(place);
        }

        if (jobs is StoreJobs.All or StoreJobs.Worklists)
        {
            var path = place.NewPath();
            await using var source = SqliteFactory.Instance.CreateDataSource($"Data Source={path}");
            await using var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, path);
            await AddPageAsync(place, store, source, "wf_");
        }
    }

    private async Task SqliteCommitsAsync(SqlitePlace place)
    {
        await using (var floor = new SqliteFloor(place.NewPath(), instancesPerTransaction: 1))
        {
            await AddAsync(new StoreComparison("J5", "SQLite, 1 caller, against a transaction for each", least: 0.8), place, callers: 1, floor);
        }

        await using (var floor = new SqliteFloor(place.NewPath(), Grouped))
        {
            await AddAsync(new StoreComparison("J5", "SQLite, 64 callers, against transactions for 50", least: 0.5), place, callers: 64, floor);
        }
    }

    private async Task PostgreSqlAsync()
    {
        var (started, reason) = await PostgreSqlPlace.StartAsync();
        if (started is null)
        {
            _page.Line($"| J6 | PostgreSQL | | | | | | not measured: {reason} |");
            return;
        }

        await using var place = started;
        await PartsAsync(place);
        if (jobs is StoreJobs.All or StoreJobs.Commits)
        {
            await PostgreSqlCommitsAsync(place);
        }

        if (jobs is StoreJobs.All or StoreJobs.Worklists)
        {
            var schema = place.NewSchema();
            await using var store = RelationalProcessStore.Create(place.Source, SqlDialect.PostgreSql, new RelationalStoreOptions { Schema = schema });
            await AddPageAsync(place, store, place.Source, $"{schema}.wf_");
        }
    }

    private async Task PostgreSqlCommitsAsync(PostgreSqlPlace place)
    {
        await using (var floor = await PostgreSqlFloor.CreateAsync(place, connections: 1))
        {
            await AddAsync(new StoreComparison("J6", "PostgreSQL, 1 caller, against 1 connection", least: 0.8), place, callers: 1, floor);
        }

        await using (var floor = await PostgreSqlFloor.CreateAsync(place, connections: 16))
        {
            await AddAsync(new StoreComparison("J6", "PostgreSQL, 16 callers, against 16 connections", least: 0.7), place, callers: 16, floor);
            await AddAsync(new StoreComparison("J6", "PostgreSQL, 64 callers, against 16 connections", least: null), place, callers: 64, floor);
        }

        await using (var floor = await PostgreSqlFloor.CreateAsync(place, connections: 1, Grouped))
        {
            await AddAsync(
                new StoreComparison("J6", "PostgreSQL, 64 callers, against transactions for 50 on 1 connection", least: null), place, callers: 64, floor);
        }
    }

    private async Task AddPageAsync(Place place, RelationalProcessStore store, DbDataSource source, string prefix)
    {
        foreach (var line in await new PageOfTasks(place.Name, store, source, prefix).MeasureAsync())
        {
            _pages.Add(line);
            await Console.Error.WriteLineAsync(line);
        }
    }

    private async Task AddAsync(StoreComparison comparison, Place place, int callers, Floor floor)
    {
        await using var engine = await EngineThroughput.CreateAsync(DecisionProcess.OfOne, place, callers);
        await comparison.MeasureAsync(engine, floor.RunAsync);
        await AddAsync(comparison);
    }

    private async Task PartsAsync(Place place)
    {
        if (jobs is StoreJobs.All or StoreJobs.Escalations)
        {
            await EscalationsAsync(place);
        }

        if (jobs is StoreJobs.All or StoreJobs.SubProcesses)
        {
            _subProcesses.Add(await new SubProcesses(place).MeasureAsync());
            await Console.Error.WriteLineAsync(_subProcesses[^1]);
        }
    }

    /// <summary>J10, the engine with an escalation against the engine without one; and J13, what is due after a restart.</summary>
    private async Task EscalationsAsync(Place place)
    {
        var comparison = new StoreComparison("J10", $"{place.Name}, 1 caller, with an escalation against J2", least: 1 / 1.1);
        await using (var with = await EngineThroughput.CreateAsync(DecisionProcess.OfOneEscalated, place, callers: 1))
        {
            await using var without = await EngineThroughput.CreateAsync(DecisionProcess.OfOne, place, callers: 1);
            await comparison.MeasureAsync(with, without.RunAsync);
        }

        await AddAsync(comparison);
        _restarts.Add(await new Restart(place).MeasureAsync());
        await Console.Error.WriteLineAsync(_restarts[^1]);
    }

    private async Task AddAsync(StoreComparison comparison)
    {
        _page.Line(comparison.ToString());
        await Console.Error.WriteLineAsync(comparison.ToString());
    }
}
