using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Expenses;

/// <summary>The people and the bank around the process: what each of them sees and does, told to a text. Claims live in a file, so a user who opens it again
/// finds them as they were left, however that was.</summary>
public sealed class Office : IAsyncDisposable
{
    private readonly Bank _bank;
    private readonly WorkflowEngine _engine;
    private readonly Func<string, Task> _tell;

    private Office(string file, People people, Func<string, Task> tell)
    {
        People = people;
        _tell = tell;
        _bank = new Bank(file + ".bank");
        _engine = WorkflowEngine.Create(options =>
        {
            options.UseSqliteFile(SqliteFactory.Instance, file);
            options.DestinationResolver = people.Roles;
        });
    }

    public static Claim Train { get; } = new("Train to Lisbon", "Visit to a customer", 240m);

    public static Claim Congress { get; } = new("Congress in Oslo", "Three people for four days", 3_400m);

    /// <summary>The people who work here.</summary>
    public People People { get; }

    public static async Task<Office> OpenAsync(string file, TextWriter output, People? people = null)
    {
        var office = new Office(file, people ?? new People(), output.WriteLineAsync);
        var deployment = await office._engine.DeployAsync(ExpenseClaim.Define(office._bank));
        foreach (var finding in deployment.Findings)
        {
            await output.WriteLineAsync(finding.ToString());   // what may run and is most likely not meant
        }

        await office.WaitForCallsAsync();
        await office.ClearAsync();
        return office;
    }

    /// <summary>Claims something, once. A user who repeats it, because the answer was lost with the program, is told of the claim that there is.</summary>
    public async Task<ProcessInstanceId> ClaimAsync(Claim what)
    {
        var claimant = _engine.As(People.Claimant);
        var found = await claimant.FindProcessesAsync(
            new() { Definition = ExpenseClaim.Name, Folio = what.Folio, Originator = People.Claimant, Limit = 1 });
        var isThere = found.Count > 0;
        var claim = await claimant.Once(what.Folio).StartAsync(
            ExpenseClaim.Name, start => start.Folio(what.Folio).Set(ExpenseClaim.Amount, what.Amount).Set(ExpenseClaim.Purpose, what.Purpose));
        var hasEnded = isThere && (await claimant.ReadAsync(claim.Id)).Status is ProcessInstanceStatus.Completed;
        await _tell(isThere
            ? $"The claim of {People.Claimant} for '{what.Folio}' {(hasEnded ? "has ended" : "goes on")}: process instance {claim.Id}."
            : string.Create(CultureInfo.InvariantCulture, $"{People.Claimant} claims {what.Amount:#,##0.##} for '{what.Folio}': process instance {claim.Id}."));
        await TellWhoIsNextAsync(claim.Id);
        return claim.Id;
    }

    /// <summary>Tells of each claim that has not ended.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> TellOpenAsync()
    {
        var claims = await _engine.AsSystem().FindProcessesAsync(new() { Definition = ExpenseClaim.Name });
        var open = claims.Where(claim => claim.Status is not ProcessInstanceStatus.Completed).ToList();
        foreach (var claim in open)
        {
            await TellWhoIsNextAsync(claim.Id);
        }

        return open.Count;
    }

    /// <summary>Everything that has happened in a claim so far.</summary>
    public async Task<IReadOnlyList<JournalEntry>> HistoryAsync(ProcessInstanceId claim) =>
        await _engine.As(People.Claimant).ReadHistoryAsync(claim, limit: 500);

    /// <summary>Whether a manager has declined a claim, at any time: its history knows.</summary>
    public async Task<bool> IsDeclinedAsync(ProcessInstanceId claim) =>
        (await HistoryAsync(claim)).Any(entry => entry is { Kind: JournalKind.SlotCompleted, Name: "Decline" });

    /// <summary>The tasks of a user, in all claims or in one.</summary>
    public async Task<IReadOnlyList<WorklistItem>> WorklistAsync(string user, ProcessInstanceId? claim = null) =>
        await _engine.As(user).Worklist.ListAsync(new() { ProcessInstance = claim });

    /// <summary>Acts on a task, and changes the claim with the same answer.</summary>
    public async Task ActAsync(string user, WorklistItem item, string action, decimal? amount = null, string? purpose = null)
    {
        await item.ExecuteAsync(action, answer =>
        {
            if (amount is { } changed)
            {
                answer.Set(ExpenseClaim.Amount, changed);
            }

            if (purpose is not null)
            {
                answer.Set(ExpenseClaim.Purpose, purpose);
            }
        });
        await _tell(amount is { } now ? string.Create(CultureInfo.InvariantCulture, $"{user}: {action}, now {now:#,##0.##}.") : $"{user}: {action}.");
        await TellWhoIsNextAsync(item.ProcessInstance);
    }

    /// <summary>The bank pays what has been ordered, and reports it under the serial number that it was given. It may report twice if it did not get the
    /// answer; the report still counts once.</summary>
    public async Task PayAsync()
    {
        foreach (var order in _bank.Unpaid)
        {
            await _engine.As("bank").Once(order.Key).FinishAsync(order.Serial, result => result.Set(ExpenseClaim.Paid, true));
            _bank.Paid(order);
            await _tell(string.Create(CultureInfo.InvariantCulture, $"The bank has paid {order.Amount:#,##0.##} and finishes {order.Serial}."));
            await TellWhoIsNextAsync(order.Serial.ProcessInstance);
        }
    }

    /// <summary>Stops the engine first, which stores what was accepted, and then lets the file go.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>A call that was cut short when the program was killed is made again by the engine, of itself. Here it is only waited for, so that what is told
    /// comes in its order.</summary>
    private async Task WaitForCallsAsync()
    {
        var calling = new ProcessQuery { Status = ProcessInstanceStatus.Running, IsSetAside = false, Limit = 1 };
        while ((await _engine.AsSystem().FindProcessesAsync(calling)).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>When both claims have ended, they are removed for good, with their histories and keys, and the file can be used for the next two. A report of
    /// the bank that was cut short comes again under its key. So the claims stay until the bank knows that its report arrived.</summary>
    private async Task ClearAsync()
    {
        if (_bank.Unpaid.Any())
        {
            return;
        }

        var ended = await _engine.AsSystem().FindProcessesAsync(new() { Status = ProcessInstanceStatus.Completed });
        if (ended.Any(claim => claim.Folio == Train.Folio) && ended.Any(claim => claim.Folio == Congress.Folio))
        {
            await _engine.PurgeAsync(endedBefore: DateTimeOffset.UtcNow, ExpenseClaim.Name);
        }
    }

    /// <summary>The users who have the claim on their worklist now; or that the bank has it, why it stands in Error, or how it ended.</summary>
    private async Task TellWhoIsNextAsync(ProcessInstanceId claim)
    {
        var process = await _engine.AsSystem().ReadAsync(claim);
        if (process.Error is { } error)
        {
            await _tell($"   '{process.Folio}' is in Error at {error.Element}: {error.Message}");
            return;
        }

        if (process.Status is not ProcessInstanceStatus.Active)
        {
            await _tell($"   '{process.Folio}' is {process.Status}, and {(process.Fields.Get<bool>(ExpenseClaim.Paid.Name) ? "paid" : "not paid")}.");
            return;
        }

        foreach (var order in _bank.Unpaid.Where(order => order.Serial.ProcessInstance == claim))
        {
            await _tell($"   Waits for the bank, which has to finish {order.Serial}.");
        }

        var isSeen = false;
        foreach (var user in People.Everybody)
        {
            foreach (var item in await _engine.As(user).Worklist.ListAsync(new() { ProcessInstance = claim }))
            {
                isSeen = true;
                await _tell($"   On the worklist of {user}: {item.Event} ({item.Serial}).");
            }
        }

        if (!isSeen)
        {
            foreach (var task in await _engine.AsSystem().ManageWorklists().ListAsync(new() { ProcessInstance = claim }))
            {
                await _tell($"   On the worklist of nobody who works here: {task.Event} ({task.Serial}) of '{process.Folio}' is for {task.Destination}.");
            }
        }
    }
}
