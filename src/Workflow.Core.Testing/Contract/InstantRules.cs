using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for instants: they are kept to the tick, from the first to the last, and are the same wherever they come from.</summary>
internal static class InstantRules
{
    private const string Source = "IProcessStore";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("The first and the last instant there are can be stored in everything that has one", Source, ExtremesAsync),
        new("Timers are found at the first and at the last instant there are", "TimerQuery", TimersAsync),
        new("Instants are compared as instants, regardless of their offset", Source, OffsetsAsync),
        new("Instants come back in UTC", Source, UtcAsync),
    ];

    private static async Task ExtremesAsync(StoreTrial trial)
    {
        foreach (var instant in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
        {
            var id = await trial.ReserveAsync();
            var record = Record(id) with { Status = ProcessInstanceStatus.Completed, StartedAt = instant, EndedAt = instant };
            var item = Item(id, 1) with { StartedAt = instant, EndedAt = instant };
            var timer = Timer(id, 1, 0) with { DueAt = instant };
            var header = Header(id, 1) with { StartedAt = instant };
            var absence = new OutOfOffice { User = "cy", ForwardTo = [], From = instant, Until = instant };
            await trial.CommitAsync(New(id) with
            {
                Record = record, ServerItems = [item], ArmedTimers = [timer], Worklist = [Opened(header, "ann")],
                Request = Request($"key {id}", id) with { At = instant },
            });
            await trial.Store.SaveAsync("cy", absence, CancellationToken.None);

            trial.Expect(Shown.Record(record), Shown.Record(await trial.RecordAsync(id)), "the record");
            trial.Expect(Shown.Item(item), Shown.Item(await trial.Store.FindServerItemAsync(item.Serial, CancellationToken.None)), "the server item");
            var timers = await trial.Store.FindTimersAsync(new() { ProcessInstance = id }, CancellationToken.None);
            trial.Expect(Shown.Timer(timer), Shown.Joined(timers.Select(Shown.Timer)), "the timer");
            trial.Expect(Shown.Header(header), Shown.Header((await trial.TaskAsync(header.Serial)).Header), "the task");
            trial.Expect(
                Shown.At(instant), Shown.At((await trial.Store.FindRequestAsync($"key {id}", CancellationToken.None))?.At), "the instant of the request");
            trial.Expect(Shown.Absence(absence), Shown.Absence(await trial.Store.FindAbsenceAsync("cy", CancellationToken.None)), "the absence");
        }
    }

    private static async Task TimersAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            ArmedTimers =
            [
                Timer(commit.ProcessInstance, 1, 0) with { DueAt = DateTimeOffset.MaxValue },
                Timer(commit.ProcessInstance, int.MaxValue, 0) with { DueAt = DateTimeOffset.MaxValue },
                Timer(commit.ProcessInstance, 2, 0) with { DueAt = DateTimeOffset.MinValue },
            ],
        });
        var store = trial.Store;

        trial.Expect(Shown.At(DateTimeOffset.MinValue), Shown.At(await store.NextDueAsync(null, CancellationToken.None)), "when the first timer is due");
        trial.Expect(Shown.At(DateTimeOffset.MaxValue), Shown.At(await store.NextDueAsync(Beginning, CancellationToken.None)), "when the next timer is due");
        trial.Expect("-", Shown.At(await store.NextDueAsync(DateTimeOffset.MaxValue, CancellationToken.None)), "when a timer is due after the last instant");
        var first = await store.FindTimersAsync(new() { DueUntil = DateTimeOffset.MinValue }, CancellationToken.None);
        trial.Expect($"{id}/2", Shown.Timers(first), "the timers due at the first instant");
        var all = await store.FindTimersAsync(new() { DueUntil = DateTimeOffset.MaxValue }, CancellationToken.None);
        trial.Expect($"{id}/2 {id}/1 {id}/2147483647", Shown.Timers(all), "the timers due at the last instant");
        trial.Expect("", Shown.Timers(await store.FindTimersAsync(new() { After = all[^1] }, CancellationToken.None)), "the timers behind the last");
        trial.Expect($"{id}", await trial.ClaimedAsync(Claim("a") with { DueUntil = DateTimeOffset.MinValue }), "what can be claimed at the first instant");
    }

    /// <summary>The same wall clock in three places, which is not the same instant: east comes first.</summary>
    private static async Task OffsetsAsync(StoreTrial trial)
    {
        DateTimeOffset[] instants = [.. ((int[])[0, -5, 9]).Select(hours => new DateTimeOffset(Beginning.DateTime, TimeSpan.FromHours(hours)))];
        var numbers = await trial.ReserveAsync(3);
        for (var index = 0; index < 3; index++)
        {
            await trial.CommitAsync(New(numbers[index]) with
            {
                Record = Completed(numbers[index], 0) with { StartedAt = instants[index], EndedAt = instants[index] },
                ArmedTimers = [Timer(numbers[index], 1, 0) with { DueAt = instants[index] }],
                Worklist = [Opened(Header(numbers[index], 1) with { StartedAt = instants[index] }, "ann")],
            });
        }

        var (utc, west, east) = (numbers[0], numbers[1], numbers[2]);
        trial.Expect($"{east}/1 {utc}/1 {west}/1", Shown.Timers(await trial.Store.FindTimersAsync(new(), CancellationToken.None)), "the timers");
        trial.Expect($"{east}_1 {utc}_1 {west}_1", await trial.TasksOfAsync(new() { Order = WorklistOrder.Oldest }, null), "the tasks, the oldest first");
        var from = await trial.Store.FindProcessesAsync(new() { StartedFrom = instants[0].ToOffset(TimeSpan.FromHours(9)) }, CancellationToken.None);
        trial.Expect($"{utc} {west}", Shown.Numbers(from.Select(record => record.Id)), "the instances started from an instant");
        trial.Expect(
            $"{east} {utc}", await trial.ClaimedAsync(Claim("a") with { DueUntil = instants[0].ToOffset(TimeSpan.FromHours(-9)) }), "what can be claimed");
        trial.Expect(
            1, await trial.Store.PurgeAsync(instants[0].ToOffset(TimeSpan.FromHours(5)), null, 10, CancellationToken.None), "how many ended before an instant");
    }

    private static async Task UtcAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var instant = new DateTimeOffset(Beginning.DateTime, TimeSpan.FromHours(9));
        await trial.CommitAsync(New(id) with
        {
            Record = Record(id) with { StartedAt = instant, EndedAt = instant },
            ServerItems = [Item(id, 1) with { StartedAt = instant, EndedAt = instant }],
            ArmedTimers = [Timer(id, 1, 0) with { DueAt = instant }],
            Worklist = [Opened(Header(id, 1) with { StartedAt = instant }, "ann")],
            Request = Request("one", id) with { At = instant },
        });
        await trial.Store.SaveAsync("cy", new() { User = "cy", ForwardTo = [], From = instant, Until = instant }, CancellationToken.None);
        var record = await trial.RecordAsync(id);
        var item = await trial.Store.FindServerItemAsync(new(id, 1), CancellationToken.None);
        var absence = await trial.Store.FindAbsenceAsync("cy", CancellationToken.None);

        foreach (var (name, found) in ((string, DateTimeOffset?)[])
        [
            ("when an instance started", record.StartedAt),
            ("when an instance ended", record.EndedAt),
            ("when a server item started", item?.StartedAt),
            ("when a server item ended", item?.EndedAt),
            ("when a timer is due", (await trial.Store.FindTimersAsync(new(), CancellationToken.None)).Single().DueAt),
            ("when the next timer is due", await trial.Store.NextDueAsync(null, CancellationToken.None)),
            ("when a task started", (await trial.TaskAsync(new(id, 1))).Header.StartedAt),
            ("when a request was carried out", (await trial.Store.FindRequestAsync("one", CancellationToken.None))?.At),
            ("when an absence begins", absence?.From),
            ("when an absence ends", absence?.Until),
        ])
        {
            trial.Expect((Shown.At(instant), TimeSpan.Zero), (Shown.At(found), found?.Offset ?? TimeSpan.MaxValue), name);
        }
    }
}
