using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>A sub-process, or the instance that has started one, has ended, and the other one learns of it.</summary>
internal sealed class FamilyCommand : Command
{
    private readonly FamilyMessages? _messages;
    private readonly FamilyMessages.Pending? _pending;
    private readonly Input _input;
    private bool _asksFirst;
    private bool _isReceived;

    /// <param name="messages">The messages, which know whether this one is still to be received.</param>
    /// <param name="pending">The message.</param>
    public FamilyCommand(FamilyMessages messages, FamilyMessages.Pending pending)
        : base(pending.Message.To)
    {
        (_messages, _pending) = (messages, pending);
        _input = new Input.FamilyEnded(pending.From, pending.Message, IsStored: true);
    }

    /// <summary>Tells of an end of which there is no message.</summary>
    public FamilyCommand(ProcessInstanceId from, FamilyMessage.Ended message)
        : base(message.To) => _input = new Input.FamilyEnded(from, message, IsStored: false);

    /// <summary>When it is asked again, another engine may have received the message.</summary>
    public override PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition)
    {
        if (_isReceived)
        {
            return new Refusal(RefusalKind.NothingDue);
        }

        if (_asksFirst)
        {
            return PreparedInput.AskFirst;
        }

        _asksFirst = _pending is not null;
        return _input;
    }

    public override async ValueTask AskAsync(CancellationToken cancellation)
    {
        _isReceived = !await _messages!.IsStoredAsync(_pending!.Key, cancellation).ConfigureAwait(false);
        _asksFirst = false;
    }
}
