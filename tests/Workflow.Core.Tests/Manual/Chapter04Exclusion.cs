using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Users whom a destination set leaves out do not act, by whatever way the task could come to them. <c>dora</c> starts, and so is the
/// originator.</summary>
[TestFixture]
public sealed class Chapter04Exclusion
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly ProcessField<string> _left = new("Left");

    private StaticDestinations _directory = null!;
    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Begin()
    {
        _directory = new StaticDestinations
        {
            { Destination.Role("Managers"), "ann", "bob", "Dora" },
            { Destination.Role("Directors"), "cy" },
            { Destination.Group("Clerks"), "eve", "dora" },
        };
        _directory.Manages("dora", "ann");
        _resolver = new ScriptedResolver(_directory);
    }

    private async Task<WorkflowTestBed> BedAsync(Action<DestinationBuilder> to, Func<ActivityBuilder, ActivityBuilder>? plan = null, bool allowsAnyUser = false)
    {
        var definition = ProcessDefinition.Define("Deciding", process =>
        {
            process.Managed().Fields(_left);
            var decide = process.Activity("Decide", activity =>
            {
                (plan?.Invoke(activity) ?? activity.PlanJustOnce(Slots.Number(2))).Destinations(to).Chooses(more: task =>
                {
                    if (allowsAnyUser)
                    {
                        task.AllowAnyUser();
                    }
                });
            });
            process.StartsWith(decide);
        });
        var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _resolver);
        await bed.StartAsync("dora", start => start.Set(_left, "bob"));
        return bed;
    }

    /// <summary>That a user neither sees the task nor may act, and is told what leaves them out.</summary>
    private static async Task ShouldBeLeftOutAsync(WorkflowTestBed bed, string user, string words)
    {
        (await bed.SeesAllAsync(user)).ShouldBe("");
        var worklist = bed.Engine.As(user).Worklist;
        foreach (var command in new Func<Task>[]
        {
            () => worklist.OpenAsync(_id.Task(1)).AsTask(),
            () => worklist.ExecuteAsync(_id.Task(1), "Approve").AsTask(),
            () => worklist.ExecuteAsync(_id.Task(1), "Save").AsTask(),
        })
        {
            var refusal = await bed.ShouldRefuseAsync<WorklistAccessDeniedException>(_id, command);
            refusal.Message.ShouldContain("24411");
            refusal.Statement.ShouldBe("4.10");
            refusal.Message.ShouldContain(words);
            refusal.ExcludingSet.ShouldBe("Destinations");
        }

    }

    [Test]
    [Statement("4.10")]
    public async Task A_member_of_a_role_that_is_not_resolved_is_left_out_by_name_by_field_and_as_originator()
    {
        await using var bed = await BedAsync(to => to.Role("Managers").ExceptOriginator().Except(_left));

        await ShouldBeLeftOutAsync(bed, "DORA", "(except originator, user in Left) leaves out 'dora'");
        await ShouldBeLeftOutAsync(bed, "bob", "'Destinations' of activity 'Decide'");

        (await bed.SeesAsync("ann")).ShouldBe("1_1 Available");
        await bed.ActAsync("ann", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("ann Approve");
    }

    [Test]
    [Statement("4.10")]
    public async Task An_earlier_actor_is_left_out_of_a_role_that_is_not_resolved()
    {
        var definition = ProcessDefinition.Define("Twice", process =>
        {
            process.Managed();
            var first = process.Activity("First", activity => activity.Destinations(to => to.Role("Managers")).Chooses());
            var second = process.Activity("Second", activity => activity.Destinations(to => to.Role("Managers").ExceptActorsOf("First")).Chooses());
            process.StartsWith(first);
            first.To(second);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _resolver);
        await bed.StartAsync("dora");
        await bed.ActAsync("ann", "Approve");

        (await bed.SeesAllAsync("ann")).ShouldBe("");
        var refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.ActAsync("ann", _id.Task(2), "Approve"));
        refusal.Message.ShouldContain("(except actors of First) leaves out 'ann'");
        (refusal.ExcludedUser, refusal.ExcludingSet).ShouldBe(("ann", "Destinations"));

        await bed.ActAsync("bob", "Approve");
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("4.10")]
    [Statement("1.11")]
    public async Task A_redirect_to_somebody_left_out_is_refused_to_users_and_to_administrators([Values] bool resolved)
    {
        await using var bed = await BedAsync(
            to => _ = resolved ? to.Role("Managers").ExceptOriginator().ResolvedToUsers() : to.Role("Managers").ExceptOriginator());
        var item = (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();

        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(_id, () => item.RedirectAsync("DORA").AsTask());
        refusal.Message.ShouldContain(
            "cannot be redirected to 'DORA': the destination set 'Destinations' of activity 'Decide' (except originator) leaves out 'dora'");
        var from = resolved ? Destination.User("ann") : Destination.Role("Managers");
        refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(_id, () => bed.Boss().RedirectAsync(_id.Task(1), from, "dora").AsTask());
        refusal.Message.ShouldContain("leaves out 'dora'");

        await item.RedirectAsync("eve");
        (await bed.SeesAsync("eve")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.10")]
    [Statement("1.12")]
    public async Task A_delegation_to_somebody_left_out_is_refused_and_by_a_group_it_does_not_reach_them()
    {
        await using var bed = await BedAsync(to => to.Users("ann", "bob").ExceptOriginator());
        var item = (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();

        var refusal = await bed.ShouldRefuseAsync<WorklistItemRefusedException>(_id, () => item.DelegateAsync(Destination.User("dora")).AsTask());
        refusal.Message.ShouldContain("cannot be delegated to 'dora'");
        refusal.Message.ShouldContain("leaves out 'dora'");

        await item.DelegateAsync(Destination.Group("Clerks"));
        (await bed.SeesAsync("eve")).ShouldBe("1_1 Available for ann");
        await ShouldBeLeftOutAsync(bed, "dora", "leaves out 'dora'");
    }

    [Test]
    [Statement("4.10")]
    [Statement("9.4")]
    public async Task A_substitute_who_is_left_out_neither_sees_nor_does_the_task_and_nobody_acts_for_one()
    {
        await using var bed = await BedAsync(to => to.Role("Managers").ExceptOriginator());
        await bed.Engine.As("ann").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("dora", "eve"));
        await bed.Engine.As("dora").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("fay"));

        await ShouldBeLeftOutAsync(bed, "dora", "leaves out 'dora'");
        var refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.Engine.As("dora").Worklist.OpenSharedAsync("ann", _id.Task(1)).AsTask());
        (refusal.ActingFor, refusal.ExcludedUser).ShouldBe(("ann", "dora"));

        (await bed.SeesAllAsync("fay")).ShouldBe("");
        refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.Engine.As("fay").Worklist.OpenSharedAsync("dora", _id.Task(1)).AsTask());
        (refusal.ActingFor, refusal.ExcludedUser).ShouldBe(("dora", "dora"));
        await ShouldBeLeftOutAsync(bed, "fay", "leaves out 'dora'");

        await bed.ActAsync("eve", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("eve Approve for ann");
    }

    [Test]
    [Statement("4.10")]
    [Statement("9.5")]
    public async Task An_excluded_manager_neither_sees_nor_does_the_task_of_a_managed_user()
    {
        await using var bed = await BedAsync(to => to.Users("ann", "bob").ExceptOriginator());

        (await bed.Engine.As("dora").Worklist.ListManagedAsync("ann")).ShouldBeEmpty();
        var refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(
            () => bed.Engine.As("dora").Worklist.OpenManagedAsync("ann", _id.Task(1)).AsTask());
        (refusal.ActingFor, refusal.ExcludedUser).ShouldBe(("ann", "dora"));
    }

    [Test]
    [Statement("4.10")]
    [Statement("2.10")]
    public async Task Excluded_users_cannot_act_even_where_anyone_may()
    {
        await using var bed = await BedAsync(to => to.Users("ann").ExceptOriginator(), allowsAnyUser: true);

        await ShouldBeLeftOutAsync(bed, "dora", "leaves out 'dora'");
        await bed.ActAsync("zoe", _id.Task(1), "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("zoe Approve");
    }

    /// <summary>Commands refuse somebody who is left out before they ask whether anyone may act; this holds for every other way to ask.</summary>
    [Test]
    [Statement("4.10")]
    [Statement("2.10")]
    public async Task An_excluded_user_is_not_anyone()
    {
        await using var bed = await BedAsync(to => to.Users("ann").ExceptOriginator(), allowsAnyUser: true);
        var task = (await bed.ActiveAsync(_id, "Decide")).Destinations[0];

        Standing.Find(task, new Actor("zoe", ActsFor.Self, Memberships: []), allowsAnyUser: true).ShouldNotBeNull().IsAnyone.ShouldBeTrue();
        Standing.Find(task, new Actor("Dora", ActsFor.Self, Memberships: []), allowsAnyUser: true).ShouldBeNull();
    }

    [Test]
    [Statement("4.10")]
    public async Task Somebody_whom_another_set_names_is_not_bound()
    {
        await using var bed = await BedAsync(to => to.Set("Destinations").Role("Managers").ExceptOriginator().Except("eve").Set("Named").Users("dora"));

        (await bed.SeesAsync("dora")).ShouldBe("1_1 Available");
        await bed.RedirectAsync("dora", _id, "zoe");
        await bed.RedirectAsync("zoe", _id, "dora");
        await bed.ActAsync("dora", "Approve");
        await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("ann", _id, "eve"));
    }

    [Test]
    [Statement("4.10")]
    public async Task A_set_whose_rule_is_false_leaves_nobody_out()
    {
        await using var bed = await BedAsync(to => to.Set("Never", _left == "nobody").Users("eve").ExceptOriginator().Set("Destinations").Users("ann"));

        await bed.RedirectAsync("ann", _id, "dora");
        await bed.ActAsync("dora", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("dora Approve");
    }

    [Test]
    [Statement("4.10")]
    public async Task A_member_of_a_role_of_another_set_acts_through_that_role_and_may_be_given_the_task()
    {
        await using var bed = await BedAsync(to => to.Set("Destinations").Role("Managers").ExceptOriginator().Set("Above").Role("Directors"));
        await ShouldBeLeftOutAsync(bed, "dora", "leaves out 'dora'");
        await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("ann", _id, "dora"));
        await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.Boss().RedirectAsync(_id.Task(1), Destination.Role("Managers"), "dora").AsTask());

        _directory.Replace(Destination.Role("Directors"), "cy", "dora");

        (await bed.WorklistAsync("dora")).ShouldHaveSingleItem().Destination.ShouldBe(Destination.Role("Directors"));
        await bed.Boss().RedirectAsync(_id.Task(1), Destination.Role("Managers"), "dora");
        _directory.Replace(Destination.Role("Directors"), "cy");
        await ShouldBeLeftOutAsync(bed, "dora", "leaves out 'dora'");
        _directory.Replace(Destination.Role("Directors"), "cy", "dora");
        await bed.ActAsync("dora", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("dora Approve");
    }

    [Test]
    [Statement("4.10")]
    [Statement("1.11")]
    [Statement("1.12")]
    public async Task A_user_may_give_the_task_to_somebody_who_belongs_to_a_role_of_another_set([Values] bool delegates)
    {
        await using var bed = await BedAsync(to => to.Set("Destinations").Role("Managers").ExceptOriginator().Set("Above").Role("Directors"));
        _directory.Replace(Destination.Role("Directors"), "cy", "dora");
        var item = (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();

        await (delegates ? item.DelegateAsync(Destination.User("dora")) : item.RedirectAsync("dora"));

        (await bed.SeesAllAsync("dora")).ShouldBe(delegates ? "1_1 Available, 1_1 Available for ann" : "1_1 Available");
    }

    [Test]
    [Statement("4.10")]
    [Statement("9.4")]
    public async Task A_substitute_acts_for_somebody_whom_a_role_of_another_set_frees()
    {
        await using var bed = await BedAsync(to => to.Set("Destinations").Role("Managers").ExceptOriginator().Set("Above").Role("Directors"));
        _directory.Replace(Destination.Role("Directors"), "cy", "dora");
        await bed.Boss().RedirectAsync(_id.Task(1), Destination.Role("Managers"), "dora");
        await bed.Engine.As("dora").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("fay"));

        await bed.Engine.As("fay").Worklist.OpenSharedAsync("dora", _id.Task(1));

        (await bed.SeesAllAsync("fay")).ShouldBe("1_1 Open for dora");
    }

    [Test]
    [Statement("4.10")]
    [Statement("4.9")]
    public async Task Followed_roles_keep_the_exclusions_of_the_planning()
    {
        await using var bed = await BedAsync(
            to => to.Set("Destinations").Role("Managers").Except(_left).Set("Above").Role("Directors").ResolvedToUsers(keepSynchronized: true));
        (await bed.ActiveAsync(_id, "Decide")).Names().ShouldBe(["ann+Dora+cy"]);
        await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("ann", _id, "bob"));

        _directory.Replace(Destination.Role("Managers"), "ann", "Dora");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        _directory.Replace(Destination.Role("Managers"), "ann", "bob", "Dora");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await bed.ActiveAsync(_id, "Decide")).Names().ShouldBe(["ann+Dora+cy"]);

        _directory.Replace(Destination.Role("Directors"), "cy", "bob");
        await bed.RestartAsync();
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await bed.ActiveAsync(_id, "Decide")).Names().ShouldBe(["ann+Dora+cy+bob"]);
        (await bed.SeesAsync("bob")).ShouldBe("1_1 Available");

        _directory.Replace(Destination.Role("Directors"), "cy");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await bed.ActiveAsync(_id, "Decide")).Names().ShouldBe(["ann+Dora+cy"], "as a manager they are left out");
    }

    [Test]
    [Statement("4.10")]
    public async Task The_excluded_users_are_kept_over_a_restart_and_are_fixed_when_the_activity_is_planned()
    {
        await using var bed = await BedAsync(to => to.Role("Managers").Except(_left), plan: activity => activity.PlanJustOnce(Slots.Number(2)));
        await bed.ActAsync("ann", "Approve", answer => answer.Set(_left, "Dora"));
        (await bed.ReadAsync(_id)).Fields.Get(_left).ShouldBe("Dora");
        await bed.RestartAsync();

        await ShouldBeLeftOutAsync(bed, "bob", "(except user in Left) leaves out 'bob'");
        (await bed.SeesAsync("Dora")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.10")]
    public async Task Many_are_left_out_as_few_are(
        [Values(PlanOption.JustOnce, PlanOption.PerDestination, PlanOption.PerDestinationInTurn)] PlanOption plan)
    {
        string[] many = [.. Enumerable.Range(0, 40).Select(number => $"user{number.Invariant()}"), "dora"];
        _directory.Replace(Destination.Role("Managers"), ["ann", .. many]);
        await using var bed = await BedAsync(to => to.Role("Managers").Except(many), activity => plan switch
        {
            PlanOption.PerDestination => activity.PlanPerDestination(),
            PlanOption.PerDestinationInTurn => activity.PlanPerDestinationInTurn(),
            _ => activity.PlanJustOnce(),
        });

        await ShouldBeLeftOutAsync(bed, "USER39", "leaves out 'user39'");
        (await bed.SeesAsync("ann")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.10")]
    public async Task A_resolver_that_does_not_answer_leaves_nobody_in()
    {
        await using var bed = await BedAsync(to => to.Set("Destinations").Role("Managers").ExceptOriginator().Set("Above").Role("Directors"));
        _directory.Replace(Destination.Role("Directors"), "dora");
        await bed.Engine.As("ann").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("dora"));
        (await bed.SeesAllAsync("dora")).ShouldBe("1_1 Available, 1_1 Available for ann");

        _resolver.Memberships = (user, token) => user == "ann" ? _directory.FindMembershipsAsync(user, token) : throw new TimeoutException("down");

        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("dora", _id.Task(1), "Approve"));
        (await bed.AnsweredAsync(_id)).ShouldBe("");
    }
}
