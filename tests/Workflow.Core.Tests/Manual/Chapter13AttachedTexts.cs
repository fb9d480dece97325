using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A text of the host stays with an instance.</summary>
[TestFixture]
public sealed class Chapter13AttachedTexts
{
    private const string Tenant = "tenant 7";

    private readonly List<string?> _seen = [];

    [SetUp]
    public void Clear() => _seen.Clear();

    private ProcessDefinition Child() => ProcessDefinition.Define("Child", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Work", activity => activity.Server("Code", context => _seen.Add($"child {context.AttachedText}"))));
    });

    /// <code>
    /// ► Begin ──(tenant 7?)──► Start a child ──► Fail ──►
    /// </code>
    private ProcessDefinition Parent() => ProcessDefinition.Define("Parent", process =>
    {
        process.OpenToAll().StartRule(Rule.Named("attached", context => Note($"start {context.AttachedText}")));
        var begin = process.Activity("Begin", activity => activity
            .Server("Code", context => _seen.Add($"code {context.AttachedText}"))
            .PureServer("Pure", context => _seen.Add($"pure {context.AttachedText}"))
            .Waits("Wait", define: wait => wait.Escalation("Late", TimeSpan.FromMinutes(1), then => then
                .Run("Tell", context => _seen.Add($"escalation {context.AttachedText}")))));
        var child = process.Activity("Start a child", activity => activity.StartsProcess("Child", "Child"));
        var fail = process.Activity("Fail", activity => activity.Server(
            "Code",
            _ => throw new IOException("no answer"),
            define: server => server.ExceptionRule(failure => Note($"failure {failure.AttachedText}") ? ExceptionDecision.Continue : ExceptionDecision.Error)));
        process.StartsWith(begin);
        begin.To(child, Rule.Named("line", context => Note($"line {context.AttachedText}")));
        child.To(fail);
    });

    private bool Note(string line)
    {
        _seen.Add(line);
        return true;
    }

    [Test]
    [Statement("13.13")]
    public async Task A_text_stays_with_the_instance_and_goes_to_its_sub_processes([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Parent(), Child()]);
        var id = (await bed.StartAsync("dora", start => start.Attach(Tenant))).Id;
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        await bed.AdvanceAsync(TimeSpan.FromMinutes(1));
        await bed.FinishAsync("bank", (await bed.ServerItemsAsync(id)).Single());

        _seen.Distinct().ShouldBe(
        [
            $"start {Tenant}", $"code {Tenant}", $"pure {Tenant}", $"escalation {Tenant}", $"line {Tenant}", $"child {Tenant}", $"failure {Tenant}",
        ]);
        (await bed.ReadAsync(id)).AttachedText.ShouldBe(Tenant);
        (await bed.ReadAsync(new ProcessInstanceId(2))).AttachedText.ShouldBe(Tenant);
        var begun = (await bed.HistoryAsync(id))[0];
        begun.ShouldSatisfyAllConditions(
            () => begun.Kind.ShouldBe(JournalKind.ProcessStarted),
            () => begun.Value.ShouldBe(FieldValue.From(Tenant)),
            () => begun.User.ShouldBe("dora"));
    }

    [Test]
    [Statement("13.13")]
    public async Task An_instance_without_a_text_has_none()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Child());

        var id = (await bed.StartAsync("dora")).Id;

        (await bed.ReadAsync(id)).AttachedText.ShouldBeNull();
        (await bed.HistoryAsync(id))[0].Value.IsNull.ShouldBeTrue();
        _seen.ShouldBe(["child "]);
    }

    [Test]
    [Statement("13.13")]
    public async Task A_text_has_1_to_256_characters()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Child());
        var dora = bed.Engine.As("dora");

        await Should.ThrowAsync<ArgumentException>(async () => await dora.StartAsync("Child", start => start.Attach("")));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await dora.StartAsync("Child", start => start.Attach(new string('a', 257))));
        await Should.ThrowAsync<ArgumentException>(async () => await dora.StartAsync("Child", start => start.Attach("\ud800")));
        await dora.StartAsync("Child", start => start.Attach(new string('a', 256)));
    }

    [Test]
    [Statement("13.13")]
    [Statement("13.7")]
    public async Task A_start_under_a_key_is_the_same_only_with_the_same_text()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Child());
        var dora = bed.Engine.As("dora").Once("mail 4711");
        var first = await dora.StartAsync("Child", start => start.Attach(Tenant));

        (await dora.StartAsync("Child", start => start.Attach(Tenant))).Id.ShouldBe(first.Id);
        await Should.ThrowAsync<IdempotencyKeyException>(async () => await dora.StartAsync("Child", start => start.Attach("tenant 8")));
        await Should.ThrowAsync<IdempotencyKeyException>(async () => await dora.StartAsync("Child"));
    }

    [Test]
    [Statement("13.13")]
    [Statement("14.1")]
    public async Task A_replay_attaches_the_text_again()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Child());
        var id = (await bed.StartAsync("dora", start => start.Attach(Tenant))).Id;

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.ReadAsync(id)).AttachedText.ShouldBe(Tenant);
        (await replay.StoredBytesAsync(id)).ShouldBe(await bed.StoredBytesAsync(id));
    }

    [Test]
    [Statement("13.13")]
    public async Task A_service_of_a_scope_knows_for_which_instance_it_is()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton(_seen)
            .AddScoped<Tables>()
            .AddScoped<IDestinationResolver, Members>()
            .AddProcess(_ => ProcessDefinition.Define("Filing", process =>
            {
                process.OpenToAll();
                var file = process.Activity("File", activity => activity.Server<Clerk>("Code"));
                process.StartsWith(file);
                file.To(process.Activity("Sign", activity => activity
                    .PlanPerDestination()
                    .Destinations(to => to.Role("Clerks").ResolvedToUsers())
                    .Client("Sign", task => task
                        .Redirect("Pass on", to => to.Question("Next"), action => action.DeniedFor(Destination.Role("Trainees")))
                        .Action("Done"))));
            }))
            .AddWorkflowEngine()
            .BuildServiceProvider(validateScopes: true);
        var engine = provider.GetRequiredService<WorkflowEngine>();

        await engine.As("dora").StartAsync("Filing", start => start.Attach(Tenant));
        await engine.As("dora").StartAsync("Filing");
        await engine.As("ann").Worklist.ListAsync();
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(new ProcessInstanceId(1), 2), "Pass on");

        _seen.ShouldBe(
        [
            $"code 1 Filing {Tenant}", $"members 1 Filing {Tenant}", "code 2 Filing ", "members 2 Filing ", "memberships   ",
            $"memberships 1 Filing {Tenant}", $"question 1 Filing {Tenant}",
        ]);
    }

    private sealed class Tables(WorkflowCall call, List<string?> seen)
    {
        public void Note(string what) => seen.Add($"{what} {call.ProcessInstance} {call.Definition} {call.AttachedText}");
    }

    private sealed class Clerk(Tables tables) : IServerEventCode
    {
        public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation)
        {
            tables.Note("code");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Members(Tables tables) : IDestinationResolver
    {
        public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation)
        {
            tables.Note("members");
            return ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(
                rolesAndGroups.ToDictionary(role => role, _ => (IReadOnlyList<string>)["ann"]));
        }

        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation)
        {
            tables.Note("memberships");
            return ValueTask.FromResult<IReadOnlyList<Destination>>([]);
        }

        public ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation)
        {
            tables.Note("question");
            return ValueTask.FromResult<IReadOnlyList<Destination>?>([Destination.User("bob")]);
        }

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
    }
}
