using System.Data.Common;
using Workflow.Core.Analysis;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Client;

/// <summary>Runs processes inside the host's own process. Create one, deploy the definitions, and act on it as a user.</summary>
/// <example><code>
/// await using var engine = WorkflowEngine.Create();
/// await engine.DeployAsync(ExpenseClaim.Definition);
/// var claim = await engine.As("dora").StartAsync("Expense claim", start => start.Folio("Train to Lisbon"));
/// </code></example>
/// <remarks>All members may be used by many callers at once. Commands on one instance run one after the other, instances run in parallel
/// (statement 14.3). After the engine is disposed of, every operation throws <see cref="ObjectDisposedException"/>, also on its connections and
/// tasks.</remarks>
public sealed partial class WorkflowEngine : IAsyncDisposable, IDisposable
{
    private readonly ProcessHost _host;
    private readonly WorkflowOptions _options;

    private WorkflowEngine(WorkflowOptions options)
    {
        _options = options;
        _host = new ProcessHost(options);
    }

    /// <summary>Creates an engine.</summary>
    /// <param name="configure">Sets options; without it, instances live in memory.</param>
    /// <returns>The engine. Dispose of it to stop it. Everything accepted by then is stored.</returns>
    /// <exception cref="ArgumentException">An option is out of its range. Or the class of the resolver cannot be made from the services (statement
    /// 7.1b).</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA2000:Dispose objects before losing scope", Justification = "The engine owns the host and disposes of it.")]
    public static WorkflowEngine Create(Action<WorkflowOptions>? configure = null)
    {
        var options = new WorkflowOptions();
        try
        {
            configure?.Invoke(options);
            options.Validate();
            if (options.DestinationResolver is ScopedResolver resolver)
            {
                var check = new CodeClassCheck(options.Services, options.Registered);
                (options.Executor ?? new ThreadExecutor(TimeProvider.System)).Block(() => check.RequireAsync(resolver).AsTask());
            }

            return new WorkflowEngine(options.Copy());
        }
        catch
        {
            // Nothing has used the store yet, so there is nothing to wait for.
            (options.Executor ?? new ThreadExecutor(TimeProvider.System)).Block(() => options.DisposeStoresAsync().AsTask());
            throw;
        }
    }

    /// <summary>Deploys a definition: on this host until the engine is disposed of, and in the store permanently. The store keeps its name, version and content
    /// except code. It refuses different content under the same version, on every host and after every restart (statement 8.7).</summary>
    /// <remarks>
    /// <para>Deploy on each host all versions that instances run on. Another deployment of equal content changes nothing, even if the object is new. One engine
    /// keeps calling the code of the object that was deployed first.</para>
    /// <para>A version becomes the default when it is deployed for the first time. New instances start on the default (statement 8.7b).</para>
    /// <para>Deploying is never part of a transaction of the host: it is stored when the call returns.</para>
    /// </remarks>
    /// <param name="definition">The definition.</param>
    /// <param name="options">How to deploy it; null for the defaults.</param>
    /// <param name="cancellation">Cancels the call. Definitions that the store has kept by then stay. You can repeat the deployment.</param>
    /// <returns>The deployment, with its findings: constructs that can run but are probably not meant. The engine logs them too (statement 13.4).</returns>
    /// <exception cref="ProcessDefinitionException">The definition contains something that this version of the library does not execute. Or a class that is its
    /// code cannot be made from the services of the engine (statement 7.1b). Or different content was deployed under its version; the message names the
    /// differences. Or it is new to the store and has a finding that the host refuses (statements 8.7, 13.4, 13.8 and 14.9). Nothing was deployed.</exception>
    /// <exception cref="ArgumentException">An option names a finding that does not exist.</exception>
    /// <exception cref="ProcessStoreException">The store cannot be used at present. Repeat the deployment later.</exception>
    /// <example><code>await engine.DeployAsync(claimVersion2, new DeploymentOptions { BecomesDefault = false });</code></example>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask<Deployment> DeployAsync(ProcessDefinition definition, DeploymentOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return (await DeployAsync([definition], options, cancellation).ConfigureAwait(false))[0];
    }

    /// <summary>Deploys several definitions before the engine takes up the work of earlier engines, since the code of one definition may start
    /// another.</summary>
    /// <param name="definitions">The definitions, in this order: of two new versions the later one becomes the default.</param>
    /// <param name="options">How to deploy them; null for the defaults.</param>
    /// <param name="cancellation">Cancels the call. Definitions that the store has kept by then stay. You can repeat the deployment.</param>
    /// <returns>The deployments, in the same order.</returns>
    /// <inheritdoc cref="DeployAsync(ProcessDefinition, DeploymentOptions, CancellationToken)" path="/exception"/>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask<IReadOnlyList<Deployment>> DeployAsync(
        IEnumerable<ProcessDefinition> definitions, DeploymentOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        cancellation.ThrowIfCancellationRequested();
        _host.RefuseWhenStopped();
        options ??= new DeploymentOptions();
        ProcessDefinition[] deployed = [.. definitions];
        var policy = PolicyOf(options, deployed);
        await _host.AskForHoursAsync(deployed, cancellation).ConfigureAwait(false);
        var judged = deployed.Select(policy.Judge).ToList();
        var kept = await _host.DeployAsync(deployed, [.. judged.Select(each => each.Refusal)], options.BecomesDefault, cancellation).ConfigureAwait(false);
        var findings = judged.Select(each => each.Told).ToList();
        _host.Report(deployed, findings);
        return [.. kept.Zip(findings, Of)];

        Deployment Of(StoredDefinition item, IReadOnlyList<Finding> found) =>
            new(item.Version.Name, item.Version.Version, item.Fingerprint, _host.Deployments.IsDefault(item.Version)) { Findings = found };
    }

    private FindingPolicy PolicyOf(DeploymentOptions options, IReadOnlyList<ProcessDefinition> deployed)
    {
        FindingIds.Validate(options.RefusedFindings, nameof(DeploymentOptions.RefusedFindings));
        FindingIds.Validate(options.SilencedFindings, nameof(DeploymentOptions.SilencedFindings));
        return new FindingPolicy(
            [.. _options.RefusedFindings, .. options.RefusedFindings],
            [.. _options.SilencedFindings, .. options.SilencedFindings],
            [
                .. _options.HasNoResolver ? [new ResolverCheck()] : Array.Empty<DefinitionCheck>(), new CalendarCheck(_options.WorkingHours),
                new SubProcessCheck((name, version) => FindOrNull(deployed, name, version)),
            ]);
    }

    /// <summary>The version of a definition that would start, after some are deployed; null when there is none here.</summary>
    private ProcessDefinition? FindOrNull(IReadOnlyList<ProcessDefinition> deployed, string name, int? version) =>
        deployed.LastOrDefault(definition => definition.Name == name && (version is null || definition.Version == version))
        ?? (version is { } number ? _host.Deployments.FindOrNull(name, number) : _host.Deployments.Find(name));

    /// <summary>Acts as a user. The engine does not check the identity: it trusts the host that the name is that of the user.</summary>
    /// <param name="user">The name of the user; case does not count; 1 to 256 characters, and not <c>system</c>, which is the host. Where users come from
    /// another system, map its automatic actor, which is often called System, to a user of another name.</param>
    /// <returns>The calls that the user can make.</returns>
    public WorkflowConnection As(string user) => new(_host, WorkflowPrincipal.User(user));

    /// <summary>Acts as the host itself, which has every right. Use it for the host's own work, never on behalf of a user (statement 14.7).</summary>
    /// <returns>A connection without limits. The history shows its user as <c>system</c>.</returns>
    public WorkflowConnection AsSystem() => new(_host, WorkflowPrincipal.System);

    /// <summary>Acts inside a transaction of the host. Commands are committed or rolled back with it, together with the host's own rows (statement 13.6).
    /// Inside it, only pure code of server events is called. An engine on the store calls other code after the commit.</summary>
    /// <param name="transaction">The transaction, under way, on the database of the engine's store. Commit it, or roll it back, when you are done.</param>
    /// <returns>The engine inside the transaction; by one caller at a time, and only as long as it lasts.</returns>
    /// <exception cref="NotSupportedException">The store of the engine is not in a database.</exception>
    /// <exception cref="ArgumentException">The transaction has ended, or belongs to another database.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA2000:Dispose objects before losing scope",
        Justification = "A host inside a transaction has nothing of its own that could be disposed of.")]
    public WorkflowTransaction Within(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new WorkflowTransaction(_host.Within(transaction));
    }

    /// <summary>Releases the unfinished work of an earlier engine on the same store: calls of server events that were planned or running. The engine makes
    /// these calls in the background, and this method does not wait for them. Call it after the definitions are deployed (statement 14.4).</summary>
    /// <remarks>If <see cref="WorkflowOptions.TakesUpWork"/> is false and <see cref="RunAsync"/> was not called, this method makes the calls in place, one
    /// instance after the other, and waits for them.</remarks>
    /// <param name="cancellation">Cancels the call before the next instance.</param>
    /// <returns>The number of instances that were released, or taken up in place. On a store that others use too, it is the number that this engine began at
    /// once. The first engine with room takes up the rest. Instances that cannot be taken up, for example because their definition is not deployed, are logged
    /// and left as they are.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation = default)
    {
        _host.RefuseWhenStopped();
        return await _host.RecoverAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Fires the timers that are due, in the order in which they are, one after the other; those that become due by it included. For hosts that have
    /// set <see cref="WorkflowOptions.TakesUpWork"/> to false, and for tests.</summary>
    /// <param name="cancellation">Cancels the call before the next timer.</param>
    /// <returns>How many timers were fired.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask<int> RunDueTimersAsync(CancellationToken cancellation = default)
    {
        _host.RefuseWhenStopped();
        return await _host.RunDueTimersAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Delivers the messages between processes and their sub-processes that are in the store, and those that are sent by it: starts of sub-processes,
    /// and their ends (statement 7.7). For hosts that have set <see cref="WorkflowOptions.TakesUpWork"/> to false, and for tests.</summary>
    /// <param name="cancellation">Cancels the call before the next message.</param>
    /// <returns>How many messages were delivered.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask<int> DeliverMessagesAsync(CancellationToken cancellation = default)
    {
        _host.RefuseWhenStopped();
        return await _host.DeliverAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Does background work, as an engine does by itself when <see cref="WorkflowOptions.TakesUpWork"/> is true, until it is told to stop. Then it
    /// claims nothing new, and returns when the work under way has ended. It is for hosts that start and stop this work like their other services.</summary>
    /// <param name="stopping">Tells it to stop; that is no error.</param>
    /// <returns>A task that ends when no work is under way.</returns>
    /// <exception cref="InvalidOperationException">The engine takes up work by itself already.</exception>
    [OperationRight(Operation.HostTheEngine)]
    public Task RunAsync(CancellationToken stopping)
    {
        _host.RefuseWhenStopped();
        return _host.Options.TakesUpWork
            ? throw new InvalidOperationException(
                "The engine takes up work by itself already. Set WorkflowOptions.TakesUpWork to false to begin and stop it yourself.")
            : _host.RunAsync(stopping);
    }

    /// <summary>Allows engines to take up an instance again that was set aside because it could not continue (statement 14.4).
    /// <see cref="ProcessQuery.IsSetAside"/> finds
    /// them.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask TakeUpAgainAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default)
    {
        if (!await _host.Store.SetAsideAsync(processInstance, reason: null, cancellation).ConfigureAwait(false))
        {
            throw new ProcessInstanceNotFoundException(processInstance);
        }

        _host.Wake();
    }

    /// <summary>Finds timers, in the order in which they are due (statement 13.10).</summary>
    /// <param name="query">Which ones; null for the first hundred.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. It is shorter than the limit only when there are no more.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new TimerQuery();
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        return _host.Store.FindTimersAsync(query, cancellation);
    }

    /// <summary>Removes completed and deleted instances with their history, for good, in batches of a hundred (statement 13.10). Call it from time to
    /// time.</summary>
    /// <param name="endedBefore">Instances that completed or were deleted before this instant; one that was both counts by its completion.</param>
    /// <param name="definition">Instances of this process definition; null for all.</param>
    /// <param name="cancellation">Cancels the call before the next batch.</param>
    /// <returns>How many were removed.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition = null, CancellationToken cancellation = default)
    {
        const int Batch = 100;
        var removed = 0;
        int last;
        do
        {
            last = await _host.Store.PurgeAsync(endedBefore, definition, Batch, cancellation).ConfigureAwait(false);
            _host.Listed.Clear();
            removed += last;
        }
        while (last == Batch);
        return removed;
    }

    /// <summary>Stops the engine. It takes no further commands, and cancels the code of server events that still runs after
    /// <see cref="WorkflowOptions.StopTimeout"/>. It returns when everything that was accepted is stored. A store that is its own
    /// (<see cref="WorkflowOptions.UseOwnStore"/>) is disposed of after it. Cancelled calls are made again by the next engine on the same store (statement
    /// 14.5).</summary>
    /// <returns>A task that ends when the engine has stopped.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync().ConfigureAwait(false);
        await _options.DisposeStoresAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for containers that cannot wait: it blocks the thread until the engine has stopped. Use
    /// <see cref="DisposeAsync"/> wherever you can.</summary>
    [OperationRight(Operation.HostTheEngine)]
    public void Dispose() => Block(() => DisposeAsync().AsTask());

    /// <summary>Blocks the thread until something has ended, for containers that cannot wait.</summary>
    internal void Block(Func<Task> work) => _host.Executor.Block(work);
}
