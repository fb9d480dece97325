using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A task whose URL is kept is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenUrlTests
{
    private static readonly ProcessField<decimal> _amount = new("Amount", initial: 240m);

    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Fields(_amount).Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Approve", task => task.Action("Yes").Url($"https://host/{_amount}").Data("plain"))));
    });

    [Test]
    [Statement("13.8")]
    [Statement("1.1")]
    public async Task A_url_that_version_1_has_kept_is_read_as_it_was()
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", "1", "task-with-url.txt");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, await StoredAsync());
        }

        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, await File.ReadAllLinesAsync(path));

        var process = await bed.ReadAsync(new ProcessInstanceId(1));

        var header = process.Activities.ShouldHaveSingleItem().Destinations.ShouldHaveSingleItem().WorklistHeader.ShouldNotBeNull();
        (header.Url, header.Data).ShouldBe(("https://host/240", "plain"));
    }

    private static async Task<string> StoredAsync()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        return await GoldenFile.StoredAsync(bed, (await bed.StartAsync("ann")).Id);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
