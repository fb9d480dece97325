using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Contexts;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says what an escalation does when it fires: one action (statement 6.7).</summary>
public abstract class EscalationBuilder
{
    private protected EscalationBuilder()
    {
    }

    /// <summary>The actions that were named; one of them is right.</summary>
    internal List<EscalationAction> Actions { get; } = [];

    /// <summary>Runs code, for example to remind somebody. The engine does what it asks for when it returns. Code that throws puts the instance into Error
    /// (statement 6.11).</summary>
    /// <param name="name">The name of the code, by which messages and the stored definition call it.</param>
    /// <param name="code">The code.</param>
    public void Run(string name, Func<EscalationContext, CancellationToken, ValueTask> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        AddRun(name, new EscalationCode(code));
    }

    /// <summary>Runs code that has nothing to await. The engine does what it asks for when it returns. Code that throws puts the instance into Error
    /// (statement 6.11).</summary>
    /// <param name="name">The name of the code, by which messages and the stored definition call it.</param>
    /// <param name="code">The code.</param>
    public void Run(string name, Action<EscalationContext> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        AddRun(name, (context, _) =>
        {
            code(context);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Runs code that is a class with services of its own. Each call has a new object of it, in a new scope of <c>WorkflowOptions.Services</c>
    /// (statement 7.1b).</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="name">The name of the code, by which messages and the stored definition call it.</param>
    public void Run<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(string name)
        where T : class, IEscalationCode
    {
        var code = CodeClass.Of<T>();
        AddRun(name, (context, cancellation) => context.CallAsync(code, made => ((IEscalationCode)made).ExecuteAsync(context, cancellation)), code);
    }

    /// <summary>Goes to an activity. No line is followed of what expires (statements 6.7c and 10.10).</summary>
    /// <param name="activity">The activity that starts.</param>
    /// <param name="expiring">The activities that end; everything when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    public void GoTo(ActivityReference activity, Expiring? expiring = null, ActiveTarget ifActive = ActiveTarget.Again)
    {
        ArgumentNullException.ThrowIfNull(activity);
        GoTo(activity.Name, expiring, ifActive);
    }

    /// <summary>Goes to an activity that is named, for instance because it is declared later. No line is followed of what expires (statements 6.7c and
    /// 10.10).</summary>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; everything when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    public void GoTo(string activity, Expiring? expiring = null, ActiveTarget ifActive = ActiveTarget.Again)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Actions.Add(new EscalationAction.GoTo(new GotoRequest(activity, expiring ?? Expiring.Everything, ifActive)));
    }

    private void AddRun(string name, EscalationCode code, CodeClass? type = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Actions.Add(new EscalationAction.Run(name, code) { Class = type });
    }
}
