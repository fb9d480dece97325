using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>The start of another process, which becomes a sub-process of the instance (statement 7.7).</summary>
public sealed class IpcEventDefinition : EventDefinition
{
    internal IpcEventDefinition(
        string name, string childProcess, Rule? succeedingRule, EscalationDefinition[] escalations, IReadOnlyList<SentField> sent,
        IReadOnlyList<ReceivedField> received)
        : base(name, succeedingRule, escalations)
    {
        ChildProcess = childProcess;
        Sent = sent;
        Received = received;
    }

    /// <summary>The name of the process definition that is started.</summary>
    public string ChildProcess { get; }

    /// <summary>The version of the process definition that is started; null for the default version at the instant of the start (statement 7.13).</summary>
    public int? ChildVersion { get; internal init; }

    /// <summary>Whether the event waits until the sub-process has ended. Otherwise it is over as soon as the sub-process is on its way (statement
    /// 7.7).</summary>
    public bool WaitsForChild { get; internal init; } = true;

    /// <summary>The process fields of the sub-process that get a value when it starts (statement 7.8).</summary>
    public IReadOnlyList<SentField> Sent { get; }

    /// <summary>The data fields that get a value of the sub-process when it has completed (statements 7.8 and 7.8b).</summary>
    public IReadOnlyList<ReceivedField> Received { get; }

    /// <summary>The name that people call the sub-process by; null for an empty one (statement 7.8).</summary>
    public Operand<string>? Folio { get; internal init; }

    /// <summary>In whose name the sub-process is started (statement 7.9).</summary>
    public ChildIdentity Identity { get; internal init; } = ChildIdentity.Originator;

    /// <summary>Whether the sub-process ends when the instance that started it ends (statement 7.11b). Otherwise it continues alone.</summary>
    public bool EndsWithParent { get; internal init; }

    /// <summary>The end of the event when the sub-process is deleted for which it waits (statement 7.11).</summary>
    public ChildDeleted WhenDeleted { get; internal init; } = ChildDeleted.Fails;
}
