using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>J13: many instances have an escalation that is due when the host comes back. Each fires once, and its code is called. Meanwhile a user goes on to
/// start instances.</summary>
/// <remarks>Both sides run warm, as everywhere in these benchmarks. Before the measurement, fewer instances fire on a store of their own. J2 is measured before
/// and after the firings, since the machine is not the same in each minute.</remarks>
/// <param name="place">Where the store is made.</param>
/// <param name="count">How many instances there are.</param>
internal sealed class Restart(Place place, int count = Restart.Instances)
{
    public const int Instances = 10_000;
    private const int WarmUp = 3_000;
    private const int Callers = 64;
    private const int CallsAtRest = 500;
    private const double Least = 0.5;
    private const double Most = 3;
    private const string Reminded = "Reminded";
    private const string Other = "Other";

    private static readonly TimeSpan _interval = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<ProcessInstanceId, int> _fired = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _calls;

    public static string Header =>
        "| job | what | J2, commits/s | firing, commits/s | ratio | goal | command at rest, ms | meanwhile, ms | ratio | goal | |\n"
        + "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|";

    public async Task<string> MeasureAsync()
    {
        await new Restart(place, WarmUp).RunAsync();
        var before = await UsualAsync();
        var (firing, atRest, meanwhile) = await RunAsync();
        return Line((before + await UsualAsync()) / 2, firing, atRest, meanwhile);
    }

    /// <summary>J2 with as many callers as J5 and J6 have.</summary>
    private async Task<double> UsualAsync()
    {
        await using var engine = await EngineThroughput.CreateAsync(DecisionProcess.OfOne, place, Callers);
        await engine.RunAsync(TimeSpan.FromSeconds(2));
        return await engine.RunAsync(TimeSpan.FromSeconds(3));
    }

    private async Task<(double Firing, Series AtRest, Series Meanwhile)> RunAsync()
    {
        var store = place.NewStore();
        try
        {
            await FillAsync(store);
            return await FireAsync(store);
        }
        finally
        {
            await Place.CloseAsync(store);
        }
    }

    private async Task FillAsync(IProcessStore store)
    {
        await using var engine = await OpenAsync(store, TimeProvider.System);
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await engine.As(DecisionProcess.Originator).StartAsync(Reminded);
            }
        })));
    }

    private async Task<(double Firing, Series AtRest, Series Meanwhile)> FireAsync(IProcessStore store)
    {
        await using var engine = await OpenAsync(store, new LaterClock());
        var atRest = new Series();
        for (var call = 0; call < CallsAtRest; call++)
        {
            atRest.Add(await TimeStartAsync(engine));
        }

        var meanwhile = new Series();
        using var stopping = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var work = engine.RunAsync(stopping.Token);
        while (!_all.Task.IsCompleted)
        {
            meanwhile.Add(await TimeStartAsync(engine));
        }

        var seconds = watch.Elapsed.TotalSeconds;
        await stopping.CancelAsync();
        await work;
        Require.Expected("instances that fired", _fired.Count, count);
        Require.Expected("firings of one instance", _fired.Values.Max(), 1);
        return (2 * count / seconds, atRest, meanwhile);
    }

    private string Line(double usual, double firing, Series atRest, Series meanwhile)
    {
        var (rate, delay) = (firing / usual, meanwhile.Median / atRest.Median);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| J13 | {place.Name}, {Instances:N0} due timers after a restart | {usual:N0} | {firing:N0} | {Page.Number(rate)} | >= {Page.Number(Least)} "
                + $"| {Page.Number(atRest.Median)} | {Page.Number(meanwhile.Median)} | {Page.Number(delay)} | <= {Page.Number(Most)} x "
                + $"| {(rate >= Least && delay <= Most ? "met" : "**missed**")} |");
    }

    private static async Task<double> TimeStartAsync(WorkflowEngine engine)
    {
        var began = Stopwatch.GetTimestamp();
        await engine.As(DecisionProcess.Originator).StartAsync(Other);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task<WorkflowEngine> OpenAsync(IProcessStore store, TimeProvider clock)
    {
        var engine = WorkflowEngine.Create(options => (options.Store, options.Clock, options.TakesUpWork) = (store, clock, false));
        await engine.DeployAsync(Define(Reminded, task => task
            .Escalation("Remind", _interval, then => then.Run("Remind", context => Note(context.ProcessInstance)))));
        await engine.DeployAsync(Define(Other, static _ => { }));
        return engine;
    }

    private static ProcessDefinition Define(string name, Action<Definitions.Building.ClientEventBuilder> more) => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Start(DecisionProcess.Originator));
        process.StartsWith(process.Activity(DecisionProcess.Activity, activity => activity
            .Destinations(to => to.Users("ann"))
            .Client(DecisionProcess.Event, task => more(task.Action(DecisionProcess.Action)))));
    });

    private void Note(ProcessInstanceId id)
    {
        _fired.AddOrUpdate(id, 1, static (_, count) => count + 1);
        if (Interlocked.Increment(ref _calls) == count)
        {
            _all.TrySetResult();
        }
    }

    /// <summary>The system's clock, a day after all escalations are due.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _interval + TimeSpan.FromDays(1);
    }
}
