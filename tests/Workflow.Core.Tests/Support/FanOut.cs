using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>One process with many sub-processes, which all end at once. Nothing is lost and nothing comes twice.</summary>
/// <param name="newStore">Opens the store, for each host anew.</param>
/// <param name="children">How many sub-processes there are.</param>
internal sealed class FanOut(Func<IProcessStore> newStore, int children)
{
    private const int Callers = 16;

    private static readonly ProcessField<IReadOnlyList<int>> Lines = new("Lines");
    private static readonly ProcessField<int> Line = new("Line", 0);
    private static readonly ProcessField<int> Doubled = new("Doubled", 0);
    private static readonly DestinationField<int> Result = new("Result", 0);
    private static readonly ProcessField<int> Sum = new("Sum", 0);

    /// <summary>Starts the process, ends all sub-processes from many callers, and looks at what has come of it.</summary>
    /// <param name="hosts">How many hosts deliver the messages.</param>
    public async Task RunAsync(int hosts)
    {
        var engines = new List<WorkflowEngine>();
        for (var host = 0; host < hosts; host++)
        {
            engines.Add(WorkflowEngine.Create(options =>
            {
                options.SilencedFindings = FindingIds.All;
                options.Store = newStore();
                options.TakesUpWork = false;
            }));
            await engines[^1].DeployAsync([Order(), Delivery()]);
        }

        try
        {
            var system = engines[0].AsSystem();
            var parent = (await engines[0].As("dora").StartAsync("Order", start => start.Set(Lines, [.. Enumerable.Range(1, children)]))).Id;
            await Task.WhenAll(engines.Select(engine => Task.Run(async () => await engine.DeliverMessagesAsync())));
            var family = await system.ReadFamilyAsync(parent, limit: 10_000);
            List<SerialNumber> serials = [.. family.SubProcesses.Select(child => new SerialNumber(child.Process.Id, 1))];

            serials.Count.ShouldBe(children);
            var answers = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                for (var index = caller; index < serials.Count; index += Callers)
                {
                    await engines[index % engines.Count].As("ann").Worklist.ExecuteAsync(serials[index], "Delivered");
                }
            })));

            // Each host delivers what it finds, so they race for the same messages while the answers come in.
            await Task.WhenAll(engines.Select(engine => Task.Run(async () =>
            {
                while (!answers.IsCompleted || await engine.DeliverMessagesAsync() > 0)
                {
                    await engine.DeliverMessagesAsync();
                }
            })));
            await answers;

            (await system.ReadAsync(parent)).Status.ShouldBe(ProcessInstanceStatus.Completed);
            (await system.ReadAsync(parent)).Fields.Get<int>("Sum").ShouldBe(children * (children + 1));
            (await CountAsync(system, parent, hasEnded: true)).ShouldBe(children);
            (await newStore().FindMessagesAsync(new MessageQuery { Limit = 1 }, CancellationToken.None)).ShouldBeEmpty();
            var facts = await FactsAsync(system, parent);
            facts.Count(kind => kind is JournalKind.SubProcessStarted).ShouldBe(children);
            facts.Count(kind => kind is JournalKind.SubProcessEnded).ShouldBe(children);
            facts.Count(kind => kind is JournalKind.SubProcessEndIgnored).ShouldBe(0);
            facts.Count(kind => kind is JournalKind.ProcessCompleted).ShouldBe(1);
        }
        finally
        {
            foreach (var engine in engines)
            {
                await engine.DisposeAsync();
            }
        }
    }

    private static ProcessDefinition Order() => ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll().Fields(Lines, Sum);
        var deliver = process.Activity("Deliver", activity => activity
            .Fields(Result)
            .PlanPerSlot(Slots.ForEach(Lines))
            .StartsProcess("Deliver a line", "Delivery", child => child.SendSlotData(Line).Receive(Doubled, Result))
            .SucceedingRule(Answers.AllGiven));
        process.StartsWith(deliver);
        deliver.To(process.Activity("Add up", activity => activity.PureServer("Add", code => code.Set(Sum, code.Get(Lines)!.Sum() * 2))));
    });

    private static ProcessDefinition Delivery() => ProcessDefinition.Define("Delivery", process =>
    {
        process.OpenToAll().Fields(Line, Doubled);
        var deliver = process.Activity("Deliver", activity => activity
            .Destinations(to => to.Users("ann")).Client("Deliver it", task => task.Action("Delivered")));
        process.StartsWith(deliver);
        deliver.To(process.Activity("Double", activity => activity.PureServer("Double", code => code.Set(Doubled, code.Get(Line) * 2))));
    });

    private static async Task<int> CountAsync(WorkflowConnection system, ProcessInstanceId parent, bool hasEnded)
    {
        var count = 0;
        var query = new ProcessQuery { Parent = parent, HasEnded = hasEnded, Limit = 500 };
        while (true)
        {
            var page = await system.FindProcessesAsync(query);
            count += page.Count;
            if (page.Count < query.Limit)
            {
                return count;
            }

            query = query with { After = page[^1].Id };
        }
    }

    private static async Task<List<JournalKind>> FactsAsync(WorkflowConnection system, ProcessInstanceId id)
    {
        var kinds = new List<JournalKind>();
        long after = 0;
        while (await system.ReadHistoryAsync(id, after, 500) is { Count: > 0 } page)
        {
            kinds.AddRange(page.Select(fact => fact.Kind));
            after = page[^1].Number;
        }

        return kinds;
    }
}
