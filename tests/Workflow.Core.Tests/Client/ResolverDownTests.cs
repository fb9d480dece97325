using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>Shows what users can do while the resolver does not answer.</summary>
[TestFixture]
public sealed class ResolverDownTests
{
    private readonly ScriptedResolver _resolver = new(new StaticDestinations { { Destination.Role("R"), "A", "B" } });

    private async Task<WorkflowTestBed> BedAsync(Action<DestinationBuilder> to, Action<Core.Runtime.WorkflowOptions>? configure = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            [
                Staff.Deciding(activity => activity.Destinations(to).PlanJustOnce(Slots.Number(2)), "Both"),
                Staff.Deciding(activity => activity.Destinations(all => all.Role("R")), "Roles"),
            ],
            options =>
            {
                options.DestinationResolver = _resolver;
                configure?.Invoke(options);
            });
        await bed.StartAsync("Both", "dora");
        await bed.StartAsync("Roles", "dora");
        return bed;
    }

    [SetUp]
    public void Answer() => _resolver.Memberships = null;

    private void FallSilent() => _resolver.Memberships = (_, _) => throw new IOException("down");

    private static IEnumerable<TestCaseData> BadAnswers()
    {
        yield return Case("null", () => null!);
        yield return Case("a role without a name", () => [default]);
        yield return Case("an exception", () => throw new IOException("down"));
        IReadOnlyList<Destination> many = [.. Enumerable.Range(1, 10_001).Select(number => Destination.Group($"G{number.Invariant()}"))];
        yield return Case("too many", () => many);

        static TestCaseData Case(string says, Func<IReadOnlyList<Destination>> answer) => new TestCaseData(answer).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(BadAnswers))]
    [Statement("4.8")]
    public async Task An_answer_that_cannot_be_used_is_none(Func<IReadOnlyList<Destination>> answer)
    {
        await using var bed = await BedAsync(to => to.Users("A"));
        _resolver.Memberships = (_, _) => ValueTask.FromResult(answer());

        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.8")]
    [Statement("14.7b")]
    public async Task Users_list_open_and_do_what_names_them_directly([Values] bool besideARole)
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(to => _ = besideARole ? to.Role("R").Users("A") : to.Users("A"), options => options.LoggerFactory = log);
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available, 2_1 Available");

        FallSilent();
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        await Should.ThrowAsync<DestinationResolverException>(() => bed.OpenAsync("A", new SerialNumber(new(2), 1)));
        await bed.OpenAsync("A", new SerialNumber(new(1), 1));
        await bed.ActAsync("A", "Approve");

        log.Warnings.Where(warning => warning.Contains("groups of 'A' are unknown", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain(
            "only the tasks, instances and server items that name the user directly");
        Answer();
        (await bed.SeesAsync("A")).ShouldBe("2_1 Available");
        FallSilent();
        (await bed.SeesAsync("A")).ShouldBe("");
        log.Warnings.Count(warning => warning.Contains("groups of 'A' are unknown", StringComparison.Ordinal)).ShouldBe(2, "it has answered in between");
    }

    [Test]
    [Statement("4.8")]
    [Statement("1.12")]
    [Statement("9.4")]
    [Statement("9.5")]
    public async Task Delegates_substitutes_and_managers_act_while_the_resolver_is_down()
    {
        _resolver.Directory.Manages("M", "A");
        await using var bed = await BedAsync(to => to.Users("A", "C"));
        await bed.DelegateAsync("A", new(1), "D");
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("E"));

        FallSilent();

        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for A");
        (await bed.SeesAsync("E")).ShouldBe("1_1 Available for C");
        Staff.Text(await bed.Engine.As("M").Worklist.ListManagedAsync("A")).ShouldBe("1_1 Available for A");
        await bed.ActAsync("D", "Approve");
        await bed.ActAsync("E", "Approve");
        (await bed.AnsweredAsync(new(1))).ShouldBe("D Approve for A, E Approve for C");
    }

    [Test]
    [Statement("4.8")]
    [Statement("9.1")]
    [Statement("7.2")]
    public async Task Lists_of_instances_server_items_and_everybodys_tasks_show_what_names_the_user_directly()
    {
        using var log = new WarningLog();
        await using var bed = await BedAsync(to => to.Users("A"), options => options.LoggerFactory = log);
        await bed.Engine.DeployAsync(Seen("Own", rights => rights.View("A").ServerEvent("A").Admin("A")));
        await bed.Engine.DeployAsync(
            Seen("Of the role", rights => rights.View(Destination.Role("R")).ServerEvent(Destination.Role("R")).Admin(Destination.Role("R"))));
        await bed.Engine.DeployAsync(Seen("Taking part", rights => rights.ViewParticipate("A")));
        foreach (var (name, user) in ((string, string)[])[("Own", "dora"), ("Of the role", "dora"), ("Taking part", "A"), ("Taking part", "dora")])
        {
            await bed.StartAsync(name, user);
        }

        (await ListedAsync()).ShouldBe("instances 3 4 5, items 3 4, tasks 3 4");

        FallSilent();

        (await ListedAsync()).ShouldBe("instances 3 5, items 3, tasks 3");
        log.Warnings.Count(warning => warning.Contains("groups of 'A' are unknown", StringComparison.Ordinal)).ShouldBe(1);
        var engine = bed.Engine.As("A");
        (await engine.FindProcessesAsync(new() { Definition = "Own" })).Count.ShouldBe(1);
        (await engine.FindServerItemsAsync(new() { Definition = "Own" })).Count.ShouldBe(1);
        (await engine.ManageWorklists().ListAsync(new WorklistQuery { Definition = "Own" })).Count.ShouldBe(1);
        await Should.ThrowAsync<DestinationResolverException>(async () => await engine.FindServerItemsAsync(new() { Definition = "Of the role" }));

        async Task<string> ListedAsync()
        {
            var user = bed.Engine.As("A");
            var instances = (await user.FindProcessesAsync()).Select(record => record.Id.Value);
            var items = (await user.FindServerItemsAsync(new())).Select(item => item.Serial.ProcessInstance.Value);
            var tasks = (await user.ManageWorklists().ListAsync()).Select(entry => entry.Serial.ProcessInstance.Value);
            return $"instances {string.Join(' ', instances)}, items {string.Join(' ', items)}, tasks {string.Join(' ', tasks)}";
        }
    }

    /// <summary>A server item that waits, beside a task of somebody.</summary>
    private static ProcessDefinition Seen(string name, Action<RightsBuilder> rights) => ProcessDefinition.Define(name, process =>
    {
        process.Rights(all => rights(all.Everyone(ProcessRight.Start)));
        process.StartsWith(process.Activity("Wait", activity => activity.Server("Call", (context, _) =>
        {
            context.WaitUntilFinished();
            return ValueTask.CompletedTask;
        })));
        process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("clara")).ApprovesOrRejects()));
    });

    [Test]
    [Statement("4.8")]
    public async Task A_list_asks_for_the_roles_of_each_user_once()
    {
        await using var bed = await BedAsync(to => to.Role("R"));
        for (var round = 0; round < 3; round++)
        {
            var id = (await bed.StartAsync("Roles", "dora")).Id;
            await bed.DelegateAsync("B", id, "D");
        }

        var before = _resolver.UsersAsked.Count;
        (await bed.SeesAsync("D")).ShouldBe("3_1 Available for B, 4_1 Available for B, 5_1 Available for B");

        _resolver.UsersAsked.Skip(before).ShouldBe(["D", "B"]);
    }

    [Test]
    [Statement("4.8")]
    [Statement("13.2")]
    public async Task A_resolver_that_does_not_answer_in_time_is_asked_once_for_a_list()
    {
        await using var bed = await BedAsync(to => to.Users("A"), options => options.ResolverTimeout = TimeSpan.FromSeconds(30));
        foreach (var absent in (string[])["F", "G", "H"])
        {
            await bed.Engine.As(absent).OutOfOffice.LeaveAsync(absence => absence.ForwardTo("A"));
        }

        var before = _resolver.UsersAsked.Count;
        var never = new TaskCompletionSource<IReadOnlyList<Destination>>();
        _resolver.Memberships = (_, token) => new ValueTask<IReadOnlyList<Destination>>(never.Task.WaitAsync(token));
        var listing = bed.SeesAsync("A");
        await _resolver.Reached;
        bed.Clock.Advance(TimeSpan.FromSeconds(30));

        (await listing).ShouldBe("1_1 Available");
        _resolver.UsersAsked.Skip(before).ShouldBe(["A"]);
    }

    [Test]
    [Statement("1.13")]
    public async Task A_batch_has_five_hundred_tasks_at_most_and_so_have_the_other_lists_of_one_call()
    {
        await using var bed = await BedAsync(to => to.Users("A"));
        SerialNumber[] Many(int count) => [.. Enumerable.Range(1, count).Select(number => new SerialNumber(new(1), number))];
        string[] names = [.. Enumerable.Range(1, 501).Select(number => $"user{number.Invariant()}")];
        var worklist = bed.Engine.As("A").Worklist;
        var tooMany = Many(501);
        foreach (var call in new Func<Task>[]
        {
            () => worklist.ExecuteAsync(tooMany, "Approve").AsTask(),
            () => worklist.RedirectAsync(tooMany, "B").AsTask(),
            () => worklist.DelegateAsync(tooMany, Destination.User("B")).AsTask(),
            () => worklist.SleepAsync(tooMany, TimeSpan.Zero).AsTask(),
            () => worklist.ListAsync(new WorklistQuery { Statuses = [.. Enumerable.Repeat(Core.Instances.WorklistItemStatus.Open, 501)] }).AsTask(),
            () => bed.Boss().ListAsync(new WorklistQuery { Statuses = [.. Enumerable.Repeat(Core.Instances.WorklistItemStatus.Open, 501)] }).AsTask(),
            () => bed.Engine.As("A").FindProcessesAsync(
                new ProcessQuery { Fields = [.. Enumerable.Repeat(new Core.Records.IndexedField("x", "y"), 501)] }).AsTask(),
            () => bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo(names)).AsTask(),
            () => bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("B").Except("Both", null, names)).AsTask(),
            () => bed.DelegateAsync("A", new(1), "B", names),
        })
        {
            (await bed.ShouldRefuseAsync<ArgumentException>(new(1), call)).Message.ShouldContain("500 are the most in one call");
        }

        var results = await worklist.ExecuteAsync(Many(500), "Approve");
        results.Count.ShouldBe(500);
        results[0].Error.ShouldBeNull();
    }
}
