using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>The exclusions of an activity are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenExclusionTests
{
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Set("Managers").Role("Managers").ExceptOriginator().Except("Björn").Set("Above").Role("Directors").Except("Björn"))
            .Client("Approve", task => task.Action("Yes"))));
    });

    /// <summary>Such a planning had the version of the others at first. It has a newer one, so that a library that does not know exclusions says so and speaks of no
    /// damage.</summary>
    [TestCase("exclusions.txt", 1)]
    [TestCase("exclusions-newer.txt", 2)]
    [Statement("13.8")]
    [Statement("4.10")]
    public async Task Whom_an_earlier_version_has_left_out_is_left_out_as_it_was(string file, byte version)
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", "1", file);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, await StoredAsync());
        }

        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenTests.StoreAsync(bed, await File.ReadAllLinesAsync(path));

        var activity = (await bed.ReadAsync(new ProcessInstanceId(1))).Activities.ShouldHaveSingleItem();

        var exclusions = activity.PlanningOrNull.ShouldNotBeNull().Exclusions.ShouldNotBeNull();
        exclusions.Select(exclusion => $"{exclusion.User} by {exclusion.Set} through {string.Join(", ", exclusion.Through)}")
            .ShouldBe(["ann by Managers through role Directors", "Björn by Managers through "]);
    }

    private static async Task<string> StoredAsync()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        return await GoldenTests.StoredAsync(bed, (await bed.StartAsync("ann")).Id);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
