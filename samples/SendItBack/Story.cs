using System.Globalization;
using Workflow.Core;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace SendItBack;

/// <summary>Two contracts, and what people do with them when all does not go as drawn.</summary>
public static class Story
{
    /// <summary>The facts that the story shows, each with the words for it.</summary>
    private static readonly Dictionary<JournalKind, string> _words = new()
    {
        [JournalKind.SentBack] = "sent back to",
        [JournalKind.Reassigned] = "reassigned",
        [JournalKind.ProcessStopped] = "stopped",
        [JournalKind.ProcessResumed] = "resumed",
        [JournalKind.RetryAwaited] = "failed, and is called again:",
        [JournalKind.ProcessError] = "in Error:",
        [JournalKind.Retried] = "retried",
        [JournalKind.ExceptionPassed] = "not done:",
        [JournalKind.Withdrawn] = "withdrawn, to",
        [JournalKind.ProcessCompleted] = "completed",
    };

    /// <summary>Tells the story, line by line.</summary>
    public static async IAsyncEnumerable<string> TellAsync()
    {
        var isDown = true;
        await using var bed = await WorkflowTestBed.CreateAsync(Contract.Define(
            register: _ =>
            {
                if (isDown)
                {
                    throw new IOException("the registry does not answer");
                }
            },
            mail: _ => throw new InvalidOperationException("no mail server")));
        var admin = bed.Engine.As("boss").ManageProcesses();

        yield return "The first contract is registered in the end:";
        var first = (await bed.StartAsync("dora", start => start.Folio("Lease"))).Id;
        await bed.ActAsync("dora", "Done");
        await (await bed.Engine.As("ann").Worklist.SingleAsync(first)).SendBackAsync("Draft", reason: "The price is missing.");
        await bed.ActAsync("dora", "Done", answer => answer.Set(Contract.Price, 900m));
        var task = await (await bed.Engine.As("ann").Worklist.SingleAsync(first)).OpenAsync();
        await bed.Engine.As("boss").ManageWorklists().ReassignAsync(task.Serial, Destination.User("ann"), "bob", reason: "Ann is ill.");
        await admin.StopAsync(first, reason: "The lawyers are asked.");
        await bed.AdvanceAsync(TimeSpan.FromDays(1));
        await admin.ResumeAsync(first, reason: "They agree.");
        await bed.ActAsync("bob", "Accept");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(30));
        isDown = false;
        await admin.RetryAsync(first, reason: "The registry is up again.");
        await foreach (var line in HistoryAsync(bed, first))
        {
            yield return line;
        }

        yield return "The second one is withdrawn:";
        var second = (await bed.StartAsync("dora", start => start.Folio("Loan"))).Id;
        await bed.ActAsync("dora", "Done");
        await bed.Engine.As("dora").WithdrawAsync(second, reason: "The customer has changed their mind.");
        await foreach (var line in HistoryAsync(bed, second))
        {
            yield return line;
        }
    }

    private static async IAsyncEnumerable<string> HistoryAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        foreach (var fact in await bed.HistoryAsync(id))
        {
            if (_words.TryGetValue(fact.Kind, out var words))
            {
                var by = fact.User is { Length: > 0 } user ? $" by {user}" : "";
                var reason = fact.Detail is { Length: > 0 } detail ? $": {detail}" : "";
                yield return string.Create(CultureInfo.InvariantCulture, $"  {fact.Time:ddd HH:mm}  {words} {fact.Name}{by}{reason}");
            }
        }
    }
}
