using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Determinism;

/// <summary>Runs that use as much of the library as possible, to be compared byte for byte.</summary>
internal static class Runs
{
    private static readonly ProcessField<IReadOnlyList<string>> Orders = new("Orders");
    private static readonly ProcessField<decimal> Total = new("Total", initial: 0.10m);
    private static readonly ProcessField<double> Rate = new("Rate", initial: 1.5);
    private static readonly ProcessField<string> Title = new("Title", initial: "İıIi");
    private static readonly ProcessField<DateTimeOffset> Due = new("Due");
    private static readonly ProcessField<bool> Break = new("Break", initial: false);
    private static readonly ActivityField<long> Packed = new("Packed", initial: 0L);
    private static readonly DestinationField<int> Score = new("Score", initial: 0);

    /// <code>
    ///     ┌─► Pack (a slot for each order; 2 with Score >= 5) ──┬─ Total > 1 ─► Bill (pure, then waits) ─┐
    /// ►───┤                                                     └─ else ──────► Give away ──►            │
    ///     └─► Watch (a stall when its rule is false) ──►              Archive (maybe breaks) ◄───────────┘
    /// </code>
    public static readonly ProcessDefinition Shop = ProcessDefinition.Define("Shop", process =>
    {
        process.OpenToAll().Fields(Orders, Total, Rate, Title, Due, Break);
        var pack = process.Activity("Pack", activity => activity
            .Fields(Packed, Score)
            .PlanPerSlot(Slots.ForEach(Orders))
            .Server("Prepare", context =>
            {
                context.Set(Packed, context.Get(Packed) + 1);
                context.Set(Total, context.Get(Total) + 0.45m);
            })
            .Server("Pack", context => context.WaitUntilFinished($"{context.InstanceData}"))
            .SucceedingRule(Answers.AtLeast(2).Satisfy(Score >= 5)));
        var watch = process.Activity("Watch", activity => activity.Server("Look", _ => { }, succeedingRule: Title == "iiii"));
        var bill = process.Activity("Bill", activity => activity.PureServer("Rate", context => context.Set(Rate, context.Get(Rate) / 3)).Waits());
        var free = process.Activity("Give away");
        var archive = process.Activity("Archive", activity => activity.Server("Archive", context =>
        {
            context.Set(Title, context.Get(Title).ToUpperInvariant());
            if (context.Get(Break))
            {
                throw new InvalidOperationException("the archive is full");
            }
        }));
        process.StartsWith(pack).StartsWith(watch);
        pack.To(bill, when: Total > 1m).To(free, when: !(Total > 1m));
        bill.To(archive);
    });

    public static async Task<WorkflowTestBed> PlayAsync(Action<WorkflowOptions>? configure = null, bool breaks = false, bool restarts = false)
    {
        var bed = await WorkflowTestBed.CreateAsync(Shop, configure);
        var id = await bed.BeginAsync(start => start
            .Folio("Größe 𝄞")
            .Set(Orders, ["ink", "paper", "chairs"])
            .Set(Due, new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(1)))
            .Set(Break, breaks));
        await NextAsync(bed, restarts);
        await bed.FinishAsync("bank", new SerialNumber(id, 3), finish => finish.Set(Score, 7));
        await NextAsync(bed, restarts);
        await Should.ThrowAsync<ServerItemFinishedException>(() => bed.FinishAsync("other", new SerialNumber(id, 3)));
        await Should.ThrowAsync<DataFieldException>(() => bed.FinishAsync("bank", new SerialNumber(id, 1), finish => finish.Set("None", FieldValue.Null)));
        await bed.FinishAsync("post", new SerialNumber(id, 1), finish => finish.Set(Score, 5).Set(Rate, 0.1));
        await NextAsync(bed, restarts);
        await bed.FinishAsync(id, "Bill");
        await bed.StartAsync("eve", start => start.Set(Orders, []));
        return bed;
    }

    /// <summary>Every stored byte of all instances, and what the search of server items tells.</summary>
    public static async Task<string> BytesAsync(this WorkflowTestBed bed)
    {
        var items = await bed.Store.FindServerItemsAsync(new() { Status = null, Limit = 500 }, CancellationToken.None);
        return await bed.StoredBytesAsync(new(1)) + await bed.StoredBytesAsync(new(2)) + string.Join(
            '\n',
            items.Select(item => string.Create(
                CultureInfo.InvariantCulture,
                $"{item.Serial} {item.Event} {item.CorrelationKey} {item.Status} {item.StartedAt:O} {item.EndedAt:O} {item.EndedBy}")));
    }

    private static async Task NextAsync(WorkflowTestBed bed, bool restarts)
    {
        bed.Clock.Advance(TimeSpan.FromMinutes(90) + TimeSpan.FromTicks(7));
        if (restarts)
        {
            await bed.RestartAsync();
        }
    }
}
