using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A resolver that misbehaves when it is asked again at a role interval, or when a task is planned.</summary>
[TestFixture]
public sealed class Chapter04SynchronizingFailures
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);

    /// <summary>Answers that are none, by what is wrong with them.</summary>
    private static readonly Dictionary<string, ResolverAnswer> _answers = new()
    {
        ["throws"] = (_, _) => throw new IOException("the directory is down"),
        ["throws later"] = async (_, _) =>
        {
            await Task.Yield();
            throw new IOException("the directory is down");
        },
        ["null"] = (_, _) => ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(null!),
        ["null for a role"] = (asked, _) => ValueTask.FromResult(AskedResolver.Answers(asked, _ => null!)),
        ["a role is left out"] = (_, _) => ValueTask.FromResult(AskedResolver.Answers([], _ => [])),
        ["a blank name"] = (asked, _) => ValueTask.FromResult(AskedResolver.Answers(asked, _ => ["A", " "])),
        ["a null name"] = (asked, _) => ValueTask.FromResult(AskedResolver.Answers(asked, _ => ["A", null!])),
        ["a million names"] = (asked, _) =>
            ValueTask.FromResult(AskedResolver.Answers(asked, _ => [.. Enumerable.Range(1, 1_000_000).Select(number => $"U{number}")])),
    };

    private static IEnumerable<string> Answers => _answers.Keys;

    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget() => _resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A", "B" } });

    private async Task<WorkflowTestBed> BedAsync(NoDestinations policy = NoDestinations.Error)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.PlanPerDestination()
                .Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)).WhenNobody(policy)),
            options =>
            {
                options.DestinationResolver = _resolver;
                options.ResolverTimeout = TimeSpan.FromSeconds(7);
            });
        await bed.StartAsync("dora");
        return bed;
    }

    [Test]
    [Statement("4.8")]
    [Statement("14.8")]
    public async Task When_a_task_is_planned_the_instance_goes_into_error_and_nobody_has_a_task([ValueSource(nameof(Answers))] string answer)
    {
        _resolver.Members = _answers[answer];
        await using var bed = await BedAsync();

        var error = await bed.ShouldHaveFailedToPlanAsync(_id);

        error.Message.ShouldNotContain("Object reference");
        (await bed.EverybodyAsync()).ShouldBe("");
        (await bed.SeesAllAsync("A")).ShouldBe("");
    }

    [Test]
    [Statement("4.9")]
    [Statement("14.8")]
    public async Task At_a_role_interval_the_destinations_stay_as_they_were_and_follow_when_it_is_well_again([ValueSource(nameof(Answers))] string answer)
    {
        await using var bed = await BedAsync();
        _resolver.Members = _answers[answer];

        await bed.AdvanceAsync(_interval);
        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ActiveAsync(_id)).Names().ShouldBe(["A", "B"]);
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");

        _resolver.Members = null;
        _resolver.Directory.Replace(Destination.Role("R"), "A", "B", "D");
        await bed.AdvanceAsync(_interval);
        (await bed.SeesAsync("D")).ShouldBe("1_3 Available");
    }

    [Test]
    [Statement("4.9")]
    [Statement("4.8")]
    public async Task At_a_role_interval_a_resolver_that_does_not_answer_is_given_up([Values] bool heedsCancellation)
    {
        await using var bed = await BedAsync();
        var never = new TaskCompletionSource();
        _resolver.Members = async (asked, cancellation) =>
        {
            await never.Task.WaitAsync(heedsCancellation ? cancellation : CancellationToken.None);
            return AskedResolver.Answers(asked, _ => ["late"]);
        };

        var advancing = bed.AdvanceAsync(_interval);
        await _resolver.Reached;
        bed.Clock.Advance(TimeSpan.FromSeconds(7));
        await advancing;

        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.ActiveAsync(_id)).Names().ShouldBe(["A", "B"]);
        never.SetResult();
        (await bed.SeesAllAsync("late")).ShouldBe("");
        (await bed.SeesAsync("B")).ShouldBe("1_2 Available");
    }

    [Test]
    [Statement("4.12")]
    [Statement("14.8")]
    public async Task An_activity_that_waits_for_a_role_goes_on_waiting_or_is_in_error_and_nobody_is_planned([ValueSource(nameof(Answers))] string answer)
    {
        _resolver.Directory.Replace(Destination.Role("R"));
        await using var bed = await BedAsync(NoDestinations.WaitForRole);
        _resolver.Members = _answers[answer];

        await bed.AdvanceAsync(_interval);

        (await bed.StatusAsync(_id)).ShouldBeOneOf(ProcessInstanceStatus.Active, ProcessInstanceStatus.Error);
        (await bed.ActiveAsync(_id)).Destinations.ShouldBeEmpty();
        (await bed.EverybodyAsync()).ShouldBe("");
    }
}
