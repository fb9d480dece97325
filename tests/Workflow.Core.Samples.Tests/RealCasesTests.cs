using Cases;
using Cases.Playing;

namespace Workflow.Core.Samples.Tests;

/// <summary>The library does its main job on cases that nobody here has written. They are not part of the repository: a machine that has them says
/// where.</summary>
[TestFixture]
internal sealed class RealCasesTests
{
    private const string Variable = "WORKFLOW_REAL_CASES";

    [Test]
    public async Task Real_cases_end_as_they_did_with_no_difference_on_the_way()
    {
        var result = await ReplayAsync(options => options with { Cases = 500, AtOnce = 2 });

        result.Differences.ShouldBeEmpty();
        result.Logs.Select(log => log.Cases).ShouldBe([500, 500, 500]);
    }

    /// <summary>All of them in the order of their instants over one engine, asked at 24 month ends what is open.</summary>
    [Test]
    [Exhaustive]
    public async Task All_real_cases_together_are_at_each_month_end_where_they_were()
    {
        var result = await ReplayAsync(options => options);

        result.Differences.Concat(result.MonthEndDifferences).ShouldBeEmpty();
        result.Logs.Select(log => (log.Cases, log.Steps, log.Escalations))
            .ShouldBe([(10_344, 55_530, 0), (1_432, 8_554, 224), (9_953, 29_840, 4_596)]);
        (result.MonthEnds.Count, result.MonthEnds.Sum(month => month.Counts)).ShouldBe((24, 264));
    }

    private static async Task<ReplayResult> ReplayAsync(Func<ReplayOptions, ReplayOptions> change)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Ignore($"{Variable} does not name the folder with the real cases.");
        }

        return await Replay.RunAsync(change(new ReplayOptions { Folder = folder! }), new Progress(TextWriter.Null));
    }
}
