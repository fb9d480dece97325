using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Members of an exclusive group come and end in a random order. A queue that knows nothing of the engine says who is at work and who waits.</summary>
[TestFixture]
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
public sealed class Chapter13GroupOrders
{
    private const int Steps = 40;

    [Test]
    [Statement("13.1f")]
    public async Task Never_two_are_at_work_and_none_is_overtaken_and_none_waits_for_a_free_group([Values(2, 3, 4)] int members, [Seeds(8)] int seed)
    {
        var random = new Random((members * 1_000) + seed);
        string[] names = [.. Enumerable.Range(1, members).Select(number => $"M{number.Invariant()}")];
        await using var bed = await WorkflowTestBed.CreateAsync(Define(names), options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        var queue = new List<string>();
        var story = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            var name = names[random.Next(members)];
            switch (random.Next(10))
            {
                case < 5:
                    story.Add($"arrive {name}");
                    await bed.Admin().GoToAsync(id, name, Expiring.Only("Nobody"));
                    queue.Add(name);
                    break;
                case < 8 when queue.Count > 0:
                    story.Add("finish");
                    await bed.FinishAsync(id, queue[0]);
                    queue.RemoveAt(0);
                    break;
                case 8 when queue.Contains(name):
                    story.Add($"expire {name}");
                    await bed.Admin().ExpireActivityAsync(id, name);
                    queue.RemoveAll(waiting => waiting == name);
                    break;
                default:
                    story.Add("stop, restart and resume");
                    await bed.Admin().StopAsync(id);
                    await bed.RestartAsync();
                    await bed.Admin().ResumeAsync(id);
                    break;
            }

            var activities = (await bed.ReadAsync(id)).Activities.Where(activity => activity.Name != "Alive").ToList();
            var where = string.Join("; ", story);
            var atWork = activities.Where(activity => activity.Destinations.Count > 0).ToList();
            atWork.Select(activity => activity.Name).ShouldBe(queue.Take(1), where);
            atWork.ShouldAllBe(activity => activity.HoldsGroup && activity.Wait == null, where);
            activities.Except(atWork).OrderBy(activity => activity.Wait!.Behind.Count).Select(activity => activity.Name).ShouldBe(queue.Skip(1), where);
            activities.Except(atWork).ShouldAllBe(activity => activity.Wait!.HeldBy.Single() == atWork[0], where);
        }
    }

    private static ProcessDefinition Define(string[] names) => Orders.Define(process =>
    {
        process.StartsWith(process.Activity("Alive", activity => activity.Waits()));
        process.Activity("Nobody");
        foreach (var name in names)
        {
            process.Activity(name, activity => activity.Waits());
        }

        process.Exclusive(names);
    });
}
