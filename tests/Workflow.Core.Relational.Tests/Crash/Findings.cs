using Workflow.Core.CrashChild;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>Everything that is in a database and in the ledger beside it, but for the instances that cannot be read.</summary>
internal sealed record Findings(IReadOnlyList<InstanceFinding> Instances, IReadOnlyList<LedgerLine> Ledger)
{
    private const int Page = 500;

    /// <summary>How many runs of code were not the first of their event.</summary>
    public int Repeated => Ledger.Count - Ledger.Select(line => line.Key).Distinct(StringComparer.Ordinal).Count();

    public static async Task<Findings> ReadAsync(OpenedDatabase opened, IReadOnlyList<LedgerLine> ledger, IReadOnlyCollection<ProcessInstanceId> unreadable)
    {
        var instances = new List<InstanceFinding>();
        var query = new ProcessQuery { Limit = Page };
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await opened.Engine.AsSystem().FindProcessesAsync(query);
            foreach (var record in page.Where(record => !unreadable.Contains(record.Id)))
            {
                instances.Add(await ReadAsync(opened, record));
            }

            query = page.Count > 0 ? query with { After = page[^1].Id } : query;
        }
        while (page.Count == Page);
        return new Findings(instances, [.. ledger.Where(line => !unreadable.Contains(line.ProcessInstance))]);
    }

    private static async Task<InstanceFinding> ReadAsync(OpenedDatabase opened, ProcessRecord record)
    {
        var process = await opened.Engine.AsSystem().ReadAsync(record.Id);
        var stored = (await opened.Store.LoadAsync(record.Id, CancellationToken.None)).ShouldNotBeNull();
        var pieces = await opened.Store.ReadJournalAsync(record.Id, 0, 10_000, CancellationToken.None);
        var history = await opened.Engine.AsSystem().ReadHistoryAsync(record.Id, 0, Page);
        var tasks = await opened.Store.FindTasksAsync(null, new WorklistQuery { ProcessInstance = record.Id }, CancellationToken.None);
        var items = await opened.Store.FindServerItemsAsync(new ServerItemQuery { ProcessInstance = record.Id }, CancellationToken.None);
        return new InstanceFinding(record, process, stored, pieces, history, tasks.Count, items.Count);
    }
}
