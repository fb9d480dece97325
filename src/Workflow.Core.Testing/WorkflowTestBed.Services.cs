using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Runtime;

namespace Workflow.Core.Testing;

/// <content>Services of the host.</content>
public sealed partial class WorkflowTestBed
{
    private static async Task<WorkflowTestBed> CreateWithAsync(
        ProcessDefinition[] definitions, Action<WorkflowOptions>? configure, IServiceProvider? services)
    {
        var known = services is null ? null : await FindOnlyOneAsync(services).ConfigureAwait(false);
        return await CreateAsync(definitions, With(services, known, configure), new CodeRecorder()).ConfigureAwait(false);
    }

    /// <summary>The options with services. The settings of the test come after them.</summary>
    private static Action<WorkflowOptions>? With(IServiceProvider? services, StaticDestinations? known, Action<WorkflowOptions>? configure) => services is null
        ? configure
        : options =>
        {
            options.Services = services;
            if (known is not null)
            {
                options.DestinationResolver = known;
            }
            else if (HasResolver(services))
            {
                options.ResolveDestinations<IDestinationResolver>();
            }

            configure?.Invoke(options);
        };

    private static bool HasResolver(IServiceProvider services) =>
        services.GetService<IServiceProviderIsService>()?.IsService(typeof(IDestinationResolver)) is true;

    /// <summary>The library's own resolver, if there is one for all scopes. Then the engine asks it itself, as one that <c>AddWorkflowEngine</c> finds. Every
    /// other resolver is asked in a scope, in which one that is registered once stays the same.</summary>
    private static async Task<StaticDestinations?> FindOnlyOneAsync(IServiceProvider services)
    {
        if (!HasResolver(services))
        {
            return null;
        }

        var (first, second) = (services.CreateAsyncScope(), services.CreateAsyncScope());
        await using (first.ConfigureAwait(false))
        await using (second.ConfigureAwait(false))
        {
            try
            {
                return first.ServiceProvider.GetService<IDestinationResolver>() is StaticDestinations known
                    && ReferenceEquals(known, second.ServiceProvider.GetService<IDestinationResolver>())
                    ? known
                    : null;
            }
#pragma warning disable CA1031 // The engine refuses a resolver that cannot be made, and says why.
            catch (Exception)
#pragma warning restore CA1031
            {
                return null;
            }
        }
    }
}
