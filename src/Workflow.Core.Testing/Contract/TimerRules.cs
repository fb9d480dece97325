using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How timers are kept and found.</summary>
internal static class TimerRules
{
    private const string Source = "IProcessStore.FindTimersAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Timers come the one due first in front, of one instant by instance and number", Source, OrderAsync),
        new("A timer comes back as it was armed, to the tick", "ProcessTimer", AsArmedAsync),
        new("Timers of every owner come back with their owner, their element and their occurrence", "ProcessTimer", OwnersAsync),
        new("A timer that takes the place of another leaves nothing of it", "Commit.ArmedTimers", ReplaceWholeAsync),
        new("Any text can be the element of a timer", "ProcessTimer", ElementsAsync),
        new("A timer stays until it is ended, and that there is none does no harm", "Commit.EndedTimers", EndAsync),
        new("A timer takes the place of the one with its number", "Commit.ArmedTimers", ReplaceAsync),
        new("Ended timers go before new ones are armed", "Commit.EndedTimers", EndFirstAsync),
        new("Timers of one number in different instances are different timers", "ProcessTimer", OthersAsync),
        new("Timers are found by instance and by when they are due", "TimerQuery", CriteriaAsync),
        new("Timers are found by the definition of their instance", "TimerQuery.Definition", DefinitionsAsync),
        new("Pages of timers add up, also behind one that is not there any more", "TimerQuery.After", PagesAsync),
        new("The next timer that is due is known", "IProcessStore.NextDueAsync", NextAsync),
        new("The next timer that is due later than an instant is known", "IProcessStore.NextDueAsync", NextAfterAsync),
    ];

    private static async Task<string> FindAsync(StoreTrial trial, TimerQuery query) =>
        Shown.Timers(await trial.Store.FindTimersAsync(query, CancellationToken.None));

    private static async Task<string> NextAsync(StoreTrial trial, double? after) =>
        Shown.At(await trial.Store.NextDueAsync(after is { } minutes ? Beginning.AddMinutes(minutes) : null, CancellationToken.None));

    private static Task<ProcessInstanceId> AddAsync(StoreTrial trial, params (int Number, double Minutes)[] timers) => trial.AddAsync(commit => commit with
    {
        ArmedTimers = [.. timers.Select(timer => Timer(commit.ProcessInstance, timer.Number, timer.Minutes))],
    });

    private static async Task OrderAsync(StoreTrial trial)
    {
        var one = await AddAsync(trial, (11, 5), (2, 5), (3, 9));
        var two = await AddAsync(trial, (1, 5), (2, 3), (4, -60));

        trial.Expect($"{two}/4 {two}/2 {one}/2 {one}/11 {two}/1 {one}/3", await FindAsync(trial, new()), "all timers");
        trial.Expect($"{two}/4 {two}/2", await FindAsync(trial, new() { Limit = 2 }), "two timers");
    }

    private static async Task AsArmedAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var timer = new ProcessTimer(id, 3, ProcessTimerKind.Roles, ActivityInstance: 7, Destination: 0, Beginning.AddTicks(1));
        await trial.CommitAsync(New(id) with { ArmedTimers = [timer] });

        trial.Expect("", await FindAsync(trial, new() { DueUntil = Beginning }), "timers due a tick earlier");
        var found = await trial.Store.FindTimersAsync(new() { DueUntil = timer.DueAt }, CancellationToken.None);
        trial.Expect(Shown.Timer(timer), string.Join(' ', found.Select(Shown.Timer)), "timers due at that instant");
        trial.Expect(Shown.At(timer.DueAt), await NextAsync(trial, null), "when the next timer is due");
    }

    /// <summary>Two elements with two timers each, for each owner that a timer can have.</summary>
    private static async Task OwnersAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var timers = new List<ProcessTimer>();
        foreach (var (activity, destination, task) in ((int, int, int)[])[(0, 0, 0), (3, 0, 0), (3, 4, 0), (3, 4, 5)])
        {
            foreach (var (element, occurrence) in ((string, int)[])[("Remind", 1), ("Remind", 9_999), ("remind", 1), ("remind", 9_999)])
            {
                timers.Add(new ProcessTimer(id, timers.Count + 1, ProcessTimerKind.Sleep, activity, destination, Beginning, task, element, occurrence));
            }
        }

        await trial.CommitAsync(New(id) with { ArmedTimers = timers });

        trial.Expect(Shown.Joined(timers.Select(Shown.Timer)), await ShownAsync(trial, id), "the timers of four owners");
        await trial.CommitAsync(Next(id, 1) with { EndedTimers = [6, 13] });
        timers.RemoveAll(timer => timer.Number is 6 or 13);
        trial.Expect(Shown.Joined(timers.Select(Shown.Timer)), await ShownAsync(trial, id), "the timers that are left");
    }

    private static async Task ReplaceWholeAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, (1, 1), (2, 2));
        var timer = new ProcessTimer(id, 2, ProcessTimerKind.Roles, ActivityInstance: 7, Destination: 0, Beginning.AddMinutes(3), 0, "Vote", Occurrence: 4);

        await trial.CommitAsync(Next(id, 1) with { ArmedTimers = [timer] });

        trial.Expect(Shown.Joined([Shown.Timer(Timer(id, 1, 1)), Shown.Timer(timer)]), await ShownAsync(trial, id), "the timers");
    }

    private static async Task ElementsAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        List<ProcessTimer> timers = [.. TextRules.Hostile.Append("zero \0 in it").Select((text, index) => Timer(id, index + 1, 0) with { Element = text })];
        await trial.CommitAsync(New(id) with { ArmedTimers = timers });

        trial.Expect(Shown.Joined(timers.Select(Shown.Timer)), await ShownAsync(trial, id), "the timers");
    }

    private static async Task<string> ShownAsync(StoreTrial trial, ProcessInstanceId id) => Shown.Joined(
        (await trial.Store.FindTimersAsync(new() { ProcessInstance = id }, CancellationToken.None)).Select(Shown.Timer));

    private static async Task EndAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, (1, 1), (2, 2));
        await trial.CommitAsync(Next(id, 1));
        trial.Expect($"{id}/1 {id}/2", await FindAsync(trial, new()), "the timers after a commit that says nothing of them");

        await trial.CommitAsync(Next(id, 2) with { EndedTimers = [1, 7] });

        trial.Expect($"{id}/2", await FindAsync(trial, new()), "the timers after one was ended");
    }

    private static async Task ReplaceAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, (1, 1), (2, 2));

        await trial.CommitAsync(Next(id, 1) with { ArmedTimers = [Timer(id, 1, 9)] });

        trial.Expect($"{id}/2 {id}/1", await FindAsync(trial, new()), "the timers");
        trial.Expect($"{id}/2", await FindAsync(trial, new() { DueUntil = Beginning.AddMinutes(8) }), "the timers due before the later instant");
        trial.Expect(Shown.At(Beginning.AddMinutes(2)), await NextAsync(trial, null), "when the next timer is due");
    }

    private static async Task EndFirstAsync(StoreTrial trial)
    {
        var id = await AddAsync(trial, (1, 1));

        await trial.CommitAsync(Next(id, 1) with { EndedTimers = [1], ArmedTimers = [Timer(id, 1, 4)] });

        trial.Expect(Shown.At(Beginning.AddMinutes(4)), await NextAsync(trial, null), "when the next timer is due");
        trial.Expect($"{id}/1", await FindAsync(trial, new()), "the timers");
    }

    private static async Task OthersAsync(StoreTrial trial)
    {
        var one = await AddAsync(trial, (1, 1));
        var two = await AddAsync(trial, (1, 1));
        trial.Expect($"{one}/1 {two}/1", await FindAsync(trial, new()), "the timers of both");

        await trial.CommitAsync(Next(one, 1) with { EndedTimers = [1] });

        trial.Expect($"{two}/1", await FindAsync(trial, new()), "the timers of the second");
    }

    private static async Task CriteriaAsync(StoreTrial trial)
    {
        var one = await AddAsync(trial, (1, 1), (2, 5));
        var two = await AddAsync(trial, (1, 3), (2, 7));

        trial.Expect($"{two}/1 {two}/2", await FindAsync(trial, new() { ProcessInstance = two }), "the timers of an instance");
        trial.Expect($"{one}/1 {two}/1", await FindAsync(trial, new() { DueUntil = Beginning.AddMinutes(3) }), "the timers due until an instant, which counts");
        trial.Expect($"{one}/1", await FindAsync(trial, new() { ProcessInstance = one, DueUntil = Beginning.AddMinutes(4) }), "both at once");
        trial.Expect("", await FindAsync(trial, new() { ProcessInstance = await trial.ReserveAsync() }), "the timers of an instance that is not there");
    }

    private static async Task DefinitionsAsync(StoreTrial trial)
    {
        var claim = await AddOfAsync(trial, "Claim", (1, 1), (2, 5));
        var other = await AddOfAsync(trial, "claim", (1, 2));
        var trip = await AddOfAsync(trial, "Trip", (1, 3));
        await trial.CommitAsync(Next(claim, 1) with { EndedTimers = [1], ArmedTimers = [Timer(claim, 3, 4)] });

        foreach (var (query, expected) in ((TimerQuery, string)[])
        [
            (new() { Definition = "Claim" }, $"{claim}/3 {claim}/2"),
            (new() { Definition = "claim" }, $"{other}/1"),
            (new() { Definitions = ["Trip", "Claim", "Trip"] }, $"{trip}/1 {claim}/3 {claim}/2"),
            (new() { Definitions = ["Trip", "Claim"], Limit = 2 }, $"{trip}/1 {claim}/3"),
            (new() { Definitions = ["Trip", "Claim"], After = Timer(trip, 1, 3), DueUntil = Beginning.AddMinutes(4) }, $"{claim}/3"),
            (new() { Definition = "Claim", Definitions = ["Trip", "Claim"] }, $"{claim}/3 {claim}/2"),
            (new() { Definition = "Claim", Definitions = ["Trip"] }, ""),
            (new() { Definitions = [] }, ""),
            (new() { Definition = "Claim", ProcessInstance = trip }, ""),
            (new() { Definition = "Trip", ProcessInstance = trip }, $"{trip}/1"),
        ])
        {
            trial.Expect(
                expected, await FindAsync(trial, query),
                $"the timers of '{query.Definition}' among '{(query.Definitions is null ? "all" : string.Join(", ", query.Definitions))}'");
        }
    }

    private static Task<ProcessInstanceId> AddOfAsync(StoreTrial trial, string definition, params (int Number, double Minutes)[] timers) =>
        trial.AddAsync(commit => commit with
        {
            Record = commit.Record! with { Definition = definition },
            ArmedTimers = [.. timers.Select(timer => Timer(commit.ProcessInstance, timer.Number, timer.Minutes))],
        });

    private static async Task PagesAsync(StoreTrial trial)
    {
        var one = await AddAsync(trial, (1, 5), (2, 5), (3, 5), (4, 6));
        var two = await AddAsync(trial, (1, 5), (2, 4));
        var found = new List<ProcessTimer>();
        IReadOnlyList<ProcessTimer> page;
        do
        {
            page = await trial.Store.FindTimersAsync(new() { Limit = 2, After = found.Count == 0 ? null : found[^1] }, CancellationToken.None);
            found.AddRange(page);
        }
        while (page.Count == 2 && found.Count < 20);

        trial.Expect($"{two}/2 {one}/1 {one}/2 {one}/3 {two}/1 {one}/4", Shown.Timers(found), "all pages of two");
        await trial.CommitAsync(Next(one, 1) with { EndedTimers = [2], ArmedTimers = [Timer(one, 5, 1)] });
        trial.Expect($"{one}/3 {two}/1 {one}/4", await FindAsync(trial, new() { After = Timer(one, 2, 5) }), "the page behind a timer that was ended");
        trial.Expect($"{one}/4", await FindAsync(trial, new() { After = Timer(one, 3, 5), ProcessInstance = one, Limit = 1 }), "the page of one instance");
    }

    private static async Task NextAsync(StoreTrial trial)
    {
        trial.Expect("-", await NextAsync(trial, null), "when a timer is due without timers");
        var id = await AddAsync(trial, (1, 7));
        await AddAsync(trial, (1, 5));
        trial.Expect(Shown.At(Beginning.AddMinutes(5)), await NextAsync(trial, null), "when the next timer is due");

        await trial.CommitAsync(Next(id, 1) with { ArmedTimers = [Timer(id, 2, -5)] });

        trial.Expect(Shown.At(Beginning.AddMinutes(-5)), await NextAsync(trial, null), "when the next timer is due, or was");
        await trial.CommitAsync(Next(id, 2) with { EndedTimers = [1, 2] });
        trial.Expect(Shown.At(Beginning.AddMinutes(5)), await NextAsync(trial, null), "when the next timer is due that is left");
    }

    private static async Task NextAfterAsync(StoreTrial trial)
    {
        trial.Expect("-", await NextAsync(trial, 1), "when a timer is due without timers");
        await AddAsync(trial, (1, 5), (2, 5), (3, 7));
        await AddAsync(trial, (1, 5));

        trial.Expect(Shown.At(Beginning.AddMinutes(5)), await NextAsync(trial, 4), "when a timer is due after minute 4");
        trial.Expect(Shown.At(Beginning.AddMinutes(7)), await NextAsync(trial, 5), "when a timer is due after minute 5");
        trial.Expect("-", await NextAsync(trial, 7), "when a timer is due after minute 7");
        trial.Expect("-", await NextAsync(trial, 8), "when a timer is due after minute 8");
    }
}
