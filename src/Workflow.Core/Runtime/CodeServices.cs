using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflow.Core.Contexts;

namespace Workflow.Core.Runtime;

/// <summary>Makes objects of the host's classes with services of the host, and calls them, each in a scope of its own (statement 7.1b).</summary>
internal sealed class CodeServices(IServiceProvider? services, ILogger logger)
{
    /// <summary>Calls an object that is made for the call. Whether it returns or throws, all that was made for it is let go after it. Code that takes longer
    /// than it may still uses that, so it keeps it until it ends.</summary>
    /// <exception cref="ServicesGoneException">The services have been disposed of, and the call needed them.</exception>
    public async ValueTask<T> CallAsync<T>(CodeClass code, Func<object, ValueTask<T>> call)
    {
        // A definition whose classes cannot be made is not deployed.
        Invariant.Holds(services is not null);
        try
        {
            return await CallInScopeAsync(services.CreateAsyncScope(), code, call).ConfigureAwait(false);
        }
        catch (ObjectDisposedException exception) when (AreGone(services))
        {
            // A container that is disposed of gives nothing any more, but waits for the engine, which waits for the code (statement 14.4).
            CodeLog.ServicesGone(logger, code.Name, exception);
            throw new ServicesGoneException(exception);
        }
    }

    private async ValueTask<T> CallInScopeAsync<T>(AsyncServiceScope scope, CodeClass code, Func<object, ValueTask<T>> call)
    {
        object? made = null;
        T result;
        try
        {
            if (CallFrame.InstanceOfFlow is { } called)
            {
                scope.ServiceProvider.GetService<WorkflowCall>()?.Begin(called);
            }

            result = await call(ObjectOf(code, scope.ServiceProvider, out made)).ConfigureAwait(false);
        }
        catch
        {
            await EndAfterFailureAsync(code, scope, made).ConfigureAwait(false);
            throw;
        }

        await EndAsync(scope, made).ConfigureAwait(false);
        return result;
    }

    /// <summary>Whether the container of the services has been disposed of, or is being disposed of.</summary>
    private static bool AreGone(IServiceProvider services)
    {
        try
        {
            _ = services.GetService(typeof(IServiceScopeFactory));
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <param name="code">The class.</param>
    /// <param name="scope">The services of the call.</param>
    /// <param name="made">The object when the container does not know the class, and so does not let go of it; null otherwise.</param>
    private static object ObjectOf(CodeClass code, IServiceProvider scope, out object? made)
    {
        made = null;
        return scope.GetService(code.Type) ?? (made = code.Make(scope));
    }

    private static async ValueTask EndAsync(AsyncServiceScope scope, object? made)
    {
        await using (scope.ConfigureAwait(false))
        {
            if (made is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else if (made is IDisposable simple)
            {
                simple.Dispose();
            }
        }
    }

    /// <summary>The exception of the code is the one that exception rules and retry policies are to see.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The code has thrown before, and that is told.")]
    private async ValueTask EndAfterFailureAsync(CodeClass code, AsyncServiceScope scope, object? made)
    {
        try
        {
            await EndAsync(scope, made).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CodeLog.ScopeNotEnded(logger, code.Name, exception);
        }
    }
}
