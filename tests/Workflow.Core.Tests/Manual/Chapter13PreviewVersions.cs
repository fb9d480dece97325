using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Manual;

/// <summary>Previews of a change of the version, and of sending back.</summary>
[TestFixture]
public sealed class Chapter13PreviewVersions
{
    [Test]
    [Statement("13.9")]
    [Statement("8.8")]
    public async Task A_preview_of_a_change_of_the_version_tells_its_facts_and_changes_nothing()
    {
        await using var bed = await Migrations.BedAsync(Approving("Approve"), Approving("Decide"));
        var id = (await bed.StartAsync("dora")).Id;
        var renames = Renames.None.Activity("Approve", "Decide").Event("Approve", "Approve", "Decide");
        var before = await bed.StoredBytesAsync(id);

        var effects = await bed.Admin().Preview.MigrateAsync(id, toVersion: 2, renames, reason: "The form has changed.");

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        effects.ProcessInstance.DefinitionVersion.ShouldBe(2);
        effects.Facts.ShouldHaveSingleItem().Kind.ShouldBe(JournalKind.VersionChanged);
        effects.NewTasks.ShouldBeEmpty();
        effects.EndedTasks.ShouldBeEmpty();
        effects.FirstCall.ShouldBeNull();
        await bed.Admin().MigrateAsync(id, toVersion: 2, renames, reason: "The form has changed.");
        (await bed.HistoryAsync(id))[^1].Name.ShouldBe(effects.Facts[0].Name);
        (await bed.Admin().Preview.MigrateAsync(id, toVersion: 2)).Facts.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.9")]
    [Statement("8.8")]
    public async Task A_preview_of_a_change_of_the_version_is_refused_with_all_obstacles()
    {
        await using var bed = await Migrations.BedAsync(Approving("Approve"), Approving("Decide"));
        var id = (await bed.StartAsync("dora")).Id;

        var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().Preview.MigrateAsync(id, toVersion: 2).AsTask());

        refusal.Obstacles.ShouldNotBeEmpty();
        (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("13.9")]
    [Statement("13.11")]
    public async Task A_preview_of_sending_back_tells_what_starts_and_what_ends([Values] bool byTask)
    {
        await using var bed = await Migrations.BedAsync(Approving("Approve"), Approving("Approve"));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("ann", "Done");
        var task = await bed.Engine.As("bob").Worklist.SingleAsync(id);
        var preview = bed.Admin().Preview;

        var effects = byTask ? await preview.SendBackAsync(task.Serial, "Approve") : await preview.SendBackAsync(id, "Approve");

        effects.ExpiredActivities.ShouldBe(["Check"]);
        effects.StartedActivities.ShouldBe(["Approve"]);
        effects.NewTasks.ShouldHaveSingleItem().Activity.ShouldBe("Approve");
        effects.Facts[0].Kind.ShouldBe(JournalKind.SentBack);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Check"]);
        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => preview.SendBackAsync(id, "Never").AsTask());
    }

    private static Action<ProcessBuilder> Approving(string name) => process =>
    {
        var approve = process.Activity(name, activity => activity.Destinations(to => to.Users("ann")).Client(name, task => task.Action("Done")));
        process.StartsWith(approve, name: "Start");
        approve.To(process.Activity("Check", activity => activity.Destinations(to => to.Users("bob")).Client("Check", task => task.Action("Done"))), name: "L");
        process.Activity("Never");
    };
}
