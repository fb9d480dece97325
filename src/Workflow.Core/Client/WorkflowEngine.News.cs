using Workflow.Core.Records;

namespace Workflow.Core.Client;

/// <content>News of commits.</content>
public sealed partial class WorkflowEngine
{
    /// <summary>Tells the host what each commit of this engine has changed, as soon as it is stored, and never what the values are (statement 13.12). The first
    /// news is to look anew: the host reads what there is, and then follows the changes. A host that only wants to hear of the future leaves it out.</summary>
    /// <remarks>
    /// <para>No command waits for the host, and none fails when the host's code throws. News of one instance comes in the order of its commits. Each caller of
    /// this method gets all of the news. If more than <see cref="Runtime.WorkflowOptions.NewsLimit"/> wait for a caller, later news is lost, and the caller is
    /// told to look anew.</para>
    /// <para>News is kept in memory only. After a crash nobody is told what was not taken by then.</para>
    /// <para>These changes come with no commit of an instance, and are not told: absences, changes of roles and groups, deployments, and removals by
    /// <see cref="PurgeAsync"/>.</para>
    /// <para>Commits of other engines, and those in a transaction of the host (<see cref="Within"/>), are told if
    /// <see cref="Runtime.WorkflowOptions.TellsOtherHosts"/> is set. They come with the engine's next search for work, or with
    /// <see cref="RunDueTimersAsync"/>.</para>
    /// </remarks>
    /// <param name="cancellation">Ends the news with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The news. It begins when it is enumerated, and ends when the engine has stopped and all of it is taken.</returns>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    /// <example><code>
    /// await foreach (var news in engine.WatchAsync(stopping))
    /// {
    ///     if (news is ProcessNews.Changed { IsStatusChanged: true } change)
    ///     {
    ///         await pages.RefreshAsync(change.ProcessInstance);
    ///     }
    /// }
    /// </code></example>
    [OperationRight(Operation.HostTheEngine)]
    public IAsyncEnumerable<ProcessNews> WatchAsync(CancellationToken cancellation = default) => _host.WatchAsync(cancellation);
}
