using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <content>The question whether somebody may do something, and then the attempt.</content>
internal sealed partial class ManagementWalk
{
    /// <summary>The number of the call that takes a delegation back.</summary>
    private const int Undelegate = 8;

    private static readonly string[] _everybody = ["ann", "bob", "cy", "dora", "eve", Boss];

    private static readonly string[] _actions = ["Yes", "No", "Maybe", "Save"];

    private readonly Random _asking = new(seed ^ 0x5EED);

    /// <summary>Whether users and administrators ask first, and then do what they have asked for.</summary>
    public bool Asks { get; init; }

    /// <summary>How often each call was allowed, and how often it was denied.</summary>
    public Dictionary<string, (int Allowed, int Denied)> Answers { get; } = [];

    /// <summary>Asks whether somebody may do something, and tries it. An allowed call succeeds, and a denied one is refused with the same reason.</summary>
    /// <returns>The step, and how it was refused.</returns>
    private async Task<string> AskAsync(WorkflowTestBed bed, ProcessInstance process)
    {
        var tasks = await bed.Engine.AsSystem().ManageWorklists().ListAsync(new WorklistQuery { ProcessInstance = process.Id, Limit = 500 });
        var (user, name, call) = await DrawCallAsync(bed, process, tasks);
        var before = await bed.StoredBytesAsync(process.Id);

        Again();
        _store.IsClosed = true;
        var may = await bed.Engine.As(user).MayAsync(call);
        _store.IsClosed = false;
        (await bed.StoredBytesAsync(process.Id)).ShouldBe(before, "a question changes nothing");

        Again();
        var told = $"{user} asks to {name}: {may.Reason ?? "allowed"}";
        var refusal = await TryAsync(() => call(bed.Engine.As(user)));
        (refusal?.GetType(), refusal?.Message, refusal?.Statement).ShouldBe((may.Denial?.GetType(), may.Reason, may.Denial?.Statement), told);
        var (allowed, denied) = Answers.GetValueOrDefault(name);
        Answers[name] = may.IsAllowed ? (allowed + 1, denied) : (allowed, denied + 1);
        return told;
    }

    private async ValueTask<(string User, string Name, Func<WorkflowConnection, ValueTask> Call)> DrawCallAsync(
        WorkflowTestBed bed, ProcessInstance process, IReadOnlyList<WorklistEntry> tasks)
    {
        var user = Any(_asking.Next(3) == 0 ? _everybody : _users);
        var drawn = tasks.Any(task => task.ActingFor is not null) && _asking.Next(4) == 0 ? Undelegate : _asking.Next(24);
        (string Name, Func<WorkflowConnection, ValueTask> Call) call;
        if (drawn < 12)
        {
            var fitting = tasks.Where(task => Fits(drawn, task)).ToList();
            var among = fitting.Count > 0 && Likely() ? fitting : tasks;
            var entry = among.Count > 0 && Likely() ? among[_asking.Next(among.Count)] : (WorklistEntry?)null;
            var holder = entry?.ActingFor ?? entry?.User ?? (entry is { Destination.Kind: DestinationKind.User } ? entry.Value.Destination.Name : null);
            user = holder is not null && Likely() ? holder : user;
            call = OfTask(drawn, entry?.Serial ?? new SerialNumber(process.Id, _asking.Next(1, 6)), entry?.Destination.Name ?? Any(_users));
        }
        else if (drawn < 15)
        {
            call = await OfOutsideAsync(bed, process);
            user = call.Name is "withdraw" && Likely() ? "dora" : user;
        }
        else
        {
            user = Likely() ? Boss : user;
            call = drawn < 19 && tasks.Count > 0 ? OfOthers(tasks[_asking.Next(tasks.Count)]) : OfInstance(process);
        }

        return (user, call.Name, call.Call);
    }

    /// <summary>Whether the call has something to do with a task: only few are open, asleep or delegated at a time.</summary>
    private static bool Fits(int number, in WorklistEntry task) => number switch
    {
        4 or 5 => task.Status is WorklistItemStatus.Open,
        Undelegate => task.ActingFor is not null,
        10 => task.Status is WorklistItemStatus.Sleep,
        _ => true,
    };

    private (string Name, Func<WorkflowConnection, ValueTask> Call) OfTask(int number, SerialNumber serial, string entry)
    {
        var (to, target, action, takes) = (Any(_everybody), Any(_names), Any(_actions), _asking.Next(3) > 0);
        return number switch
        {
            0 or 1 => ("open", async user => await user.Worklist.OpenAsync(serial, takes)),
            2 or 3 => ("act", user => user.Worklist.ExecuteAsync(serial, action)),
            4 or 5 => ("release", user => user.Worklist.ReleaseAsync(serial)),
            6 => ("redirect", user => user.Worklist.RedirectAsync(serial, to)),
            7 => ("delegate", user => user.Worklist.DelegateAsync(serial, Destination.User(to))),
            Undelegate => ("undelegate", user => user.Worklist.UndelegateAsync(serial, Destination.User(entry))),
            9 => ("sleep", user => user.Worklist.SleepAsync(serial, TimeSpan.FromMinutes(30))),
            10 => ("wake", user => user.Worklist.WakeAsync(serial)),
            _ => ("send a task back", user => user.Worklist.SendBackAsync(serial, target)),
        };
    }

    private async ValueTask<(string Name, Func<WorkflowConnection, ValueTask> Call)> OfOutsideAsync(WorkflowTestBed bed, ProcessInstance process)
    {
        var id = process.Id;
        var serials = await bed.ServerItemsAsync(id);
        var serial = serials.Count > 0 && Likely() ? serials[_asking.Next(serials.Count)] : new SerialNumber(id, _asking.Next(1, 6));
        var definition = Likely() ? process.Definition : "Nothing";
        return _asking.Next(6) switch
        {
            0 => ("finish", async user => await user.FinishAsync(serial)),
            1 => ("open a server item", async user => await user.OpenServerItemAsync(serial)),
            2 => ("signal", async user => await user.SignalAsync(id, "Go", kind: SignalKind.Kept)),
            3 => ("withdraw", user => user.WithdrawAsync(id)),
            4 when Answers.GetValueOrDefault("start").Allowed < 2 => ("start", async user => await user.StartAsync(definition)),
            _ => ("view", async user => await user.ReadAsync(id)),
        };
    }

    private (string Name, Func<WorkflowConnection, ValueTask> Call) OfOthers(in WorklistEntry task)
    {
        var (serial, from, to, holder) = (task.Serial, task.Destination, Any(_everybody), task.User ?? Any(_users));
        return _asking.Next(4) switch
        {
            0 => ("redirect for others", user => user.ManageWorklists().RedirectAsync(serial, from, to)),
            1 => ("reassign", user => user.ManageWorklists().ReassignAsync(serial, from, to)),
            2 => ("release for others", user => user.ManageWorklists().ReleaseAsync(serial, holder)),
            _ => ("set a right", user => user.ManageWorklists().SetActionRightAsync(serial, "Yes", Destination.User(to), isAllowed: true)),
        };
    }

    private (string Name, Func<WorkflowConnection, ValueTask> Call) OfInstance(ProcessInstance process)
    {
        var (id, version, target, error) = (process.Id, process.DefinitionVersion, Any(_names), process.Error);
        var (other, renames) = (3 - version, version == 1 ? _definition.Forth : _definition.Back);
        return _asking.Next(13) switch
        {
            0 or 1 => ("stop", user => user.ManageProcesses().StopAsync(id)),
            2 or 3 or 4 => ("resume", user => user.ManageProcesses().ResumeAsync(id)),
            5 => ("retry", user => user.ManageProcesses().RetryAsync(id, error)),
            6 => ("skip", user => user.ManageProcesses().SkipAsync(id)),
            7 => ("go to", user => user.ManageProcesses().GoToAsync(id, target)),
            8 => ("send back", user => user.ManageProcesses().SendBackAsync(id, target)),
            9 => ("expire an activity", user => user.ManageProcesses().ExpireActivityAsync(id, target)),
            10 when process.Definition == WalkedDefinition.Name => (
                "migrate", async user => await user.ManageProcesses().MigrateAsync(id, other, renames)),
            11 when _asking.Next(3) == 0 => ("delete", user => user.ManageProcesses().DeleteAsync(id)),
            _ => ("set the default", user => user.ManageDefinitions().SetDefaultAsync(process.Definition, version)),
        };
    }

    private static async Task<WorkflowException?> TryAsync(Func<ValueTask> attempt)
    {
        try
        {
            await attempt();
            return null;
        }
        catch (WorkflowException refusal) when (refusal is not WorkflowInvariantException)
        {
            return refusal;
        }
    }

    private bool Likely() => _asking.Next(100) < 85;

    private string Any(string[] names) => names[_asking.Next(names.Length)];
}
