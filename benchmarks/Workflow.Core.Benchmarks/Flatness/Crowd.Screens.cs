using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Flatness;

/// <content>The lists, counts and buttons of one user, as a screen of an application asks for them.</content>
internal sealed partial class Crowd
{
    /// <summary>Finds the instances whose folio begins alike.</summary>
    public Task FindByFolioAsync(List<double> times)
    {
        var query = new ProcessQuery { FolioStart = User(0) + ",", NewestFirst = true, Limit = EachUser };
        return EachAsync(times, "instances with a folio that begins so", EachUser, async () => (await _engine.As(Boss).FindProcessesAsync(query)).Count);
    }

    /// <summary>Lists the tasks of a user, the latest first.</summary>
    public Task ListByLatenessAsync(List<double> times)
    {
        var query = new WorklistQuery { Order = WorklistOrder.Lateness, Limit = EachUser };
        return EachAsync(times, "tasks by lateness", EachUser, async () => (await _engine.As(User(0)).Worklist.ListAsync(query)).Count);
    }

    /// <summary>Counts the tasks of a user.</summary>
    public Task CountTasksAsync(List<double> times) =>
        EachAsync(times, "tasks of the user", EachUser, async () => (await _engine.As(User(0)).Worklist.CountAsync()).Total.Count);

    /// <summary>Finds the definitions, with counts.</summary>
    public Task DefinitionsAsync(List<double> times) => EachAsync(
        times, "active instances", EachUser, async () => (await _engine.As(Boss).FindDefinitionsAsync(EachUser))[0].Instances!.Active.Count);

    /// <summary>Counts all instances.</summary>
    public Task CountProcessesAsync(List<double> times) => EachAsync(
        times, "instances", EachUser, async () => (await _engine.As(Boss).CountProcessesAsync(new ProcessQuery { HasEnded = false }, EachUser)).Count);

    /// <summary>Counts the tasks of the first user.</summary>
    public Task CountEverybodysAsync(List<double> times) => EachAsync(
        times, "tasks of the first user", EachUser,
        async () => (await _engine.As(Boss).ManageWorklists().CountAsync(limit: 1, atMost: EachUser))[0].Tasks.Count);

    /// <summary>Asks whether an action may be taken.</summary>
    public Task AskAsync(List<double> times)
    {
        var serial = new SerialNumber(new ProcessInstanceId(1), 1);
        return EachAsync(times, "allowed actions", 1, async () =>
            (await _engine.As(User(0)).MayAsync(user => user.Worklist.ExecuteAsync(serial, DecisionProcess.Action))).IsAllowed ? 1 : 0);
    }

    /// <summary>Reads the end of a history.</summary>
    public Task ReadBackwardsAsync(List<double> times) => EachAsync(
        times, "entries", 2, async () => (await _engine.As(Boss).ReadHistoryBackwardsAsync(new ProcessInstanceId(1), limit: 2)).Count);

    private static async Task EachAsync(List<double> times, string what, int expected, Func<Task<int>> ask)
    {
        for (var count = 0; count < PagesInRound; count++)
        {
            var found = 0;
            await Sizes.TimeAsync(times, async () => found = await ask());
            Require.Expected($"number of {what}", found, expected);
        }
    }
}
