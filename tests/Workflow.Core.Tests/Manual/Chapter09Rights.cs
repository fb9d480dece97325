using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter09Rights
{
    private static readonly ProcessRight[] _each =
        [ProcessRight.Start, ProcessRight.View, ProcessRight.ViewParticipate, ProcessRight.ServerEvent, ProcessRight.Admin];

    private readonly StaticDestinations _directory = new() { { Destination.Role("R"), "rita" }, { Destination.Group("G"), "gus" } };

    [SetUp]
    public void Forget()
    {
        _directory.Replace(Destination.Role("R"), "rita");
        _directory.Replace(Destination.Group("G"), "gus");
    }

    /// <code>
    ///     ┌─► Transfer (waits for the bank) ──►
    /// ►───┤
    ///     └─► Check [A] ──►
    /// </code>
    private static ProcessDefinition Both(Action<RightsBuilder> grant) => ProcessDefinition.Define("Both", process =>
    {
        process.Rights(grant);
        process.StartsWith(process.Activity("Transfer", activity => activity.Waits()));
        process.StartsWith(process.Activity("Check", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects()));
    });

    private async Task<WorkflowTestBed> BedAsync(Action<RightsBuilder> grant)
    {
        var bed = await WorkflowTestBed.CreateAsync(Both(grant), options => options.DestinationResolver = _directory);
        await bed.Engine.AsSystem().StartAsync("Both");
        return bed;
    }

    private static void Grant(RightsBuilder rights, ProcessRight right, Destination who) => _ = right switch
    {
        ProcessRight.Start => rights.Start(who),
        ProcessRight.View => rights.View(who),
        ProcessRight.ViewParticipate => rights.ViewParticipate(who),
        ProcessRight.ServerEvent => rights.ServerEvent(who),
        _ => rights.Admin(who),
    };

    /// <summary>Tries one operation for each right that an operation can need, and says which of them were denied.</summary>
    private static async Task<ProcessRight> DeniedAsync(WorkflowTestBed bed, string user)
    {
        var id = new ProcessInstanceId(1);
        var connection = bed.Engine.As(user);
        var denied = ProcessRight.None;
        denied |= await DenialAsync(() => connection.ReadAsync(id).AsTask());
        denied |= await DenialAsync(() => connection.ReadHistoryAsync(id).AsTask());
        denied |= await DenialAsync(() => connection.OpenServerItemAsync(id.Task(1)).AsTask());
        denied |= await DenialAsync(() => connection.FindServerItemsAsync(new ServerItemQuery { Definition = "Both" }).AsTask());
        denied |= await DenialAsync(
            () => connection.ManageWorklists().SetActionRightAsync(id.Task(2), "Reject", Destination.User("Q"), isAllowed: false).AsTask());
        denied |= await DenialAsync(() => connection.StartAsync("Both").AsTask());
        return denied;

        async Task<ProcessRight> DenialAsync(Func<Task> operation)
        {
            try
            {
                await operation();
                return ProcessRight.None;
            }
            catch (WorkflowAccessDeniedException denial)
            {
                denial.User.ShouldBe(user);
                denial.Definition.ShouldBe("Both");
                denial.Message.ShouldContain($"the {denial.MissingRight} right on 'Both'");
                return denial.MissingRight;
            }
        }
    }

    /// <summary>A user who has one right and takes part in nothing is denied what they lack, where they lack it.</summary>
    private static ProcessRight MissingWith(ProcessRight right) => right is ProcessRight.Admin
        ? ProcessRight.None
        : (ProcessRight.Start | ProcessRight.View | ProcessRight.ServerEvent | ProcessRight.Admin) & ~right;

    [Test]
    [Statement("9.1")]
    [Statement("14.7")]
    public async Task A_right_of_a_user_a_role_or_a_group_is_good_for_its_operations_and_the_denial_of_others_names_the_missing_right(
        [ValueSource(nameof(_each))] ProcessRight right, [Values("paul", "PAUL", "rita", "Rita", "gus")] string user)
    {
        var who = user.ToUpperInvariant() switch
        {
            "RITA" => Destination.Role("r"),
            "GUS" => Destination.Group("G"),
            _ => Destination.User("paul"),
        };
        await using var bed = await BedAsync(rights => Grant(rights, right, who));

        (await DeniedAsync(bed, user)).ShouldBe(MissingWith(right));
        (await DeniedAsync(bed, "stranger")).ShouldBe(MissingWith(ProcessRight.None));
    }

    [Test]
    [Statement("9.1")]
    public async Task A_role_is_no_user_and_no_group_of_the_same_name()
    {
        await using var bed = await BedAsync(rights => rights.Admin(Destination.Group("R")).Admin(Destination.Role("gus")));

        foreach (var user in (string[])["R", "rita", "gus", "G"])
        {
            (await DeniedAsync(bed, user)).ShouldBe(MissingWith(ProcessRight.None), user);
        }
    }

    [Test]
    [Statement("9.1")]
    public async Task The_highest_of_all_that_a_user_has_wins()
    {
        _directory.Replace(Destination.Group("G"), "rita");
        await using var adding = await BedAsync(rights => rights.Start("rita").View(Destination.Role("R")).ServerEvent(Destination.Group("G")));
        await using var highest = await BedAsync(rights => rights.ViewParticipate("rita").Admin(Destination.Group("G")).Start(Destination.Role("R")));
        await using var everyone = await BedAsync(rights => rights.Everyone(ProcessRight.View).Start(Destination.Role("R")));

        (await DeniedAsync(adding, "rita")).ShouldBe(ProcessRight.Admin);
        (await DeniedAsync(highest, "rita")).ShouldBe(ProcessRight.None);
        (await DeniedAsync(everyone, "rita")).ShouldBe(ProcessRight.ServerEvent | ProcessRight.Admin);
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_who_joins_a_role_has_its_rights_and_one_who_leaves_it_has_them_no_more()
    {
        await using var bed = await BedAsync(rights => rights.Admin(Destination.Role("R")));
        (await DeniedAsync(bed, "jo")).ShouldBe(MissingWith(ProcessRight.None));
        (await DeniedAsync(bed, "rita")).ShouldBe(ProcessRight.None);

        _directory.Replace(Destination.Role("R"), "jo");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await DeniedAsync(bed, "jo")).ShouldBe(ProcessRight.None);
        (await DeniedAsync(bed, "rita")).ShouldBe(MissingWith(ProcessRight.None));
    }

    [Test]
    [Statement("9.1")]
    public async Task The_rights_of_the_version_deployed_last_hold_for_roles_too()
    {
        await using var bed = await BedAsync(rights => rights.View(Destination.Role("R")));

        await bed.Engine.DeployAsync(ProcessDefinition.Define("Both", process =>
        {
            process.Version(2).Rights(rights => rights.View(Destination.Group("G")));
            process.StartsWith(process.Activity("Transfer", activity => activity.Waits()));
        }));

        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("rita").ReadAsync(new ProcessInstanceId(1)).AsTask());
        (await bed.Engine.As("gus").ReadAsync(new ProcessInstanceId(1))).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("9.1")]
    public async Task Managing_the_tasks_of_others_takes_admin_and_nothing_is_changed_without([Values("viewer", "A", "rita")] string user)
    {
        await using var bed = await BedAsync(rights => rights.Admin("boss")
            .Start("viewer").View("viewer").ViewParticipate("viewer").ServerEvent("viewer").View(Destination.Role("R")));
        var serial = new ProcessInstanceId(1).Task(2);
        await bed.OpenAsync("A", serial);
        var manage = bed.Engine.As(user).ManageWorklists();
        var before = await bed.StoredBytesAsync(serial.ProcessInstance);

        foreach (var command in (Func<Task>[])
        [
            () => manage.ReleaseAsync(serial, "A").AsTask(),
            () => manage.RedirectAsync(serial, Destination.User("A"), user).AsTask(),
            () => manage.SetActionRightAsync(serial, "Approve", Destination.User("A"), isAllowed: false).AsTask(),
        ])
        {
            var denial = await Should.ThrowAsync<WorkflowAccessDeniedException>(command);
            denial.MissingRight.ShouldBe(ProcessRight.Admin);
        }

        (await manage.ListAsync()).ShouldBeEmpty("tasks of processes on which the user lacks the right are left out");
        (await bed.StoredBytesAsync(serial.ProcessInstance)).ShouldBe(before);
        (await bed.Engine.As("boss").ManageWorklists().ListAsync()).ShouldHaveSingleItem().Status.ShouldBe(WorklistItemStatus.Open);
    }
}
