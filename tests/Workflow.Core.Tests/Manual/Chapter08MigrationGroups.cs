using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Exclusive groups when the version of an instance changes.</summary>
[TestFixture]
public sealed class Chapter08MigrationGroups
{
    private static readonly string[] _both = ["A", "B"];

    [Test]
    [Statement("8.8b")]
    [Statement("13.1f")]
    public async Task A_member_that_waits_goes_on_when_the_new_version_has_no_group([Values] bool isStopped, [Values] bool isRestart)
    {
        await using var bed = await Migrations.BedAsync(Working(_both, "A", "B"), Working(_both));
        var id = await bed.BeginAsync();
        (await bed.TurnsAsync(id)).ShouldBe("A*; B: 'A' (1) holds the group");
        (await PreviewAsync(bed, id)).GroupsChanged.ShouldBe(["activity 'B' need not wait any more"]);
        if (isStopped)
        {
            await bed.Admin().StopAsync(id);
        }

        await bed.Admin().MigrateAsync(id, toVersion: 2);
        if (isRestart)
        {
            await bed.RestartAsync();
        }

        if (isStopped)
        {
            (await bed.TurnsAsync(id)).ShouldBe("A; B: nobody holds the group");
            await bed.Admin().ResumeAsync(id);
        }

        (await bed.TurnsAsync(id)).ShouldBe("A; B");
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(2);
        (await bed.NamesAsync(id, JournalKind.GroupEntered)).ShouldBe(["B"]);
    }

    [Test]
    [Statement("8.8b")]
    [Statement("13.9")]
    public async Task Only_the_first_of_two_members_that_exclude_each_other_in_the_new_version_need_not_wait()
    {
        string[] all = ["A", "B", "C"];
        await using var bed = await Migrations.BedAsync(Working(all, all), Working(all, "B", "C"));
        var id = await bed.BeginAsync();
        (await PreviewAsync(bed, id)).GroupsChanged.ShouldBe(["activity 'B' need not wait any more"]);

        await bed.MigrateAsync(id);

        (await bed.TurnsAsync(id)).ShouldBe("A; B*; C: 'B' (2) holds the group");
    }

    [Test]
    [Statement("8.8")]
    [Statement("13.1f")]
    public async Task A_group_goes_on_with_its_members_under_new_names()
    {
        await using var bed = await Migrations.BedAsync(Working(_both, "A", "B"), Working(["New B", "New A"], "New B", "New A"));
        var id = await bed.BeginAsync();
        var renames = Renames.None.Activity("A", "New A").Activity("B", "New B");
        (await PreviewAsync(bed, id, renames)).GroupsChanged.ShouldBeEmpty();

        await bed.MigrateAsync(id, renames);

        (await bed.TurnsAsync(id)).ShouldBe("New A*; New B: 'New A' (1) holds the group");
        await bed.DoneAsync(id, "New A");
        (await bed.TurnsAsync(id)).ShouldBe("New B*");
    }

    [Test]
    [Statement("8.8b")]
    [Statement("13.1f")]
    public async Task Activities_that_are_active_hold_the_group_that_the_new_version_brings_together()
    {
        await using var bed = await Migrations.BedAsync(Working(["A", "B", "C"]), Working(["A", "B", "C"], "A", "B", "C"));
        var id = await bed.BeginAsync();
        (await PreviewAsync(bed, id)).GroupsChanged.ShouldBe([
            "activities 'A' and 'B' are both active, and exclude each other", "activities 'A' and 'C' are both active, and exclude each other",
            "activities 'B' and 'C' are both active, and exclude each other",
        ]);
        await bed.DoneAsync(id, "C");

        await bed.MigrateAsync(id);

        (await bed.TurnsAsync(id)).ShouldBe("A*; B*");
        await bed.Admin().GoToAsync(id, "C", Expiring.Only("C"));
        (await bed.TurnsAsync(id)).ShouldBe("A*; B*; C: 'A' (1), 'B' (2) hold the group");
        await bed.DoneAsync(id, "A");
        (await bed.TurnsAsync(id)).ShouldBe("B*; C: 'B' (2) holds the group");
        await bed.DoneAsync(id, "B");
        (await bed.TurnsAsync(id)).ShouldBe("C*");
    }

    [Test]
    [Statement("8.8b")]
    [Statement("6.2")]
    public async Task A_member_that_waits_has_the_escalations_of_the_new_version()
    {
        await using var bed = await Migrations.BedAsync(Working(_both, "A", "B"), process =>
        {
            var a = process.Activity("A", activity => activity.Waits());
            var b = process.Activity("B", activity => activity.Waits().Escalation("New", TimeSpan.FromHours(1), then => then.ExpireActivity()));
            process.StartsWith(a).StartsWith(b).Exclusive(a, b);
        });
        var id = await bed.BeginAsync();
        (await PreviewAsync(bed, id)).NotArmed.ShouldBeEmpty();

        await bed.MigrateAsync(id);
        await bed.DoneAsync(id, "A");

        (await bed.TimersAsync(id)).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("8.8b")]
    [Statement("8.2")]
    public async Task An_activity_whose_start_rule_has_failed_comes_to_the_group_of_the_new_version()
    {
        var isBroken = true;
        await using var bed = await Migrations.BedAsync(Failing(), Failing("A", "B"));
        var id = await bed.BeginAsync();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        isBroken = false;
        await bed.MigrateAsync(id);
        (await bed.TurnsAsync(id)).ShouldBe("A*; B");
        await bed.Admin().RetryAsync(id);

        (await bed.TurnsAsync(id)).ShouldBe("A*; B: 'A' (1) holds the group");

        Action<ProcessBuilder> Failing(params string[] group) => process =>
        {
            process.StartsWith(process.Activity("A", activity => activity.Waits())).StartsWith(process.Activity("B", activity => activity
                .StartRule(DueTime.At("a date", _ => isBroken ? throw new InvalidOperationException("broken") : WorkflowTestBed.Beginning)).Waits()));
            Add(process, group);
        };
    }

    private static void Add(ProcessBuilder process, string[] group)
    {
        if (group.Length > 0)
        {
            process.Exclusive(group);
        }
    }

    /// <summary>Activities that begin together and wait, and the group that some of them are in.</summary>
    private static Action<ProcessBuilder> Working(string[] activities, params string[] group) => process =>
    {
        foreach (var activity in activities.OrderBy(name => name[^1]))
        {
            process.StartsWith(process.Activity(activity, building => building.Waits()));
        }

        Add(process, group);
    };

    private static async Task<MigrationPreview> PreviewAsync(WorkflowTestBed bed, ProcessInstanceId id, Renames? renames = null) =>
        (await bed.Admin().Migration("Order", from: 1, to: 2, renames).PreviewAsync([id])).Single();
}
