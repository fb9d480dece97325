using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Testing;

/// <content>Messages between parents and sub-processes.</content>
public sealed partial class WorkflowTestBed
{
    /// <summary>Does a step, and delivers what parents and sub-processes have to tell each other. So a step ends when all of them rest.</summary>
    private async Task<IReadOnlyList<ProcessInstanceId>> WithDeliveryAsync(Func<WorkflowTestBed, Task<IReadOnlyList<ProcessInstanceId>>> command)
    {
        var moved = await command(this).ConfigureAwait(false);
        if (await _engine.DeliverMessagesAsync().ConfigureAwait(false) == 0)
        {
            return moved;
        }

        const int Page = 500;
        var query = new ProcessQuery { Limit = Page };
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await _engine.AsSystem().FindProcessesAsync(query).ConfigureAwait(false);
            _started.AddRange(page.Select(record => record.Id).Except(_started));
            query = page is [.., var last] ? query with { After = last.Id } : query;
        }
        while (page.Count == Page);
        return [.. moved.Union(_started)];
    }
}
