using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>One database on which children are killed, one after the other, and what has to be in it by then.</summary>
internal sealed class CrashRun(CrashDatabase database, int seed) : IAsyncDisposable
{
    /// <summary>An event is called again so often after the death of its host, and an instance claimed (statement 13.2). A test that kills no oftener on one
    /// database never sees an instance given up, wherever it hits.</summary>
    public const int MostKills = 5;

    private readonly Evidence _evidence = new();
    private Disturbance? _disturbance;
    private ChildOptions _options = new()
    {
        Dialect = database.Dialect,
        Connection = database.Connection,
        Schema = database.Schema,
        Ledger = database.Ledger,
        Incarnation = 0,
    };

    /// <summary>The options of the child that runs, or ran last.</summary>
    public ChildOptions Options => _options;

    /// <summary>The orders that were acknowledged.</summary>
    public List<string> Ordered { get; } = [];

    /// <summary>Disturbs the database and all children from now on.</summary>
    public async Task DisturbAsync()
    {
        _disturbance = await Disturbance.BeginAsync(database, _options);
        _options = _options with { IsDisturbed = true };
    }

    /// <summary>Lets a child kill itself.</summary>
    public async Task KillAtAsync(KillPoint point, int count, int delay)
    {
        await using var child = Start(_options with { Point = point, Count = count, Delay = delay });
        await EndAsync(child, ChildProcess.Killed);
    }

    /// <summary>Kills a child from outside.</summary>
    /// <param name="lines">When it has acknowledged so much.</param>
    /// <param name="after">How long it is let work then.</param>
    public async Task KillAfterAsync(int lines, TimeSpan after)
    {
        await using var child = Start(_options with { Point = KillPoint.None }, lines);
        await child.BusyAsync();
        await Task.Delay(after);
        child.Kill();
        await EndAsync(child, ChildProcess.Killed);
    }

    /// <summary>Asks a child to stop.</summary>
    /// <param name="atOnce">Whether it is to stop its engine at once.</param>
    /// <param name="lines">When it has acknowledged so much.</param>
    /// <param name="after">How long it is let work then.</param>
    public async Task StopAfterAsync(bool atOnce, int lines, TimeSpan after)
    {
        await using var child = Start(_options with { Point = KillPoint.None, StopsAtOnce = atOnce }, lines);
        await child.BusyAsync();
        await Task.Delay(after);
        await child.AskToStopAsync();
        await EndAsync(child, 0);
    }

    /// <summary>Lets a child place an order in a transaction of its own, and kill itself in it.</summary>
    /// <returns>Whether it came through.</returns>
    public async Task<bool> OrderAsync(int order, KillPoint point, int count, int delay = 0)
    {
        await using var child = Start(_options with { Order = order, Point = point, Count = count, Delay = delay });
        var (exitCode, said) = await child.EndAsync();
        Ordered.AddRange(said.Where(line => line.What == Acknowledgements.Ordered).Select(line => line.Which));
        said.Where(line => line.What == Acknowledgements.Failed).ShouldBeEmpty();
        exitCode.ShouldBeOneOf(0, ChildProcess.Killed);
        return exitCode == 0;
    }

    /// <summary>Reads the whole database and compares it with what the children have said and done so far.</summary>
    public async Task<Findings> ExamineAsync()
    {
        await database.CheckIntegrityAsync();
        await using var opened = await OpenedDatabase.OpenAsync(_options, takesUpWork: false);
        var findings = await Findings.ReadAsync(opened, Ledger.Read(_options.Ledger), _disturbance?.Damaged.Ids ?? []);
        _evidence.Check(findings);
        if (_disturbance is not null)
        {
            await _disturbance.Damaged.CheckAsync(opened.Engine, findings);
            await _disturbance.Damaged.TakeUpAgainAsync(opened.Engine);
        }

        return findings;
    }

    /// <summary>Takes up what was left behind, does all that is to be done, and examines the result. A stranger's transaction stays open meanwhile. It is then
    /// committed or rolled back, as the seed says, and what it has brought is done too.</summary>
    public async Task<Findings> FinishEverythingAsync()
    {
        var findings = await FinishAsync();
        if (_disturbance?.Stranger is { } stranger)
        {
            var commits = int.IsEvenInteger(seed);
            findings.Instances.ShouldNotContain(instance => instance.Record.Id == stranger.Started);
            await stranger.CheckOpenAsync();
            await stranger.EndAsync(commits);
            findings = await FinishAsync();
            findings.Instances.Count(instance => instance.Record.Id == stranger.Started).ShouldBe(commits && stranger.Started is not null ? 1 : 0);
        }

        return findings;
    }

    public ValueTask DisposeAsync() => _disturbance?.DisposeAsync() ?? default;

    private async Task<Findings> FinishAsync()
    {
        Begin();
        await using (var opened = await OpenedDatabase.OpenAsync(_options, takesUpWork: true))
        {
            await opened.FinishEverythingAsync();
            await (_disturbance?.Damaged.CheckSetAsideAsync(opened.Engine) ?? Task.CompletedTask);
        }

        var findings = await ExamineAsync();
        findings.Instances.ShouldAllBe(instance => instance.IsCompleted);
        return findings;
    }

    private ChildProcess Start(ChildOptions options, int linesToWaitFor = 1)
    {
        Begin();
        return ChildProcess.Start(options with { Incarnation = _options.Incarnation, Seed = _options.Seed }, linesToWaitFor);
    }

    private void Begin() => _options = _options with { Incarnation = _options.Incarnation + 1, Seed = (seed * 100) + _options.Incarnation };

    private async Task EndAsync(ChildProcess child, int expected)
    {
        var (exitCode, said) = await child.EndAsync();
        said.Where(line => line.What == Acknowledgements.Failed).ShouldBeEmpty();
        exitCode.ShouldBe(expected);
        _disturbance?.Damaged.CheckReported(said);
        _evidence.Add(said);
    }
}
