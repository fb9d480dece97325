using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A task that is copied in a turn looks like one that is loaded, and the instance stays as it was.</summary>
[TestFixture]
internal sealed class TaskCopyTests
{
    /// <summary>The details of the golden file have an older form than the one that is written now. If the checksum of the copy were kept, the next commit
    /// would write an owner whose detail is not stored. Nobody could read the instance any more.</summary>
    [Test]
    [Statement("14.4")]
    public async Task Details_in_an_older_form_keep_the_checksum_that_is_stored()
    {
        var definition = GoldenExclusionTests.Definition;
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        await GoldenFile.StoreAsync(bed, await GoldenFile.LinesAsync("1", "exclusions.txt"));
        var process = await bed.ReadAsync(new ProcessInstanceId(1));
        var planning = process.Activities.ShouldHaveSingleItem().PlanningOrNull.ShouldNotBeNull();
        var stored = planning.ListsChecksum.ShouldNotBeNull();

        var copy = TaskCopy.Of(process.FindDestination(1).ShouldNotBeNull(), definition, Drive.DeploymentsOf(definition)).ShouldNotBeNull();

        copy.Activity.PlanningOrNull.ShouldNotBeNull().ListsChecksum.ShouldNotBe(stored, "the copy has the present form");
        planning.ListsChecksum.ShouldBe(stored);
    }

    [Test]
    [Statement("14.4")]
    [Statement("1.6")]
    public async Task A_copy_shows_all_parts_of_a_task_and_changes_none([Values("3", "4")] string version)
    {
        var definition = EveryKind.Definition;
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        await GoldenFile.StoreAsync(bed, await GoldenFile.LinesAsync(version, "every-kind.txt"), definition: "Every");
        var process = await bed.ReadAsync(new ProcessInstanceId(1));
        var before = InstanceImage.Of(process, definition);
        var destination = process.FindDestination(2).ShouldNotBeNull();
        var (people, slots) = (destination.Apart.ShouldNotBeNull().Checksum, destination.WorklistHeader.ShouldNotBeNull().SlotSum);

        var copy = TaskCopy.Of(destination, definition, Drive.DeploymentsOf(definition)).ShouldNotBeNull();

        copy.ShouldNotBeSameAs(destination);
        copy.People.ShouldBe(destination.People);
        copy.Slots.Select(slot => (slot.Id, slot.User, slot.Status, slot.Action))
            .ShouldBe(destination.Slots.Select(slot => (slot.Id, slot.User, slot.Status, slot.Action)));
        copy.Activity.PlanningOrNull.ShouldNotBeNull().Exclusions.ShouldNotBeNull().Count.ShouldBe(destination.Activity.PlanningOrNull!.Exclusions!.Count);
        InstanceImage.Of(process, definition).ShouldBe(before);
        destination.Apart.Checksum.ShouldBe(people);
        destination.WorklistHeader.SlotSum.ShouldBe(slots);
    }
}
