using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;

namespace Workflow.Core.Runtime;

/// <summary>Finds before the first call whether an object of a class can be made (statement 7.1b). It makes nothing, unless there is no other way to
/// know.</summary>
/// <param name="services">The services of the engine; null for none.</param>
/// <param name="registered">The registrations from which they were made; null when the engine does not know them.</param>
internal sealed class CodeClassCheck(IServiceProvider? services, IServiceCollection? registered)
{
    private const string Register = "Register it in the container that WorkflowOptions.Services comes from.";

    private readonly IServiceProviderIsService? _known = services?.GetService<IServiceProviderIsService>();

    /// <summary>Refuses a definition with code that could not be called.</summary>
    /// <exception cref="ProcessDefinitionException">A class of it cannot be provided.</exception>
    public async ValueTask RequireAsync(ProcessDefinition definition)
    {
        var problems = new List<DefinitionProblem>();
        foreach (var (element, code) in CodeClasses.Of(definition))
        {
            if (await WhyNotAsync(code).ConfigureAwait(false) is { } problem)
            {
                problems.Add(new DefinitionProblem(element, $"its code is the class '{code.Name}', {problem.What}", "7.1b", problem.Remedy));
            }
        }

        if (problems.Count > 0)
        {
            throw new ProcessDefinitionException(definition.Name, "deployed", problems);
        }
    }

    /// <summary>Refuses a resolver that could not be asked.</summary>
    /// <exception cref="ArgumentException">Its class cannot be provided.</exception>
    public async ValueTask RequireAsync(ScopedResolver resolver)
    {
        if (await WhyNotAsync(resolver.Class).ConfigureAwait(false) is { } problem)
        {
            throw new ArgumentException($"The resolver is the class '{resolver.Class.Name}', {problem.What}. {problem.Remedy}");
        }
    }

    private async ValueTask<Problem?> WhyNotAsync(CodeClass code)
    {
        if (services is null)
        {
            return new Problem("and the engine has no services", "Set WorkflowOptions.Services, or register the engine with AddWorkflowEngine.");
        }

        if (_known is null || services.GetService<IServiceScopeFactory>() is null)
        {
            return new Problem(
                "and the services of the engine make no scopes or cannot tell what they have",
                "Set WorkflowOptions.Services to the provider of a container, for example ServiceCollection.BuildServiceProvider().");
        }

        return _known.IsService(code.Type) ? await WhyNotRegisteredAsync(code).ConfigureAwait(false) : WhyNotMade(code);
    }

    /// <summary>The engine makes the object itself, in one way.</summary>
    private Problem? WhyNotMade(CodeClass code)
    {
        if (code.Type.IsAbstract)
        {
            return new Problem("of which no object can be made, and the services of the engine do not have it", Register);
        }

        return CodeClass.ConstructorsOf(code.Type) is [var one]
            ? Missing(one)
            : new Problem(
                "which does not have one public constructor, so the engine cannot tell which to call",
                "Give it one, mark one with ActivatorUtilitiesConstructor, or register it with a factory.");
    }

    /// <summary>The container makes the object. It has its own way, which may be a factory of the host.</summary>
    private async ValueTask<Problem?> WhyNotRegisteredAsync(CodeClass code)
    {
        if (registered is null)
        {
            return WayOfContainer(code.Type) is { HasWay: true } ? null : await WhyNotTriedAsync(code).ConfigureAwait(false);
        }

        var last = registered.LastOrDefault(each => each.ServiceType == code.Type && !each.IsKeyedService);
        if (last?.ImplementationType is not { } type)
        {
            return null;
        }

        return type.IsAbstract || type.GetConstructors().Length == 0
            ? new Problem(
                $"which is registered as '{CodeClass.NameOf(type)}' without a public constructor, so no object can be made",
                "Give it one, or register it with a factory.")
            : WayOfContainer(type).Problem;
    }

    /// <summary>An object of which a constructor seems to lack a service is made once, because a factory may give that.</summary>
    private async ValueTask<Problem?> WhyNotTriedAsync(CodeClass code)
    {
        var scope = services!.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                _ = scope.ServiceProvider.GetService(code.Type);
                return null;
            }
            catch (InvalidOperationException exception)
            {
                return WayOfContainer(code.Type).Problem ?? new Problem($"which the services of the engine cannot make: {ErrorText.Of(exception)}", Register);
            }
#pragma warning disable CA1031 // A constructor that throws is a failed call, and is told when it is called.
            catch (Exception)
#pragma warning restore CA1031
            {
                return null;
            }
        }
    }

    /// <summary>Finds out whether a container can make an object of a registered class. Of the constructors whose services it has, it takes the one with most
    /// parameters. Every other one must need nothing else. No mark on a constructor counts for it.</summary>
    private (bool HasWay, Problem? Problem) WayOfContainer([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type)
    {
        Problem? first = null;
        HashSet<Type>? taken = null;
        foreach (var constructor in type.GetConstructors().Where(_ => !type.IsAbstract).OrderByDescending(each => each.GetParameters().Length))
        {
            if (Missing(constructor) is { } missing)
            {
                first ??= missing;
                continue;
            }

            var needed = constructor.GetParameters().Select(parameter => parameter.ParameterType);
            if (taken is null)
            {
                taken = [.. needed];
            }
            else if (!taken.IsSupersetOf(needed))
            {
                return (false, new Problem(
                    $"of whose constructors the services of the engine can call several ('{CodeClass.NameOf(type)}'), so the container cannot tell which",
                    "Give it one, or register it with a factory."));
            }
        }

        return taken is null ? (false, first) : (true, null);
    }

    private Problem? Missing(ConstructorInfo constructor)
    {
        var missing = Array.Find(constructor.GetParameters(), parameter => !parameter.HasDefaultValue && !Has(parameter));
        return missing is null
            ? null
            : new Problem($"which needs '{CodeClass.NameOf(missing.ParameterType)}', and the services of the engine do not have that", Register);
    }

    private bool Has(ParameterInfo parameter) => parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key }
        ? _known is IServiceProviderIsKeyedService keyed && keyed.IsKeyedService(parameter.ParameterType, key)
        : _known!.IsService(parameter.ParameterType);

    /// <summary>Why no object can be made, as the rest of a sentence, and the remedy.</summary>
    private sealed record Problem(string What, string Remedy);
}
