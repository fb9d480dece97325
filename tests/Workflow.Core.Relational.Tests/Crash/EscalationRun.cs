using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.CrashChild.Watching;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>One database on which hosts are killed, one after the other, while they arm and fire escalations. After each kill the database is looked at, and in
/// the end the last host fires what is left.</summary>
/// <param name="database">The database.</param>
/// <param name="which">The name of the run, for a failure.</param>
internal sealed class EscalationRun(CrashDatabase database, string which)
{
    /// <summary>The ledger tells the host beside a child from it by this number.</summary>
    private const int Beside = 1_000;

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly EscalationEvidence _evidence = new();
    private ChildOptions _options = new()
    {
        Dialect = database.Dialect, Connection = database.Connection, Schema = database.Schema, Ledger = database.Ledger, Incarnation = 0,
    };

    /// <summary>Starts instances with a host that is not killed.</summary>
    public async Task ArmAsync()
    {
        Begin();
        await using var opened = await OpenedDatabase.OpenAsync(_options, takesUpWork: false);
        await EscalationWork.ArmAsync(opened.Engine, _evidence.Started);
    }

    /// <summary>Lets a host kill itself.</summary>
    public async Task KillAsync(EscalationStep step, KillPoint point, int count, int delay)
    {
        Begin();
        await using (var child = ChildProcess.Start(_options with { Escalates = step, Point = point, Count = count, Delay = delay }))
        {
            var (exitCode, said) = await child.EndAsync();
            exitCode.ShouldBe(ChildProcess.Killed, $"{which}: {string.Join(", ", said)}");
            foreach (var started in said.Where(line => line.What == Acknowledgements.Started))
            {
                _evidence.Started(ProcessInstanceId.Parse(started.Which));
            }
        }

        await ExamineAsync(isFinished: false);
    }

    /// <summary>Lets a host kill itself while another one fires too. The other one may be faster, and leave it nothing.</summary>
    public async Task KillBesideAnotherAsync(KillPoint point, int count, int delay)
    {
        Begin();
        var clock = new ShiftedClock(_options.Incarnation);
        var ledger = $"{database.Ledger}.beside";
        var beside = _options with { Ledger = ledger, Incarnation = Beside + _options.Incarnation };
        await using (var other = await OpenedDatabase.OpenAsync(beside, takesUpWork: false, clock: clock))
        {
            var options = _options with { Escalates = EscalationStep.Fire, Point = point, Count = count, Delay = delay };
            await using var child = ChildProcess.Start(options);
            await child.BusyAsync();
            var firing = EscalationWork.FireAsync(other.Engine, clock, inTurn: false);
            var (exitCode, said) = await child.EndAsync();
            exitCode.ShouldBeOneOf([0, ChildProcess.Killed], $"{which}: {string.Join(", ", said)}");

            // The instances of the killed host are free from now on.
            clock.PutForward();
            await firing.WaitAsync(_deadline);
        }

        await File.AppendAllLinesAsync(database.Ledger, Ledger.Read(ledger).Select(line => line.ToString()));
        File.Delete(ledger);
        Begin();
        await ExamineAsync(isFinished: false);
    }

    /// <summary>Fires what is left, and looks at everything.</summary>
    public async Task FinishAsync()
    {
        Begin();
        await using (var opened = await OpenedDatabase.OpenAsync(_options, takesUpWork: true))
        {
            await opened.Engine.RecoverAsync();
            await EscalationWork.WaitAsync(opened.Engine, new ShiftedClock(_options.Incarnation)).WaitAsync(_deadline);
        }

        await ExamineAsync(isFinished: true);
    }

    private async Task ExamineAsync(bool isFinished)
    {
        await database.CheckIntegrityAsync();
        await using var opened = await OpenedDatabase.OpenAsync(_options, takesUpWork: false);
        await _evidence.CheckAsync(opened, Ledger.Read(database.Ledger), isFinished, which);
    }

    /// <summary>The clock of the next host is a minute ahead, so all that was armed before is due.</summary>
    private void Begin() => _options = _options with { Incarnation = _options.Incarnation + 1 };
}
