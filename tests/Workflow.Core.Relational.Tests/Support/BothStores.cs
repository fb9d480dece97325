using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Does the same things to two stores, by chance but from a seed, and compares what they say.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same test.")]
internal sealed class BothStores(IProcessStore expected, IProcessStore actual, ManualTimeProvider clock, int seed)
{
    private readonly RandomCommits _commits = new(seed, clock);
    private readonly List<ClaimedProcess> _claims = [];
    private long _lastReserved;

    private Random Random => _commits.Random;

    public async Task StepAsync()
    {
        switch (Random.Next(20))
        {
            case < 9:
                await CommitAsync();
                break;
            case < 11:
                await ClaimAsync();
                break;
            case 11:
                var owner = _commits.Engine();
                await SameAsync(store => store.RenewAsync(owner, TimeSpan.FromMinutes(1), default).AsTask());
                break;
            case 12 when _claims.Count > 0:
                var claim = _claims[Random.Next(_claims.Count)];
                var putOff = TimeSpan.FromSeconds(Random.Next(3) * 20);
                await SameAsync(store => store.ReleaseAsync(claim, putOff, default).AsTask());
                break;
            case 13:
                var id = _commits.SomeId();
                var reason = Random.Next(2) == 0 ? "poison" : null;
                await SameAsync(async store => await store.SetAsideAsync(id, reason, default));
                break;
            case 14:
                clock.Advance(TimeSpan.FromSeconds(Random.Next(90)));
                break;
            case 15 when Random.Next(4) == 0:
                var before = clock.GetUtcNow() - TimeSpan.FromSeconds(Random.Next(600));
                var limit = Random.Next(1, 4);
                await SameAsync(async store => await store.PurgeAsync(before, definition: null, limit, default));
                break;
            case 15:
                var ended = _commits.SomeId();
                await SameAsync(async store => await store.RemoveAsync(ended, default));
                break;
            case 16:
                await AbsenceAsync();
                break;
            default:
                await CompareSomethingAsync();
                break;
        }
    }

    public async Task CompareEverythingAsync()
    {
        foreach (var id in _commits.Ids)
        {
            await SameAsync(async store => await store.LoadAsync(id, default));
            await SameAsync(async store => await store.ReadJournalAsync(id, 0, 1_000, default));
            for (var destination = 1; destination <= 6; destination++)
            {
                var serial = new SerialNumber(id, destination);
                await SameTaskAsync(serial);
                await SameAsync(async store => await store.FindServerItemAsync(serial, default));
            }
        }

        for (var time = 0; time < 200; time++)
        {
            await CompareSomethingAsync();
        }
    }

    private async Task CommitAsync()
    {
        if (_commits.IsStart())
        {
            var reserved = await actual.ReserveAsync(default);
            reserved.Value.ShouldBeGreaterThan(_lastReserved);
            _lastReserved = reserved.Value;
            _commits.Add(reserved);
        }

        var id = _commits.Choose();
        var stored = await expected.LoadAsync(id, default);
        var commit = _commits.Next(id, stored, (await expected.FindTaskAsync(new SerialNumber(id, _commits.Destination), default))?.End is null);
        await SameAsync(async store =>
        {
            try
            {
                await store.CommitAsync(commit, default);
                return "stored";
            }
            catch (ConcurrencyException refusal)
            {
                return $"{refusal.ProcessInstance} {refusal.Expected} {refusal.Actual}";
            }
        });
    }

    private async Task ClaimAsync()
    {
        var query = _commits.ClaimQuery();
        var claims = await expected.ClaimAsync(query, default);
        (await actual.ClaimAsync(query, default)).ShouldBe(claims, query.ToString());
        _claims.AddRange(claims);
    }

    private async Task AbsenceAsync()
    {
        var user = _commits.User();
        var absence = _commits.Absence(user);
        await SameAsync(store => store.SaveAsync(user, absence, default).AsTask());
        await SameAsync(async store => await store.FindAbsenceAsync(_commits.Recased(user), default));
        var substitute = _commits.User();
        await SameAsync(async store => await store.FindAbsencesSharedWithAsync(substitute, default));
        await SameAsync(async store =>
            (await store.FindTasksAndAbsencesAsync([Destination.User(substitute)], new WorklistQuery(), substitute, default)).Absences);
    }

    private async Task CompareSomethingAsync()
    {
        var id = _commits.SomeId();
        switch (Random.Next(9))
        {
            case 0:
                var processes = _commits.ProcessQuery();
                await SameAsync(async store => await store.FindProcessesAsync(processes, default));
                await SameAsync(async store => await store.FindProcessesAsync(
                    new ProcessQuery { Parent = id, NewestFirst = processes.NewestFirst, After = processes.After, Limit = processes.Limit }, default));
                break;
            case 1:
                var items = _commits.ServerItemQuery();
                await SameAsync(async store => await store.FindServerItemsAsync(items, default));
                break;
            case 2 or 3:
                var tasks = _commits.WorklistQuery();
                var entries = Random.Next(4) == 0 ? null : Random.Next(2) == 0 ? _commits.Entries() : _commits.ManyEntries();
                await SameAsync(async store => Stateless(await store.FindTasksAsync(entries, tasks, default)));
                await SameAsync(async store => Stateless(
                    (await store.FindTasksAndAbsencesAsync(entries ?? [], tasks, _commits.Recased("ann"), default)).Tasks));
                break;
            case 4:
                var timers = _commits.TimerQuery();
                await SameAsync(async store => await store.FindTimersAsync(timers, default));
                var after = Random.Next(2) == 0 ? (DateTimeOffset?)null : clock.GetUtcNow();
                await SameAsync(async store => await store.NextDueAsync(after, default));
                break;
            case 5:
                var key = _commits.RequestKey();
                await SameAsync(async store => await store.FindRequestAsync(key, default));
                var messages = _commits.MessageQuery();
                await SameAsync(async store => await store.FindMessagesAsync(messages, default));
                if (Random.Next(3) == 0)
                {
                    var discarded = _commits.MessageKey();
                    await SameAsync(async store => await store.DiscardMessageAsync(discarded, default));
                }

                break;
            case 6:
                var taker = Random.Next(2) == 0 ? _commits.Entries() : _commits.ManyEntries();
                await SameAsync(async store => await store.HasTakenPartAsync(id, taker, default));
                var taken = _commits.ProcessQuery();
                await SameAsync(async store => await store.FindProcessesOfAsync(taker, taken, default));
                await SameAsync(async store => await store.FindProcessesOfAsync(
                    taker, new ProcessQuery { NewestFirst = taken.NewestFirst, After = taken.After, Limit = taken.Limit }, default));
                break;
            case 7:
                var (activity, destination) = (Random.Next(4), Random.Next(1, 7));
                await SameAsync(async store => await store.LoadAsync(id, activity + 1, destination, default));
                break;
            default:
                var known = Random.Next(10);
                await SameAsync(async store => await store.ReadJournalAsync(id, known, 3, default));
                break;
        }
    }

    /// <summary>The entries of a task have no order.</summary>
    /// <summary>The store in memory does not tell the state of instances in a list.</summary>
    private static List<WorklistHeaderRecord> Stateless(IReadOnlyList<WorklistHeaderRecord> tasks) => [.. tasks.Select(task => task with { State = null })];

    private Task SameTaskAsync(SerialNumber serial) => SameAsync(async store =>
        await store.FindTaskAsync(serial, default) is { } task
            ? $"{Text(task.Header)} {task.End} "
                + $"{string.Join(", ", task.Entries.Select(entry => entry.ToString().ToUpperInvariant()).Order(StringComparer.Ordinal))}"
            : "none");

    private Task SameAsync(Func<IProcessStore, Task> action) => SameAsync(async store =>
    {
        await action(store);
        return "done";
    });

    private async Task SameAsync<T>(Func<IProcessStore, Task<T>> ask, [CallerArgumentExpression(nameof(ask))] string? question = null)
    {
        var said = Text(await ask(actual));
        var meant = Text(await ask(expected));
        if (said != meant)
        {
            Assert.Fail($"{string.Concat(question!.Split('\n').Select(line => line.Trim()))[..40]}\nexpected {meant}\nand was   {said}");
        }
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
