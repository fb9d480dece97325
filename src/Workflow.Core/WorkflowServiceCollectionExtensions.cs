using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
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
    /// <summary>Registers one <see cref="WorkflowEngine"/> for the host. The container creates it on the first request, with all definitions that
    /// <see cref="AddProcess"/> has registered, and stops it at its disposal. Store, resolver of roles, clock and loggers are those of the container, if it has
    /// them. Classes that are code of definitions are made by the container. A resolver that is not a singleton is made for each question (statements 4.8b and
    /// 7.1b). A service of their scope can name <see cref="WorkflowCall"/>.</summary>
    /// <remarks>Until the engine exists, nobody takes up the work of an earlier host, such as due timers. So request it when the host starts, for example in a
    /// hosted service.</remarks>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets options, after those of the container. A second call, for example of a library, configures the same engine. All
    /// configurations run on the same options, in the order of the calls, so a later one can change the settings of an earlier one.</param>
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

        services.TryAddScoped<WorkflowCall>();
        services.TryAddSingleton(provider => Create(provider, services));
        return services;
    }

    /// <summary>Registers a process definition. The engine deploys it when it is created, and asks the store for that. Of two new versions, the one registered
    /// last becomes the default (statement 8.7b).</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="define">Makes the definition, with what it needs of the host's services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddProcess(this IServiceCollection services, Func<IServiceProvider, ProcessDefinition> define)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(define);
        return services.AddSingleton(define);
    }

    private static WorkflowEngine Create(IServiceProvider provider, IServiceCollection services)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Use(provider, services);
            options.Store = provider.GetService<IProcessStore>() ?? options.Store;
            UseResolver(options, provider, services);
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
            engine.Block(() => engine.DeployAsync(definitions).AsTask());
            return engine;
        }
        catch
        {
            // Nothing was deployed, so nothing is under way; what the engine holds, such as a file, is let go.
            engine.Dispose();
            throw;
        }
    }

    /// <summary>A resolver that belongs to a scope gets a scope for each question.</summary>
    private static void UseResolver(WorkflowOptions options, IServiceProvider provider, IServiceCollection services)
    {
        var registered = services.LastOrDefault(each => each.ServiceType == typeof(IDestinationResolver) && !each.IsKeyedService);
        if (registered is { Lifetime: not ServiceLifetime.Singleton })
        {
            options.ResolveDestinations<IDestinationResolver>();
        }
        else
        {
            options.DestinationResolver = provider.GetService<IDestinationResolver>() ?? options.DestinationResolver;
        }
    }

    /// <summary>The settings of one call.</summary>
    private sealed record EngineConfiguration(Action<IServiceProvider, WorkflowOptions> Configure);
}
