using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Fires timers for a host that says when.</summary>
internal sealed class DueTimers(ProcessHost host, EngineServices services)
{
    private const int Page = 100;

    /// <summary>Fires the timers that are due now, and those that become due by that, one after the other.</summary>
    /// <returns>How many timers were fired.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellation)
    {
        var tried = new HashSet<ProcessTimer>();
        var failed = 0;
        var fired = 0;
        while (true)
        {
            var query = new TimerQuery { DueUntil = services.Options.Clock.GetUtcNow(), Limit = Page + failed };
            var due = await services.Options.Store.FindTimersAsync(query, cancellation).ConfigureAwait(false);
            var before = tried.Count;
            foreach (var timer in due)
            {
                if (!tried.Add(timer))
                {
                    continue;
                }

                cancellation.ThrowIfCancellationRequested();
                if (!await TryFireAsync(timer, query.DueUntil!.Value).ConfigureAwait(false))
                {
                    failed++;
                    continue;
                }

                fired++;
                if (timer.Kind is ProcessTimerKind.Escalation)
                {
                    // It may have armed one that is due before the next of the page (statement 6.5b).
                    break;
                }
            }

            if (tried.Count == before)
            {
                return fired;
            }
        }
    }

    private async ValueTask<bool> TryFireAsync(ProcessTimer timer, DateTimeOffset foundAt)
    {
        try
        {
            var result = await host.Turns.SendAsync(new TimerCommand(timer, foundAt), CancellationToken.None).ConfigureAwait(false);
            return result.Refusal is null;
        }
        catch (CommandPartlyStoredException exception)
        {
            WorkLog.PartlyMoved(services.Logger, timer.ProcessInstance.Value, exception);
            return true;
        }
        catch (ObjectDisposedException) when (services.Stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (StoredFormatException exception)
        {
            await services.Unreadable.ReportAsync(timer.ProcessInstance, exception).ConfigureAwait(false);
            return false;
        }
#pragma warning disable CA1031 // Any failure of one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.TimerNotFired(services.Logger, timer.ProcessInstance.Value, timer.Number, exception);
            return false;
        }
    }
}
