using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Escalations;

/// <summary>For random definitions, users and hosts, the firings in the history are those of the oracle. It computes them from the definition and from the
/// actions of users and hosts.</summary>
[TestFixture]
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class EscalationPropertyTests
{
    private const int Plans = 10;
    private static readonly TimeSpan _horizon = TimeSpan.FromDays(30);

    [Test]
    [Statement("5.9")]
    [Statement("6.2")]
    [Statement("6.3")]
    [Statement("6.3b")]
    [Statement("6.4")]
    [Statement("6.4b")]
    [Statement("6.5")]
    [Statement("6.5b")]
    [Statement("6.6b")]
    public async Task Firings_are_those_of_the_oracle([Seeds(30)] int seed)
    {
        for (var index = 0; index < Plans; index++)
        {
            var random = new Random((seed * 1_000) + index);
            var plan = new RandomPlans(random).Plan();
            await CompareAsync(plan, random, $"seed {seed}, plan {index}");
        }
    }

    private static async Task CompareAsync(ProcessPlan plan, Random random, string which)
    {
        var oracle = new EscalationOracle(plan);
        await using var bed = await WorkflowTestBed.CreateAsync(PlanBuilder.Build(plan), options =>
        {
            Calendars.AddTo(options.WorkingHours);
            options.SilencedFindings = FindingIds.All;
        });
        bed.Clock.Set(plan.BeginsAt);
        oracle.Begin();
        var id = await bed.BeginAsync(start =>
        {
            for (var index = 0; index < plan.Dates.Count; index++)
            {
                if (plan.Dates[index] is { } date)
                {
                    start.Set(ProcessPlan.Fields[index], date);
                }
            }
        });

        var steps = new List<string>();
        for (var step = random.Next(5, 25); step > 0; step--)
        {
            steps.Add(await StepAsync(bed, oracle, random));
        }

        steps.Add(await AdvanceAsync(bed, oracle, _horizon));
        var story = $"{which}\n{plan}\n{string.Join('\n', steps)}\n";
        var history = await bed.HistoryAsync(id);
        history.Where(fact => fact.Kind is JournalKind.EscalationFired).Select(fact => EscalationOracle.Firing(fact.Time, fact.Name, fact.Detail))
            .ShouldBe(oracle.Firings, story);
        history.Where(fact => fact.Kind is JournalKind.EscalationNotArmed).Select(fact => fact.Name).ShouldBe(oracle.NotArmed, story);
        await CompareEndAsync(bed, oracle, id, story);
    }

    private static async Task CompareEndAsync(WorkflowTestBed bed, EscalationOracle oracle, ProcessInstanceId id, string story)
    {
        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(oracle.IsCompleted ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active, $"{process.Error?.Message}\n{story}");
        var armed = process.Escalations
            .Concat(process.Activities.SelectMany(activity => activity.Escalations))
            .Concat(process.Activities.SelectMany(activity => activity.Destinations).SelectMany(destination => destination.Escalations));
        armed.Select(escalation => EscalationOracle.Text(escalation.Name, escalation.DueAt, escalation.Number))
            .Order(StringComparer.Ordinal).ShouldBe(oracle.Armed, story);
        (await bed.Engine.FindTimersAsync(new() { ProcessInstance = id, Limit = 500 })).Count.ShouldBe(oracle.TimerCount, story);
        (await bed.WorklistAsync(PlanBuilder.User)).Count.ShouldBe(oracle.OpenTasks, story);
    }

    /// <summary>A host runs for a while, or none does, or another one begins, or the user finishes a task.</summary>
    private static async Task<string> StepAsync(WorkflowTestBed bed, EscalationOracle oracle, Random random)
    {
        switch (random.Next(20))
        {
            case < 6:
                var without = oracle.Now.AddMinutes(30 * random.Next(1, 48 * 4));
                bed.Clock.Set(without);
                oracle.Pass(without);
                return $"no host until {without:u}";

            case < 8 when oracle.OpenTasks > 0:
                var index = random.Next(oracle.OpenTasks);
                oracle.Finish(index);
                var tasks = await bed.WorklistAsync(PlanBuilder.User);
                if (index < tasks.Count)
                {
                    await bed.ActAsync(PlanBuilder.User, tasks[index].Serial, PlanBuilder.Action);
                }

                return $"task {index} of {tasks.Count}";

            case 8:
                await bed.RestartAsync();
                return "another host";

            default:
                return await AdvanceAsync(bed, oracle, TimeSpan.FromMinutes(10 * random.Next(1, 6 * 24 * 2)));
        }
    }

    private static async Task<string> AdvanceAsync(WorkflowTestBed bed, EscalationOracle oracle, TimeSpan time)
    {
        oracle.Advance(oracle.Now + time);
        await bed.AdvanceAsync(time);
        return $"a host until {oracle.Now:u}";
    }
}
