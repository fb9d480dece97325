using System.Globalization;
using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for many calls at once.</summary>
internal static class ConcurrencyRules
{
    private const string Source = "IProcessStore";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("One of many commits on one version wins, and is stored as a whole", Source, OneVersionAsync),
        new("One of many commits that make one instance wins", Source, OneInstanceAsync),
        new("One of many commits under one request key for different instances wins, and nothing of the others is stored", "Commit.Request", OneKeyAsync),
        new("Of many commits and calls that want one message, one gets it", "Commit.ReceivedMessages", OneMessageAsync),
        new("Many instances that are committed at once are all stored", Source, ManyInstancesAsync),
        new("A reader that loads while others commit sees one commit as a whole", Source, WholeWhileCommittedAsync),
        new("Many may save absences and look for them at once", "IProcessStore.SaveAsync", AbsencesAsync),
    ];

    private static async Task<bool> TryCommitAsync(StoreTrial trial, Commit commit)
    {
        try
        {
            await trial.CommitAsync(commit);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    private static async Task<int> RaceAsync(StoreTrial trial, IEnumerable<Commit> commits) =>
        (await Task.WhenAll(commits.ToList().Select(commit => Task.Run(() => TryCommitAsync(trial, commit))))).Count(won => won);

    private static async Task OneVersionAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        for (var version = 1; version <= 5; version++)
        {
            var wins = await RaceAsync(trial, Enumerable.Range(1, 16).Select(number => Next(id, version) with
            {
                Parts = [Part(0, 0, (byte)number), Part(1, 0, (byte)number)],
                Journal = Journal(version, 1, (byte)number),
            }));

            trial.Expect(1, wins, "how many of 16 commits on one version were stored");
            var stored = await trial.LoadAsync(id);
            trial.Expect(version + 1, stored.Version, "the version");
            var winner = stored.Parts[0].Content.Span[0];
            trial.Expect(winner, stored.Parts[1].Content.Span[0], "whose the second part is");
            var facts = await trial.Store.ReadJournalAsync(id, version - 1, 10, CancellationToken.None);
            trial.Expect($"{version.Invariant()}+1={winner.ToString("X2", CultureInfo.InvariantCulture)}", Shown.Pieces(facts), "the facts of the winner");
        }
    }

    private static async Task OneInstanceAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();

        trial.Expect(1, await RaceAsync(trial, Enumerable.Repeat(New(id), 16)), "how many of 16 commits of a new instance were stored");
        trial.Expect(1, (await trial.LoadAsync(id)).Version, "the version");
    }

    private static async Task OneKeyAsync(StoreTrial trial)
    {
        var numbers = await trial.ReserveAsync(16);

        var wins = await RaceAsync(trial, numbers.Select(id => New(id) with { Request = Request("one", id) }));

        trial.Expect(1, wins, "how many of 16 commits under one key were stored");
        var found = await trial.Store.FindProcessesAsync(new(), CancellationToken.None);
        trial.Expect(1, found.Count, "how many instances there are");
        trial.Expect(found[0].Id, (await trial.Store.FindRequestAsync("one", CancellationToken.None))?.ProcessInstance, "whose the key is");
    }

    /// <summary>Commits on the version that is stored and on the next one, so that not the version alone decides; every other time with discards.</summary>
    private static async Task OneMessageAsync(StoreTrial trial)
    {
        var (to, from) = (await trial.AddAsync(), await trial.AddAsync());
        for (var round = 1; round <= 10; round++)
        {
            var message = new MessageKey(to, from, round);
            var version = (await trial.LoadAsync(to)).Version;
            await trial.CommitAsync(Next(from, round) with { SentMessages = [Message(from, round, to, 1)] });

            var wins = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(async () => message.Number % 2 == 0 && number % 6 == 5
                ? await trial.Store.DiscardMessageAsync(message, CancellationToken.None)
                : await TryCommitAsync(trial, Next(to, version + (number % 2)) with { ReceivedMessages = [(from, message.Number)] }))));

            trial.Expect(1, wins.Count(won => won), "how many of 12 got the message");
            trial.Expect(
                "", Shown.Messages(await trial.Store.FindMessagesAsync(new() { Limit = 10 }, CancellationToken.None)), "the messages that are left");
        }
    }

    private static async Task ManyInstancesAsync(StoreTrial trial)
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var count = 0; count < 10; count++)
            {
                var id = await trial.AddAsync(commit => commit with { Worklist = [Opened(Header(commit.ProcessInstance, 1), "ann")] });
                await trial.CommitAsync(Next(id, 1) with { ArmedTimers = [Timer(id, 1, 1)] });
            }
        })));

        var query = new ProcessQuery { Limit = 500 };
        trial.Expect(80, (await trial.Store.FindProcessesAsync(query, CancellationToken.None)).Count, "how many instances there are");
        trial.Expect(80, (await trial.Store.FindTimersAsync(new(), CancellationToken.None)).Count, "how many timers there are");
        trial.Expect(80, (await trial.Store.FindTasksAsync([Destination.User("ann")], new(), CancellationToken.None)).Count, "how many tasks there are");
    }

    private static async Task WholeWhileCommittedAsync(StoreTrial trial)
    {
        const int Last = 60;
        var id = await trial.AddAsync(commit => commit with { Parts = [Part(0, 0, 1), Part(1, 0, 1), Part(2, 3, 1)] });
        var commits = Task.Run(async () =>
        {
            for (byte version = 1; version < Last; version++)
            {
                await trial.CommitAsync(
                    Next(id, version) with { Parts = [Part(0, 0, (byte)(version + 1)), Part(1, 0, (byte)(version + 1)), Part(2, 3, (byte)(version + 1))] });
            }
        });

        StoredProcess stored;
        do
        {
            stored = await trial.LoadAsync(id);
            var mark = stored.Version.ToString("X2", CultureInfo.InvariantCulture);
            trial.Expect($"0/0/0={mark} 1/0/0={mark} 2/3/0={mark}", Shown.Parts(stored), $"the parts of version {stored.Version.Invariant()}");
        }
        while (stored.Version < Last && !commits.IsFaulted);

        await commits;
    }

    private static async Task AbsencesAsync(StoreTrial trial)
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(async () =>
        {
            var user = $"user{(number % 10).Invariant()}";
            await trial.Store.SaveAsync(user, new OutOfOffice { User = user, ForwardTo = ["dan"] }, CancellationToken.None);
            await trial.Store.FindAbsencesSharedWithAsync("dan", CancellationToken.None);
        })));

        trial.Expect(10, (await trial.Store.FindAbsencesSharedWithAsync("dan", CancellationToken.None)).Count, "how many absences there are");
    }
}
