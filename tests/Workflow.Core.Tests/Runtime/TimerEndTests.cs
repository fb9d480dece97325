using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Timers end with their owner in every way in which the work of people ends one. The ends that server events lead to are in
/// RandomWalkTests of the scheduler.</summary>
[TestFixture]
internal sealed class TimerEndTests
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly Rule _throws = Rule.Named("throws", _ => throw new InvalidOperationException("no"));

    /// <summary>The ways: the definition, what is done, and the owners that have ended by it, in the numbers of activity instance and destination.</summary>
    private static readonly (string Name, ProcessDefinition Definition, Func<WorkflowTestBed, StaticDestinations, Task> Act, string Ended)[] _ways =
    [
        ("the last answer is given", Work(Once, yes: 1), (bed, _) => AnswerAsync(bed, "ann"), "process, 1, 1/1, 1/1/event"),
        ("an event completes and the next one begins", Work(Once, yes: 1, events: 2), (bed, _) => AnswerAsync(bed, "ann"), "1/1/event"),
        ("one answer is enough", Work(Each, yes: 1), (bed, _) => AnswerAsync(bed, "bob"), "process, 1, 1/1, 1/1/event, 1/2, 1/2/event"),
        ("one answer is not enough", Work(Each, yes: 2), (bed, _) => AnswerAsync(bed, "bob"), "1/2, 1/2/event"),
        ("it is the turn of the next one", Work(InTurn, yes: 2), (bed, _) => AnswerAsync(bed, "ann"), "1/1, 1/1/event"),
        ("no answer is left and the activity expires", Work(Once, yes: 1, policy: WhenUnresolved.Expire), NoAsync, "process, 1, 1/1, 1/1/event"),
        ("no answer is left and all is completed", Work(Once, yes: 1, policy: WhenUnresolved.Complete), NoAsync, "process, 1, 1/1, 1/1/event"),
        ("no answer is left and the activity waits", Work(Once, yes: 1, policy: WhenUnresolved.Wait), NoAsync, "1/1, 1/1/event"),
        ("no answer is left and the instance fails", Work(Once, yes: 1, policy: WhenUnresolved.Fail), NoAsync, "1/1, 1/1/event"),
        ("a line throws behind an activity that has ended", Work(Once, yes: 1, line: _throws), (bed, _) => AnswerAsync(bed, "ann"), "1, 1/1, 1/1/event"),
        ("a user leaves the role", Work(Following(NoDestinations.Error), yes: 1), (bed, staff) => FollowAsync(bed, staff, "ann"), "1/2, 1/2/event"),
        (
            "everybody leaves the role and the activity is skipped", Work(Following(NoDestinations.SkipActivity), yes: 1),
            (bed, staff) => FollowAsync(bed, staff),
            "process, 1, 1/1, 1/1/event, 1/2, 1/2/event"),
        ("everybody leaves the role and the instance fails", Work(Following(NoDestinations.Error), yes: 1), (bed, staff) => FollowAsync(bed, staff), ""),
        ("a task is redirected", Work(Each, yes: 1), (bed, _) => bed.RedirectAsync("bob", _id, "dan"), ""),
        ("a task is delegated", Work(Each, yes: 1), (bed, _) => bed.DelegateAsync("bob", _id, "dan"), ""),
        ("a task is opened and released", Work(Each, yes: 1), (bed, _) => OpenAndReleaseAsync(bed, "bob"), ""),
        ("a task sleeps and wakes", Work(Each, yes: 1), (bed, _) => SleepAndWakeAsync(bed, "bob"), ""),
    ];

    private static IEnumerable<string> Names => _ways.Select(way => way.Name);

    [TestCaseSource(nameof(Names))]
    [CancelAfter(60_000)]
    [Statement("14.2")]
    [Statement("6.6")]
    public async Task Timers_end_with_their_owner_and_no_others_do_when(string name)
    {
        var (_, definition, actAsync, ended) = _ways.Single(way => way.Name == name);
        var staff = new StaticDestinations { { Destination.Role("Staff"), "ann", "bob" } };
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options =>
        {
            options.DestinationResolver = staff;
            options.ResidentInstances = 0;
        });
        await bed.StartAsync("dora");
        await PlantedTimers.PlantAsync(bed, _id, definition);
        var planted = PlantedTimers.AtWork(await PlantedTimers.LoadAsync(bed, _id, definition));

        await actAsync(bed, staff);

        var kept = await PlantedTimers.CheckAsync(bed, _id, definition, planted);
        planted.Except(kept).Select(Text).ShouldBe(ended.Split(", ", StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    private static string Text(TimerOwner owner) => owner switch
    {
        (0, _, _) => "process",
        (var activity, 0, _) => $"{activity.Invariant()}",
        (var activity, var destination, 0) => $"{activity.Invariant()}/{destination.Invariant()}",
        var (activity, destination, _) => $"{activity.Invariant()}/{destination.Invariant()}/event",
    };

    /// <summary>One activity, which ends after so many answers Yes. Behind it stands another, where its line is of interest.</summary>
    private static ProcessDefinition Work(
        Action<ActivityBuilder> plan, int yes, int events = 1, Rule? line = null, WhenUnresolved policy = WhenUnresolved.ByPlan) =>
        ProcessDefinition.Define("Work", process =>
    {
        process.OpenToAll();
        var work = process.Activity("Work", activity =>
        {
            plan(activity);
            for (var number = 1; number <= events; number++)
            {
                activity.Client($"Task {number.Invariant()}", task => task.Action("Yes").Action("No"));
            }

            activity.SucceedingRule(Answers.AtLeast(yes) == "Yes").WhenUnresolved(policy);
        });
        process.StartsWith(work);
        if (line is not null)
        {
            work.To(process.Activity("Next"), line);
        }
    });

    private static void Once(ActivityBuilder activity) => activity.Destinations(to => to.Users("ann")).PlanJustOnce();

    private static void Each(ActivityBuilder activity) => activity.Destinations(to => to.Users("ann", "bob")).PlanPerDestination();

    private static void InTurn(ActivityBuilder activity) => activity.Destinations(to => to.Users("ann", "bob")).PlanPerDestinationInTurn();

    private static Action<ActivityBuilder> Following(NoDestinations policy) => activity =>
        activity.Destinations(to => to.Role("Staff").ResolvedToUsers(keepSynchronized: true)).PlanPerDestination().WhenNobody(policy);

    private static async Task AnswerAsync(WorkflowTestBed bed, string user, string action = "Yes") =>
        await (await bed.ItemAsync(user, _id)).ExecuteAsync(action);

    private static Task NoAsync(WorkflowTestBed bed, StaticDestinations staff) => AnswerAsync(bed, "ann", "No");

    private static async Task FollowAsync(WorkflowTestBed bed, StaticDestinations staff, params string[] left)
    {
        staff.Replace(Destination.Role("Staff"), left);
        (await bed.AdvanceAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
    }

    private static async Task OpenAndReleaseAsync(WorkflowTestBed bed, string user)
    {
        await (await bed.ItemAsync(user, _id)).OpenAsync();
        await bed.ReleaseAsync(user, _id);
    }

    private static async Task SleepAndWakeAsync(WorkflowTestBed bed, string user)
    {
        await bed.SleepAsync(user, _id, seconds: 60);
        (await bed.AdvanceAsync(TimeSpan.FromSeconds(60))).ShouldBe(1);
    }
}
