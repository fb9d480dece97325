using System.Diagnostics;
using Workflow.Core.Client;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>J11 on a durable store: one sub-process that is started, runs and is received, among ten and among a thousand of one parent, against J2 with one
/// caller. The three run in turns.</summary>
/// <param name="place">Where the stores are made.</param>
internal sealed class SubProcesses(Place place)
{
    private const int Rounds = 11;
    private const double MostOfDecision = 2.5;
    private const double MostOfFew = 1.5;

    private static readonly TimeSpan _decisions = TimeSpan.FromSeconds(1);

    public static string Header =>
        "| job | what | J2, ms | among 10, ms | ratio to J2 | goal | among 1,000, ms | ratio to 10 | goal | |\n|---|---|---:|---:|---:|---|---:|---:|---|---|";

    public async Task<string> MeasureAsync()
    {
        await using var decision = await EngineThroughput.CreateAsync(DecisionProcess.OfOne, place, callers: 1);
        var store = place.NewStore();
        try
        {
            await using var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (store, false));
            await engine.DeployAsync(SubProcessLoad.Definitions);
            var (ofDecision, ofFew, ofMany) = (new Series(), new Series(), new Series());
            for (var round = -1; round < Rounds; round++)
            {
                // An instance of J2 has two commits.
                var instance = 2_000 / await decision.RunAsync(_decisions);
                var few = await TimeAsync(engine, SubProcessLoad.Many / SubProcessLoad.Few, SubProcessLoad.Few);
                var many = await TimeAsync(engine, 1, SubProcessLoad.Many);
                if (round >= 0)
                {
                    ofDecision.Add(instance);
                    ofFew.Add(few);
                    ofMany.Add(many);
                }
            }

            return Line(ofDecision, ofFew, ofMany);
        }
        finally
        {
            await Place.CloseAsync(store);
        }
    }

    /// <summary>Milliseconds for one sub-process, with its share of the parent.</summary>
    private static async Task<double> TimeAsync(WorkflowEngine engine, int parents, int children)
    {
        var began = Stopwatch.GetTimestamp();
        await SubProcessLoad.RunAsync(engine, parents, children);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds / (parents * children);
    }

    private string Line(Series decision, Series few, Series many)
    {
        var (toDecision, toFew) = (few.Median / decision.Median, many.Median / few.Median);
        var verdict = toDecision <= MostOfDecision && toFew <= MostOfFew ? "met" : "**missed**";
        return $"| J11 | {place.Name}, one sub-process of a parent | {Page.Number(decision.Median)} | {Page.Number(few.Median)} | {Page.Number(toDecision)} "
            + $"| <= {Page.Number(MostOfDecision)} x | {Page.Number(many.Median)} | {Page.Number(toFew)} | <= {Page.Number(MostOfFew)} x "
            + $"| {verdict}{(decision.IsNoisy || few.IsNoisy || many.IsNoisy ? ", noisy" : "")} |";
    }
}
