using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A version that lacks something, a mapping that makes no sense, and an instance that has ended.</summary>
[TestFixture]
public sealed class Chapter08MigrationRefusals
{
    private static readonly Action<ProcessBuilder> Plain = Migrations.Asking(activity => activity.Once(1, 1).Chooses());

    /// <summary>Something that version 1 has, version 2, and the obstacles.</summary>
    private static IEnumerable<TestCaseData> Lacking()
    {
        yield return Case(
            "V-2, a field", process => Plain(process.Fields(new ProcessField<int>("Amount"))), Plain, "data field 'Amount': version 2 has none of this name");
        yield return Case(
            "a field of an activity",
            Migrations.Asking(activity => activity.Once(1, 1).Fields(new ActivityField<int>("Sum")).Chooses()), Plain,
            "data field 'Sum' of activity 'Ask': version 2 has none of this name");
        yield return Case(
            "V2-09, another type",
            process => Plain(process.Fields(new ProcessField<int>("Amount"))), process => Plain(process.Fields(new ProcessField<decimal>("Amount"))),
            "data field 'Amount': it holds Integer, and 'Amount' of version 2 holds Decimal");
        yield return Case(
            "a list",
            process => Plain(process.Fields(new ProcessField<int>("Amount"))),
            process => Plain(process.Fields(new ProcessField<IReadOnlyList<int>>("Amount"))),
            "data field 'Amount': it holds Integer, and 'Amount' of version 2 holds a list of Integer");
        yield return Case(
            "another scope",
            Migrations.Asking(activity => activity.Once(1, 1).Fields(new ActivityField<int>("Sum")).Chooses()),
            Migrations.Asking(activity => activity.Once(1, 1).Fields(new DestinationField<int>("Sum")).Chooses()),
            "data field 'Sum' of activity 'Ask': 'Sum' has another scope in version 2");
        yield return Case(
            "V2-09, another kind of event",
            Migrations.Asking(activity => activity.Once(1, 1).Chooses("Task")),
            Migrations.Asking(activity => activity.Once(1, 1).Server("Task", _ => { })),
            "data field 'Action Result' of activity 'Ask': version 2 has none of this name",
            "event 'Task' of activity 'Ask': it is a client event, and 'Task' of version 2 is a server event");
        yield return Case(
            "an action",
            Migrations.Asking(activity => activity.Once(1, 1).Client("Decision", task => task.Action("Yes").Action("No"))),
            Migrations.Asking(activity => activity.Once(1, 1).Client("Decision", task => task.Action("Yes"))),
            "action 'No' of event 'Decision' of activity 'Ask': version 2 has none of this name");
        yield return Case(
            "an outcome",
            Migrations.Asking(activity => activity.Once(1, 1).Chooses().Outcome("Good", Answers.AllSlots == "Approve").Outcome("Bad")),
            Migrations.Asking(activity => activity.Once(1, 1).Chooses().Outcome("Good", Answers.AllSlots == "Approve")),
            "outcome 'Bad' of activity 'Ask': version 2 has none of this name");
        yield return Case(
            "escalations",
            Migrations.Asking(activity => activity
                .Once(1, 1).Escalation("Remind", TimeSpan.FromDays(1), then => then.Mails())
                .Chooses(more: task => task.Escalation("Nudge", TimeSpan.FromDays(1), then => then.Mails()))),
            Plain,
            "escalation 'Nudge' of event 'Decision' of activity 'Ask': version 2 has none of this name",
            "escalation 'Remind' of activity 'Ask': version 2 has none of this name");
        yield return Case(
            "a line that leaves another activity",
            process => Plain(process.StartsWith(process.Activity("Else"), Rule.Named("Never", _ => false), "way")),
            process =>
            {
                Plain(process);
                process.Activity("Else").To("After", name: "way");
            },
            "line 'way': it leaves the start, and 'way' of version 2 leaves activity 'Else'");
        yield return Case(
            "an unrelated definition", Plain, process => process.StartsWith(process.Activity("Other")),
            "activity 'Ask': version 2 has none of this name",
            "activity 'After': version 2 has none of this name",
            "line 'Start to Ask': version 2 has none of this name",
            "line 'Ask to After': version 2 has none of this name");

        static TestCaseData Case(string name, Action<ProcessBuilder> one, Action<ProcessBuilder> two, params string[] obstacles) =>
            new TestCaseData(one, two, obstacles).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Lacking))]
    [Statement("8.8")]
    [Statement("8.8b")]
    [Description("V-2, V2-09")]
    public async Task A_version_that_lacks_something_is_refused_with_everything_that_it_lacks(
        Action<ProcessBuilder> one, Action<ProcessBuilder> two, string[] obstacles)
    {
        await using var bed = await Migrations.BedAsync(one, two);
        var id = await bed.BeginAsync();

        (await bed.ShouldNotMigrateAsync(id)).ShouldBe(obstacles);
    }

    /// <summary>A mapping from version 1 with Ask, After and Else to version 2 with Ask, After and Other, and the obstacles.</summary>
    private static IEnumerable<TestCaseData> Mappings()
    {
        yield return Case("two onto one", Renames.None.Activity("After", "Other").Activity("Else", "Other"),
            "activity 'Else': it would become 'Other', as 'After' does", "line 'Ask to Else': version 2 has none of this name");
        yield return Case("onto one that stays", Renames.None.Activity("Else", "After"),
            "activity 'Else': it would become 'After', as 'After' does", "line 'Ask to Else': version 2 has none of this name");
        yield return Case("two successors", Renames.None.Activity("Else", "Other").Activity("Else", "After"),
            "activity 'Else': it has two successors in the mapping");
        yield return Case("unknown old name", Renames.None.Activity("Else", "Other").Activity("Asc", "Other"),
            "activity 'Asc': version 1 has none of this name. Did you mean 'Ask'? There are: 'Ask', 'After', 'Else'");
        yield return Case("unknown new name", Renames.None.Activity("Else", "Othr"),
            "activity 'Else': version 2 has no activity 'Othr' in its place. Did you mean 'Other'? There are: 'Ask', 'After', 'Other'",
            "line 'Ask to Else': version 2 has none of this name");
        yield return Case("part of an unknown activity", Renames.None.Activity("Else", "Other").Event("Asc", "Decision", "Question"),
            "event 'Decision' of activity 'Asc': version 1 has no activity 'Asc'");
        yield return Case("action of an unknown event", Renames.None.Activity("Else", "Other").Action("Ask", "Question", "Approve", "Accept"),
            "action 'Approve' of event 'Question' of activity 'Ask': version 1 has no event 'Question' in activity 'Ask'");

        static TestCaseData Case(string name, Renames renames, params string[] obstacles) => new TestCaseData(renames, obstacles).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Mappings))]
    [Statement("8.8")]
    [Statement("8.8b")]
    public async Task A_mapping_that_makes_no_sense_is_refused(Renames renames, string[] obstacles)
    {
        await using var bed = await Migrations.BedAsync(With("Else"), With("Other"));
        var id = await bed.BeginAsync();

        (await bed.ShouldNotMigrateAsync(id, renames)).ShouldBe(obstacles);

        static Action<ProcessBuilder> With(string name) => process =>
        {
            var ask = process.Activity("Ask", activity => activity.Once(1, 1).Chooses());
            process.StartsWith(ask);
            ask.To(process.Activity("After"));
            ask.To(process.Activity(name));
        };
    }

    [Test]
    [Statement("8.6")]
    [Statement("8.8")]
    [Description("V2-12")]
    public async Task An_instance_that_has_ended_is_refused_with_its_status([Values] bool isDeleted)
    {
        await using var bed = await Migrations.BedAsync(Plain, Plain);
        var id = await bed.BeginAsync();
        if (isDeleted)
        {
            await bed.Admin().DeleteAsync(id);
        }
        else
        {
            await bed.ActAsync("A", "Approve");
        }

        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.Admin().MigrateAsync(id, toVersion: 2).AsTask());

        refusal.Message.ShouldContain(isDeleted ? "Deleted" : "Completed");
        refusal.Statement.ShouldBe("8.6");
    }

    [Test]
    [Statement("8.7")]
    [Statement("8.8")]
    public async Task A_host_without_the_old_or_the_new_version_refuses_and_names_it()
    {
        await using var bed = await Migrations.BedAsync(Plain, Plain);
        var id = await bed.BeginAsync();
        await using var second = WorkflowEngine.Create(options => options.Store = bed.Store);
        await second.DeployAsync(Orders.Define(process => Plain(process.Version(2))), new DeploymentOptions { BecomesDefault = false });
        var admin = second.As(Orders.Boss).ManageProcesses();

        var old = await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => admin.MigrateAsync(id, toVersion: 2).AsTask());
        var target = await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => admin.MigrateAsync(id, toVersion: 3).AsTask());

        (old.Version, target.Version).ShouldBe((1, 3));
        (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("8.7b")]
    [Statement("8.8")]
    public async Task No_instance_goes_to_a_version_that_was_removed()
    {
        await using var bed = await Migrations.BedAsync(Plain, Plain);
        var id = await bed.BeginAsync();
        await bed.Engine.As(Orders.Boss).ManageDefinitions().RemoveAsync("Order", 2);

        await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => bed.Admin().MigrateAsync(id, toVersion: 2).AsTask());

        (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    [Statement("8.8")]
    public async Task Only_those_with_the_Admin_right_change_a_version()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([
            ProcessDefinition.Define("Order", process => Plain(process.Managed().Version(2))),
            ProcessDefinition.Define("Order", process => Plain(process.Managed())),
        ]);
        var id = await bed.BeginAsync();

        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("dora").ManageProcesses().MigrateAsync(id, toVersion: 2).AsTask());

        (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("8.8")]
    [Statement("14.3")]
    public async Task Code_does_not_change_the_version_of_its_own_instance()
    {
        WorkflowTestBed? bed = null;
        Exception? refusal = null;
        var calling = Migrations.Asking(activity => activity.Once(1, 1).Server("Change", async (context, cancellation) =>
        {
            try
            {
                await bed!.Admin().MigrateAsync(context.ProcessInstance, toVersion: 2, cancellation: cancellation);
            }
            catch (WorkflowReentrancyException exception)
            {
                refusal = exception;
            }
        }).Chooses());
        await using (bed = await Migrations.BedAsync(calling, calling))
        {
            var id = await bed.BeginAsync();

            refusal.ShouldNotBeNull();
            (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
        }
    }
}
