using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Tasks do not silently go to users who cannot act on them.</summary>
[TestFixture]
public sealed class Chapter09Nobody
{
    private static readonly ProcessField<string> Approver = new("Approver");

    private static Task<WorkflowTestBed> BedAsync(
        WarningLog? log = null, Action<DestinationBuilder>? to = null, Action<RightsBuilder>? may = null, Action<ActionBuilder>? sign = null) =>
        WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Deciding", process =>
        {
            process.Fields(Approver).Rights(rights => rights.Start("dora").Admin("boss").View(Destination.Group("Auditors")));
            process.Rights(may ?? (_ => { }));
            process.StartsWith(process.Activity("Decide", activity => activity
                .Destinations(to ?? (all => all.Users("A", "B")))
                .PlanPerDestination()
                .Client("Decide", task => task.Action("Approve", sign).Action("Reject", action => action.DeniedFor(Destination.Role("Trainees"))))));
            process.StartsWith(process.Activity("Other", activity => activity
                .Destinations(all => all.Role("Managers")).Client("Decide", task => task.Action("Approve"))));
        }),
        options =>
        {
            options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "System", "C" }, { Destination.Role("Managers"), "M" } };
            options.LoggerFactory = log ?? options.LoggerFactory;
        });

    [TestCase("Managers")]
    [TestCase("MANAGERS")]
    [TestCase("Trainees")]
    [TestCase("Auditors")]
    [Statement("1.11")]
    public async Task A_task_that_is_given_to_the_name_of_a_role_is_reported(string name)
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(log);
        var id = await bed.BeginAsync();

        await bed.RedirectAsync("A", id, name);
        await bed.Engine.As("boss").ManageWorklists().RedirectAsync(new SerialNumber(id, 2), Destination.User("B"), name);

        log.Warnings.Count.ShouldBe(2);
        log.Warnings.ShouldAllBe(warning => warning.Contains($"given to the user '{name}'", StringComparison.Ordinal));
    }

    [Test]
    [Statement("1.12")]
    public async Task So_is_a_delegation_to_a_user_of_that_name_and_not_one_to_the_role()
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(log);
        var id = await bed.BeginAsync();
        var item = await bed.ItemAsync("A", id);

        await item.DelegateAsync(Destination.Role("Managers"));
        await item.DelegateAsync(Destination.User("C"));
        log.Warnings.ShouldBeEmpty();
        await item.DelegateAsync(Destination.User("Managers"));

        log.Warnings.ShouldHaveSingleItem().ShouldContain("given to the user 'Managers'");
    }

    [Test]
    [Statement("1.11")]
    public async Task A_task_that_is_given_to_another_user_is_not_reported()
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(log);

        await bed.RedirectAsync("A", await bed.BeginAsync(), "C");

        log.Warnings.ShouldBeEmpty();
    }

    [TestCase("Buyers")]
    [TestCase("buyers")]
    [TestCase("Sellers")]
    [TestCase("Helpers")]
    [Statement("1.11")]
    public async Task So_is_one_that_is_given_to_the_name_of_a_role_that_a_field_or_the_task_names_now(string name)
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(log, to => to.Users("A").Role(Approver));
        var id = await bed.BeginAsync(start => start.Set(Approver, "Buyers"));
        await (await bed.ItemAsync("A", id)).DelegateAsync(Destination.Group("Helpers"));
        await bed.Engine.As("boss").ManageWorklists().SetActionRightAsync(new SerialNumber(id, 1), "Approve", Destination.Role("Sellers"), isAllowed: false);

        await bed.RedirectAsync("A", id, name);

        log.Warnings.ShouldHaveSingleItem().ShouldContain($"given to the user '{name}'");
    }

    [Test]
    [Statement("1.11")]
    public async Task A_whole_role_that_is_given_to_a_user_of_its_name_is_reported()
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(log, to => to.Users("A").Role(Approver));
        var id = await bed.BeginAsync(start => start.Set(Approver, "Buyers"));

        await bed.Engine.As("boss").ManageWorklists().RedirectAsync(new SerialNumber(id, 2), Destination.Role("Buyers"), "Buyers");

        log.Warnings.ShouldHaveSingleItem().ShouldContain("given to the user 'Buyers'");
    }

    private static TestCaseData Away(Action<OutOfOfficeBuilder> absence, params string[] names) => new TestCaseData(absence, names).SetArgDisplayNames(
        names.Length == 0 ? "other users" : string.Join(", ", names));

    private static IEnumerable<TestCaseData> Absences()
    {
        yield return Away(absence => absence.ForwardTo("Managers"), "Managers");
        yield return Away(absence => absence.ForwardTo("B", "managers").Except("Deciding", null, "Trainees", "MANAGERS"), "managers", "Trainees");
        yield return Away(absence => absence.Except("Another process", null, "Auditors"), "Auditors");
        yield return Away(absence => absence.ForwardTo("B").Except("Deciding", null, "C"));
    }

    [TestCaseSource(nameof(Absences))]
    [Statement("9.4")]
    public async Task An_absence_in_favour_of_the_name_of_a_role_is_reported(Action<OutOfOfficeBuilder> absence, string[] names)
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(log);

        await bed.Engine.As("A").OutOfOffice.LeaveAsync(absence);
        await bed.Engine.As("A").OutOfOffice.ReturnAsync();

        log.Warnings.ShouldBe(names.Select(name => $"'A' shares tasks with the user '{name}' while they are out of office, and 'Deciding' version 1 names a "
            + "role or group of this name, whose members do not get them. If they were meant, name them one by one."));
    }

    private static readonly Func<WorkflowTestBed, Task>[] _toTheHost =
    [
        bed => Task.Run(() => Destination.User("SYSTEM")),
        async bed => await bed.RedirectAsync("A", new ProcessInstanceId(1), "system"),
        bed => bed.Engine.As("boss").ManageWorklists().RedirectAsync(new SerialNumber(new ProcessInstanceId(1), 1), Destination.User("A"), "System").AsTask(),
        bed => bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("System")).AsTask(),
        bed => bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("B").Except("Deciding", null, "System")).AsTask(),
        bed => bed.Engine.As("boss").OutOfOfficeOf("system").ReturnAsync().AsTask(),
        bed => BedAsync(to: all => all.Users("System")),
        bed => BedAsync(to: all => all.Users("A").Except("System")),
        async bed => await (await bed.ItemAsync("A", new ProcessInstanceId(1))).DelegateAsync(OfHost),
        bed => bed.Engine.As("boss").ManageWorklists()
            .SetActionRightAsync(new SerialNumber(new ProcessInstanceId(1), 1), "Approve", OfHost, isAllowed: true).AsTask(),
        bed => BedAsync(to: all => all.Users("A"), may: rights => rights.View(OfHost)),
        bed => BedAsync(to: all => all.Users("A"), sign: action => action.AllowedFor(OfHost)),
        bed => BedAsync(to: all => all.Users("A"), sign: action => action.DeniedFor(OfHost)),
        bed => Task.Run(() => new StaticDestinations().Manages("System", "A")),
        bed => Task.Run(() => new StaticDestinations().Manages("A", "system")),
    ];

    private static Destination OfHost => Destination.Stored(DestinationKind.User, "System");

    [Test]
    [Statement("14.7")]
    public async Task Nothing_can_be_given_to_a_user_who_is_called_like_the_host([Range(0, 14)] int attempt)
    {
        await using var bed = await BedAsync();
        await bed.BeginAsync();

        var exception = await Should.ThrowAsync<ArgumentException>(() => _toTheHost[attempt](bed));

        exception.Message.ShouldContain("map an automatic actor of that name to another user");
    }

    [TestCase(true)]
    [TestCase(false)]
    [Statement("14.7")]
    public async Task A_field_or_a_resolver_that_names_the_host_is_an_error(bool byResolver)
    {
        await using var bed = await BedAsync(to: all => _ = byResolver ? all.Role("R").ResolvedToUsers() : all.Users(Approver));

        var process = await bed.ReadAsync(await bed.BeginAsync(start => start.Set(Approver, "system")));

        process.Error!.Message.ShouldContain("map an automatic actor of that name to another user");
    }

    [Test]
    [Statement("14.7")]
    public async Task Roles_and_groups_may_be_called_so()
    {
        await using var bed = await BedAsync(to: all => all.Role("System").Group("system"));

        (await bed.ActiveAsync(await bed.BeginAsync(), "Decide")).Names().ShouldBe(["System", "system"]);
    }

    private static readonly Action<OutOfOfficeBuilder>[] _senseless =
    [
        _ => { },
        absence => absence.ForwardTo(),
        absence => absence.Except("Deciding", null),
        absence => absence.Between(null, WorkflowTestBed.Beginning.AddDays(1)),
        absence => absence.ForwardTo("A"),
        absence => absence.ForwardTo("B", "a"),
        absence => absence.ForwardTo("B").Except("Deciding", "Decide", "A"),
        absence => absence.ForwardTo("B").Between(null, WorkflowTestBed.Beginning.AddDays(-1)),
        absence => absence.ForwardTo("B").Between(WorkflowTestBed.Beginning.AddDays(-2), WorkflowTestBed.Beginning),
    ];

    [Test]
    [Statement("9.4")]
    public async Task An_absence_in_favour_of_nobody_or_of_oneself_is_refused_and_changes_nothing([Range(0, 8)] int absence)
    {
        await using var bed = await BedAsync();
        await bed.Engine.As("A").OutOfOffice.LeaveAsync(earlier => earlier.ForwardTo("C"));

        var exception = await Should.ThrowAsync<ArgumentException>(async () => await bed.Engine.As("A").OutOfOffice.LeaveAsync(_senseless[absence]));

        exception.Message.ShouldMatch("'A' would (be away|end)");
        (await bed.Engine.As("A").OutOfOffice.ReadAsync())!.ForwardTo.ShouldBe(["C"]);
    }

    [Test]
    [Statement("9.4")]
    public async Task An_absence_that_shares_some_tasks_only_or_keeps_some_is_accepted()
    {
        await using var bed = await BedAsync();

        await bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.Except("Deciding", null, "C"));
        await bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("C").Except("Deciding", null));

        (await bed.Engine.As("A").OutOfOffice.ReadAsync())!.Exceptions.ShouldHaveSingleItem().Users.ShouldBeEmpty();
    }
}
