using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How the history of an instance is kept and read.</summary>
internal static class JournalRules
{
    private const string Source = "IProcessStore.ReadJournalAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("The history comes back piece by piece as it was committed, oldest first", Source, OrderAsync),
        new("The history is read in pages of pieces", Source, PagesAsync),
        new("A piece with facts on both sides of the known ones is read whole", Source, StraddlingAsync),
        new("Commits without facts leave the history as it is", "Commit.Journal", WithoutAsync),
        new("A loaded instance shows how many facts its history holds", "StoredProcess.JournalCount", CountAsync),
        new("There is no history of an instance that is not there", Source, MissingAsync),
        new("The history of one instance is not that of another", Source, OthersAsync),
        new("Facts can be empty or long, and their bytes are copied before the commit ends", "StoredJournal", BytesAsync),
    ];

    private static async Task<string> ReadAsync(StoreTrial trial, ProcessInstanceId id, long after = 0, int limit = 100) =>
        Shown.Pieces(await trial.Store.ReadJournalAsync(id, after, limit, CancellationToken.None));

    /// <summary>Five pieces of three facts each: 1, 4, 7, 10 and 13 are the first.</summary>
    private static async Task<ProcessInstanceId> AddFiveAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Journal = Journal(1, 3, 1) });
        for (byte piece = 1; piece < 5; piece++)
        {
            await trial.CommitAsync(Next(id, piece) with { Journal = Journal(1 + (piece * 3), 3, (byte)(piece + 1)) });
        }

        return id;
    }

    private static async Task OrderAsync(StoreTrial trial) =>
        trial.Expect("1+3=01 4+3=02 7+3=03 10+3=04 13+3=05", await ReadAsync(trial, await AddFiveAsync(trial)), "the history");

    private static async Task PagesAsync(StoreTrial trial)
    {
        var id = await AddFiveAsync(trial);

        trial.Expect("1+3=01 4+3=02", await ReadAsync(trial, id, 0, 2), "the first two pieces");
        trial.Expect("7+3=03 10+3=04", await ReadAsync(trial, id, 6, 2), "two pieces behind fact 6");
        trial.Expect("13+3=05", await ReadAsync(trial, id, 12, 2), "two pieces behind fact 12");
        trial.Expect("", await ReadAsync(trial, id, 15, 2), "two pieces behind fact 15");
        trial.Expect("", await ReadAsync(trial, id, long.MaxValue, 2), "two pieces behind all facts");
    }

    private static async Task StraddlingAsync(StoreTrial trial)
    {
        var id = await AddFiveAsync(trial);

        trial.Expect("7+3=03 10+3=04 13+3=05", await ReadAsync(trial, id, 7), "the pieces behind fact 7");
        trial.Expect("7+3=03", await ReadAsync(trial, id, 8, 1), "one piece behind fact 8");
        trial.Expect("13+3=05", await ReadAsync(trial, id, 14), "the pieces behind fact 14");
    }

    private static async Task WithoutAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        trial.Expect("", await ReadAsync(trial, id), "the history of an instance without facts");
        await trial.CommitAsync(Next(id, 1) with { Journal = Journal(1, 2, 1) });
        await trial.CommitAsync(Next(id, 2));

        await trial.CommitAsync(Next(id, 3) with { Journal = Journal(3, 1, 2) });

        trial.Expect("1+2=01 3+1=02", await ReadAsync(trial, id), "the history");
    }

    private static async Task CountAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        trial.Expect(0, (await trial.LoadAsync(id)).JournalCount, "how many facts there are without any");
        await trial.CommitAsync(Next(id, 1) with { Journal = Journal(1, 3, 1) });
        await trial.CommitAsync(Next(id, 2) with { Journal = Journal(4, 2, 1) });

        await trial.CommitAsync(Next(id, 3));

        trial.Expect(5, (await trial.LoadAsync(id)).JournalCount, "how many facts there are");
        trial.Expect(
            5L, (await trial.Store.LoadAsync(id, 1, 1, CancellationToken.None))?.JournalCount, "how many facts there are when one destination is loaded");
    }

    private static async Task MissingAsync(StoreTrial trial) =>
        trial.Expect("", await ReadAsync(trial, await trial.ReserveAsync()), "the history");

    private static async Task OthersAsync(StoreTrial trial)
    {
        var one = await trial.AddAsync(commit => commit with { Journal = Journal(1, 1, 1) });
        var two = await trial.AddAsync(commit => commit with { Journal = Journal(1, 1, 2) });

        trial.Expect("1+1=01", await ReadAsync(trial, one), "the history of the first");
        trial.Expect("1+1=02", await ReadAsync(trial, two), "the history of the second");
    }

    private static async Task BytesAsync(StoreTrial trial)
    {
        var content = new byte[300_000];
        Array.Fill(content, (byte)7);
        var expected = Shown.Bytes(content.ToArray());
        var id = await trial.AddAsync(commit => commit with { Journal = Journal(1, 1, content) });
        await trial.CommitAsync(Next(id, 1) with { Journal = Journal(2, 1) });

        Array.Clear(content);

        trial.Expect($"1+1={expected} 2+1=", await ReadAsync(trial, id), "the history");
    }
}
