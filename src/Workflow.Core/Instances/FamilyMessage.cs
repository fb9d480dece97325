namespace Workflow.Core.Instances;

/// <summary>A message between a process instance and one of its sub-processes. The commit of the sender stores it, and the commit of the receiver removes
/// it.</summary>
/// <param name="To">The process instance that it is for.</param>
internal abstract record FamilyMessage(ProcessInstanceId To)
{
    /// <summary>The number of the message between the two: each is sent once at most.</summary>
    public abstract int Number { get; }

    /// <summary>The sub-process begins. It is sent before there is such an instance.</summary>
    /// <param name="To">The number that the sub-process gets.</param>
    /// <param name="Start">How it begins.</param>
    public sealed record Started(ProcessInstanceId To, SubProcessStart Start) : FamilyMessage(To)
    {
        /// <summary>The number of every message of this kind.</summary>
        public const int Only = 1;

        public override int Number => Only;
    }

    /// <summary>The parent has ended, and the sub-process ends with it (statement 7.11b).</summary>
    /// <param name="To">The sub-process.</param>
    public sealed record ParentEnded(ProcessInstanceId To) : FamilyMessage(To)
    {
        public override int Number => 2;
    }

    /// <summary>The sub-process has ended.</summary>
    /// <param name="To">The parent.</param>
    /// <param name="Destination">The number of the destination whose event has started it.</param>
    /// <param name="EventInstance">The number of the event instance that has started it.</param>
    /// <param name="IsAwaited">Whether the event was to wait for it.</param>
    /// <param name="WasMoved">Whether somebody or something outside has moved the sub-process, or a timer has. Otherwise it ran by itself (statement
    /// 10.7).</param>
    /// <param name="End">The end.</param>
    public sealed record Ended(ProcessInstanceId To, int Destination, int EventInstance, bool IsAwaited, bool WasMoved, SubProcessEnd End) : FamilyMessage(To)
    {
        public override int Number => 3;
    }
}
