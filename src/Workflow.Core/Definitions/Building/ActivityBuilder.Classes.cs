using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <content>Server events whose code is a class.</content>
public sealed partial class ActivityBuilder
{
    private const DynamicallyAccessedMemberTypes Constructors = DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Adds a server event whose code is a class with services of its own. Each call has a new object of it, in a new scope of
    /// <c>WorkflowOptions.Services</c>, which is disposed of when the call has ended (statement 7.1b).</summary>
    /// <typeparam name="T">The class. If the host has registered it, the container makes the object; otherwise its one public constructor does.</typeparam>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns or the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// activity.Server&lt;TransferOrder&gt;("Order the transfer", define: server => server.Retry(attempts: 5, wait: TimeSpan.FromSeconds(10)))
    /// </code></example>
    public ActivityBuilder Server<[DynamicallyAccessedMembers(Constructors)] T>(
        string name, Rule? succeedingRule = null, Action<ServerEventBuilder>? define = null)
        where T : class, IServerEventCode => Add(Draft<T>(name, isPure: false, succeedingRule), define);

    /// <summary>Adds a server event without any effect outside the process instance, whose code is a class with services of its own (statements 7.1b and 14.4).
    /// The object is made where the engine works, so neither its constructor nor its code may block.</summary>
    /// <typeparam name="T">The class. If the host has registered it, the container makes the object; otherwise its one public constructor does.</typeparam>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PureServer<[DynamicallyAccessedMembers(Constructors)] T>(
        string name, Rule? succeedingRule = null, Action<ServerEventBuilder>? define = null)
        where T : class, IServerEventCode => Add(Draft<T>(name, isPure: true, succeedingRule), define);

    /// <summary>Adds a server event whose code is a class and passes the work to an outside system. When the code has returned, the event waits until that
    /// finishes it by its serial number, as behind code that is none (statements 7.1b and 7.3b).</summary>
    /// <typeparam name="T">The class. If the host has registered it, the container makes the object; otherwise its one public constructor does.</typeparam>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="answers">The answers that it takes; without a list it is finished without one.</param>
    /// <param name="succeedingRule">Whether the event is done when the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Waits<[DynamicallyAccessedMembers(Constructors)] T>(
        string name, IReadOnlyList<string>? answers = null, Rule? succeedingRule = null, Action<ServerEventBuilder>? define = null)
        where T : class, IServerEventCode => Add(
            Draft<T>(name, isPure: false, succeedingRule) with { Waits = true, Listed = answers is null ? null : [.. answers] }, define);

    private static ServerEventDraft Draft<[DynamicallyAccessedMembers(Constructors)] T>(string name, bool isPure, Rule? succeedingRule)
        where T : class, IServerEventCode
    {
        var code = CodeClass.Of<T>();
        return new ServerEventDraft(name, succeedingRule, ServerEventDraft.Calling(code), isPure, new ServerEventBuilder()) { Class = code };
    }
}
