namespace Workflow.Core.Client;

/// <content>The question whether the user may do something.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>Asks whether the user may do something now, without doing it (statement 14.7e). The call goes the same way as always, with the same checks of
    /// rights, standing, state and data. It is decided on a copy of the instance, and ends there: nothing is stored, no code of the definition but rules is
    /// called, and a start uses up no number.</summary>
    /// <param name="call">The call, on the connection that it is given: one call of this user, of whichever kind. Do not use its result: nothing has
    /// happened.</param>
    /// <returns>Whether the call would be admitted; otherwise the exception that it would throw. The answer holds until something changes. It follows from
    /// what is stored, and does not wait for code that runs.</returns>
    /// <exception cref="ArgumentException">The call itself is wrong, as it would say.</exception>
    /// <remarks>An exception of the store, of the resolver, or of the source of working hours is no denial, and is thrown. A call on several tasks or instances
    /// has its results in the list that it returns, as always.</remarks>
    /// <example><code>
    /// var may = await engine.As("ann").MayAsync(ann => ann.Worklist.RedirectAsync(serial, "bob"));
    /// Console.WriteLine(may.IsAllowed ? "Redirect" : may.Reason);
    /// </code></example>
    [OperationRight(Operation.AskWhetherAllowed)]
    public ValueTask<Permission> MayAsync(Func<WorkflowConnection, ValueTask> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var asked = new WorkflowConnection(_host.Rehearsing(), _principal);
        return Permission.OfAsync(() => call(asked));
    }

    /// <summary>Asks whether the user may do something that returns a result, without doing it (statement 14.7e).</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="call">The call, on the connection that it is given.</param>
    /// <returns>Whether the call would be admitted; otherwise the exception that it would throw.</returns>
    /// <inheritdoc cref="MayAsync(Func{WorkflowConnection, ValueTask})" path="/exception"/>
    /// <example><code>var may = await engine.As("dora").MayAsync(dora => dora.StartAsync("Expense claim"));</code></example>
    [OperationRight(Operation.AskWhetherAllowed)]
    public ValueTask<Permission> MayAsync<T>(Func<WorkflowConnection, ValueTask<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var asked = new WorkflowConnection(_host.Rehearsing(), _principal);
        return Permission.OfAsync(() => call(asked));
    }
}
