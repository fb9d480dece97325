using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How a command that is repeated is told from a new one.</summary>
internal static class RequestRules
{
    private const string Source = "Commit.Request";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A command that was carried out under a key is found as it was stored", "IProcessStore.FindRequestAsync", FindAsync),
        new("A second commit under a key is refused, on the same instance and on another", Source, RefuseAsync),
        new("Case counts in keys, and a key can have 600 characters", "StoredRequest.Key", CaseAsync),
        new("A commit that is refused for another reason does not take its key", Source, NotTakenAsync),
        new("A command that was carried out under a key stays when the instance is committed again", Source, StaysAsync),
    ];

    private static async Task ExpectAsync(StoreTrial trial, string key, StoredRequest? expected) =>
        trial.Expect(
            Shown.Request(expected), Shown.Request(await trial.Store.FindRequestAsync(key, CancellationToken.None)), $"what was carried out under {key}");

    private static async Task FindAsync(StoreTrial trial)
    {
        await ExpectAsync(trial, "one", null);
        var id = await trial.ReserveAsync();
        byte[] content = [1, 0, 255];
        var request = new StoredRequest("one", id, content, Beginning.AddTicks(3));
        await trial.CommitAsync(New(id) with { Request = request });
        await trial.CommitAsync(Next(id, 1) with { Request = Request("empty", id) });

        Array.Clear(content);

        await ExpectAsync(trial, "one", request with { Content = new byte[] { 1, 0, 255 } });
        await ExpectAsync(trial, "empty", Request("empty", id));
        await ExpectAsync(trial, "two", null);
    }

    private static async Task RefuseAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Request = Request("one", commit.ProcessInstance, 1) });
        var other = await trial.AddAsync();

        await trial.ExpectRefusedAsync(Next(id, 1) with { Request = Request("one", id, 2) });
        await trial.ExpectRefusedAsync(Next(other, 1) with { Request = Request("one", other, 2) });
        await trial.ExpectRefusedAsync(New(await trial.ReserveAsync()) with { Request = Request("one", other, 2) });

        await ExpectAsync(trial, "one", Request("one", id, 1));
    }

    private static async Task CaseAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Request = Request("one", commit.ProcessInstance, 1) });
        var longKey = new string('k', 600);

        await trial.CommitAsync(Next(id, 1) with { Request = Request("ONE", id, 2) });
        await trial.CommitAsync(Next(id, 2) with { Request = Request(longKey, id, 3) });

        await ExpectAsync(trial, "one", Request("one", id, 1));
        await ExpectAsync(trial, "ONE", Request("ONE", id, 2));
        await ExpectAsync(trial, longKey, Request(longKey, id, 3));
        await ExpectAsync(trial, longKey[1..], null);
    }

    private static async Task NotTakenAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        await trial.ExpectRefusedAsync(Next(id, 5) with { Request = Request("one", id, 1) });
        await ExpectAsync(trial, "one", null);

        await trial.CommitAsync(Next(id, 1) with { Request = Request("one", id, 2) });

        await ExpectAsync(trial, "one", Request("one", id, 2));
    }

    private static async Task StaysAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Request = Request("one", commit.ProcessInstance, 1) });

        await trial.CommitAsync(Next(id, 1) with { Record = Completed(id, 1), EndedActivities = [1] });

        await ExpectAsync(trial, "one", Request("one", id, 1));
    }
}
