using Workflow.Core.Definitions;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Runs processes inside the host's own process. Create one, deploy the definitions, and act on it as a user.</summary>
/// <example><code>
/// await using var engine = WorkflowEngine.Create();
/// await engine.DeployAsync(ExpenseClaim.Definition);
/// var claim = await engine.As("dora").StartAsync("Expense claim", start => start.Folio("Train to Lisbon"));
/// </code></example>
/// <remarks>All members may be used by many callers at once. Commands on one instance run one after the other, instances run in parallel
/// (statement 14.3).</remarks>
public sealed class WorkflowEngine : IAsyncDisposable
{
    private readonly ProcessHost _host;

    private WorkflowEngine(ProcessHost host) => _host = host;

    /// <summary>Creates an engine.</summary>
    /// <param name="configure">Sets options; without it, instances live in memory.</param>
    /// <returns>The engine. Dispose of it to stop it: what was accepted by then is stored.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA2000:Dispose objects before losing scope", Justification = "The engine owns the host and disposes of it.")]
    public static WorkflowEngine Create(Action<WorkflowOptions>? configure = null)
    {
        var options = new WorkflowOptions();
        configure?.Invoke(options);
        options.Validate();
        return new WorkflowEngine(new ProcessHost(options.Copy()));
    }

    /// <summary>Makes a definition known. The one deployed last of a name is the one that new instances start on; instances that run stay on theirs
    /// (statement 8.7). Deploying the same object again changes nothing.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A task that ends when the definition is known.</returns>
    /// <exception cref="ProcessDefinitionException">The definition contains something that this version does not execute, or its version is taken by
    /// another definition (statements 13.8 and 14.9).</exception>
    [OperationRight(Operation.HostTheEngine)]
    public ValueTask DeployAsync(ProcessDefinition definition, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        cancellation.ThrowIfCancellationRequested();
        _host.Deploy(definition);
        return ValueTask.CompletedTask;
    }

    /// <summary>Acts as a user. The engine trusts the host that the user is who he says.</summary>
    /// <param name="user">The name of the user; case does not count; 1 to 256 characters, and not <c>system</c>, which is the host.</param>
    /// <returns>What the user may do.</returns>
    public WorkflowConnection As(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Names.Problem(user) is { } problem)
        {
            throw new ArgumentException($"'{Names.Shown(user)}' cannot be the name of a user: {problem}.", nameof(user));
        }

        if (string.Equals(user, WorkflowPrincipal.System.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{user}' is how the history shows the host itself, so it cannot be the name of a user. Act as the host with AsSystem().", nameof(user));
        }

        return new WorkflowConnection(_host, WorkflowPrincipal.User(user));
    }

    /// <summary>Acts as the host itself, to whom nothing is denied: for the host's own work, never on behalf of a user (statement 14.7).</summary>
    /// <returns>A connection without limits. The history shows its user as <c>system</c>.</returns>
    public WorkflowConnection AsSystem() => new(_host, WorkflowPrincipal.System);

    /// <summary>Takes up what an earlier engine on the same store left behind when it ended: calls of server events that were planned or running. Call it once
    /// the definitions are deployed (statement 14.4).</summary>
    /// <param name="cancellation">Gives up with the next instance.</param>
    /// <returns>How many instances were taken up. Those that cannot be, for instance because their definition is not deployed, are logged and left as they
    /// are.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public ValueTask<int> RecoverAsync(CancellationToken cancellation = default) => _host.RecoverAsync(cancellation);

    /// <summary>Fires the timers that are due, in the order in which they are, one after the other; those that become due by it included. For hosts that have set
    /// <see cref="WorkflowOptions.RunsTimers"/> to false, and for tests.</summary>
    /// <param name="cancellation">Gives up with the next timer.</param>
    /// <returns>How many timers were fired.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public ValueTask<int> RunDueTimersAsync(CancellationToken cancellation = default) => _host.RunDueTimersAsync(cancellation);

    /// <summary>Stops the engine: it takes no further commands, cancels the code of server events that runs, and returns when everything that was accepted is
    /// stored. Cancelled calls are made again by the next engine on the same store (statement 14.5).</summary>
    /// <returns>A task that ends when the engine has stopped.</returns>
    [OperationRight(Operation.HostTheEngine)]
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
