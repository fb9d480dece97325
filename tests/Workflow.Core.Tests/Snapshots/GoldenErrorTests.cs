using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>The details of an error that are kept are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenErrorTests
{
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        var isBroken = Rule.Named("is broken", _ => throw new InvalidOperationException("The rule broke.", new TimeoutException("No answer.")));
        process.StartsWith(process.Activity("Decide"), when: isBroken);
    });

    [Test]
    [Statement("13.8")]
    [Statement("8.1")]
    public async Task Details_that_version_1_has_kept_are_read_as_they_were()
    {
        var lines = await GoldenFile.LinesAsync("1", "error-with-details.txt", StoredAsync);
        lines[0].ShouldStartWith("part 0 0 0 01", Case.Sensitive, "every library reads the header");
        lines[1].ShouldStartWith("part 0 0 2 02", Case.Sensitive, "a library that does not know details takes them for newer, and not for damage");
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, lines);

        var error = (await bed.ReadAsync(new ProcessInstanceId(1))).Error.ShouldNotBeNull();

        (error.Message, error.ExceptionType).ShouldBe(("The rule broke.", "InvalidOperationException"));
        error.Details.ShouldBe("InvalidOperationException: The rule broke.\nCaused by TimeoutException: No answer.");
    }

    private static async Task<string> StoredAsync()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        return await GoldenFile.StoredAsync(bed, (await bed.StartAsync("ann")).Id);
    }
}
