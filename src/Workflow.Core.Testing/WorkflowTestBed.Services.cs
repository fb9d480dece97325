using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Destinations;
using Workflow.Core.Runtime;

namespace Workflow.Core.Testing;

/// <content>Services of the host.</content>
public sealed partial class WorkflowTestBed
{
    /// <summary>The options with services. The settings of the test come after them.</summary>
    private static Action<WorkflowOptions>? With(IServiceProvider? services, Action<WorkflowOptions>? configure) => services is null
        ? configure
        : options =>
        {
            options.Services = services;
            if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IDestinationResolver)) is true)
            {
                options.ResolveDestinations<IDestinationResolver>();
            }

            configure?.Invoke(options);
        };
}
