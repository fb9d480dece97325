using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

#pragma warning disable IDE0130 // Where every host looks for what it can add to its services.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers a workflow engine in the container of a host.</summary>
public static class WorkflowServiceCollectionExtensions
{
    /// <summary>Registers one <see cref="WorkflowEngine"/> for the host. It is made when it is first asked for, with all definitions that
    /// <see cref="AddProcess"/> has registered, and stopped when the container is disposed of. Store, resolver of roles, clock and loggers are those of the container,
    /// where it has them.</summary>
    /// <remarks>Until it is made nobody takes up what an earlier host has left behind, such as timers that are due: so ask for it when the host starts, for instance in a
    /// hosted service.</remarks>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets options, after those of the container. A second call, for instance of a library, adds to the
    /// same engine: all configurations run on the same options, in the order in which they were added, so a later one can change what an earlier one has
    /// set.</param>
    /// <returns>The services.</returns>
    /// <example><code>
    /// services.AddWorkflowEngine((provider, options) => options.ResidentInstances = 10_000);
    /// services.AddProcess(provider => ExpenseClaim.Define(provider.GetRequiredService&lt;IBank&gt;()));
    /// </code></example>
    public static IServiceCollection AddWorkflowEngine(this IServiceCollection services, Action<IServiceProvider, WorkflowOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.AddSingleton(new EngineConfiguration(configure));
        }

        services.TryAddSingleton(Create);
        return services;
    }

    /// <summary>Registers a process definition, to be deployed when the engine is made, which asks the store; of two versions that are new, the one registered last becomes the one
    /// that new instances start on (statement 8.7b).</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="define">Makes the definition, with what it needs of the host's services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddProcess(this IServiceCollection services, Func<IServiceProvider, ProcessDefinition> define)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(define);
        return services.AddSingleton(define);
    }

    private static WorkflowEngine Create(IServiceProvider provider)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = provider.GetService<IProcessStore>() ?? options.Store;
            options.Destinations = provider.GetService<IDestinationResolver>() ?? options.Destinations;
            options.Clock = provider.GetService<TimeProvider>() ?? options.Clock;
            options.LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory;
            foreach (var configuration in provider.GetServices<EngineConfiguration>())
            {
                configuration.Configure(provider, options);
            }
        });
        try
        {
            // A container cannot wait otherwise. The work of the store needs no thread of the caller.
            var definitions = provider.GetServices<ProcessDefinition>().ToList();
            Task.Run(() => engine.DeployAsync(definitions).AsTask()).GetAwaiter().GetResult();
            return engine;
        }
        catch
        {
            // Nothing was deployed, so nothing is under way; what the engine holds, such as a file, is let go.
            engine.Dispose();
            throw;
        }
    }

    /// <summary>The settings of one call.</summary>
    private sealed record EngineConfiguration(Action<IServiceProvider, WorkflowOptions> Configure);
}
