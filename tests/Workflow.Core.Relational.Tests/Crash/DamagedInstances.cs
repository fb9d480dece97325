using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.Formats;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Two instances with a damaged row. One has a task in the worklist of a user of the load, the other a call that is to be taken up.</summary>
internal sealed class DamagedInstances
{
    private const int Page = 500;

    private static readonly string _user = Lane.UserOf(0);

    private readonly CrashDatabase _database;
    private readonly ProcessInstanceId _withTask;
    private readonly ProcessInstanceId _withCall;
    private IReadOnlyList<string> _left = [];
    private int _runs;

    private DamagedInstances(CrashDatabase database, ProcessInstanceId withTask, ProcessInstanceId withCall)
    {
        _database = database;
        _withTask = withTask;
        _withCall = withCall;
    }

    public IReadOnlyList<ProcessInstanceId> Ids => [_withTask, _withCall];

    public static async Task<DamagedInstances> MakeAsync(CrashDatabase database, ChildOptions options, WorkflowEngine engine)
    {
        var withTask = (await engine.As(_user).StartAsync(Processes.Decision)).Id;
        var damaged = new DamagedInstances(database, withTask, await StartWithCallAsync(options, engine));
        foreach (var id in damaged.Ids)
        {
            // The last byte of its header is torn off.
            await database.AskAsync(
                $"UPDATE {database.StoreTable("content")} SET content = substr(content, 1, length(content) - 1) "
                + $"WHERE process = {id} AND kind = 0 AND key_1 = 0");
        }

        damaged._left = await damaged.ContentAsync();
        damaged._runs = damaged.Runs();
        return damaged;
    }

    /// <summary>The line of a child that was killed: it has met the instance and reported it.</summary>
    public void CheckReported(IReadOnlyList<Acknowledgement> said) => said.ShouldContain(new Acknowledgement(Acknowledgements.Reported, _withTask.ToString()));

    /// <summary>The instances cannot be read and are left as they are, and every list shows everything else.</summary>
    public async Task CheckAsync(WorkflowEngine engine, Findings findings)
    {
        foreach (var id in Ids)
        {
            await Should.ThrowAsync<StoredFormatException>(async () => await engine.AsSystem().ReadAsync(id));
        }

        (await ContentAsync()).ShouldBe(_left);
        Runs().ShouldBe(_runs);
        var open = findings.Instances.Where(instance => instance.OpenTasks > 0).Select(instance => instance.Process).ToList();
        var tasks = await engine.As(_user).Worklist.ListAsync(new() { Limit = Page });
        tasks.Select(task => task.Serial.ProcessInstance).ShouldBe(open.Where(process => process.Originator == _user).Select(process => process.Id));
        var entries = await engine.AsSystem().ManageWorklists().ListAsync(new() { Limit = Page });
        entries.Where(entry => entry.Problem is null).Select(entry => entry.Serial.ProcessInstance).ShouldBe(open.Select(process => process.Id));
        entries.Where(entry => entry.Problem is not null).Select(entry => entry.Serial.ProcessInstance).ShouldBe([_withTask]);
        (await SetAsideAsync(engine)).ShouldContain(_withTask);
    }

    /// <summary>Everything has been taken up, or tried.</summary>
    public async Task CheckSetAsideAsync(WorkflowEngine engine) => (await SetAsideAsync(engine)).ShouldBe(Ids);

    /// <summary>Lets the next engine meet them again.</summary>
    public async Task TakeUpAgainAsync(WorkflowEngine engine)
    {
        foreach (var id in Ids)
        {
            await engine.TakeUpAgainAsync(id);
        }
    }

    /// <summary>An instance that is started in the transaction of a host makes no calls itself.</summary>
    private static async Task<ProcessInstanceId> StartWithCallAsync(ChildOptions options, WorkflowEngine engine)
    {
        await using var source = ChildStore.OpenDataSource(options);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var started = await engine.Within(transaction).As(_user).StartAsync(Processes.Chain);
        await transaction.CommitAsync();
        return started.Id;
    }

    private static async Task<IReadOnlyList<ProcessInstanceId>> SetAsideAsync(WorkflowEngine engine) =>
        [.. (await engine.AsSystem().FindProcessesAsync(new ProcessQuery { IsSetAside = true })).Select(record => record.Id)];

    /// <summary>All that is stored of them.</summary>
    private Task<IReadOnlyList<string>> ContentAsync()
    {
        var bytes = _database.Dialect is SqlDialect.Sqlite ? "hex(content)" : "encode(content, 'hex')";
        return _database.AskAsync(
            $"SELECT {bytes} FROM {_database.StoreTable("content")} WHERE process IN ({string.Join(", ", Ids)}) ORDER BY process, kind, key_1, key_2, key_3");
    }

    /// <summary>How often code of theirs was run.</summary>
    private int Runs() => Ledger.Read(_database.Ledger).Count(line => Ids.Contains(line.ProcessInstance));
}
