using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The state that a turn works with: the episode, and the buffers from which a commit is made. Other turns use them again.</summary>
internal sealed class TurnBuffers
{
    public TurnBuffers() => Commit = new Commit
    {
        ProcessInstance = default,
        ExpectedVersion = 0,
        HasPendingCall = false,
        Journal = null,
        Parts = Parts,
        RemovedParts = RemovedParts,
        EndedActivities = Episode.EndedActivities,
        Worklist = Episode.Worklist,
        ArmedTimers = Episode.ArmedTimers,
        EndedTimers = Episode.EndedTimers,
        ServerItems = Episode.ServerItems,
        SentMessages = SentMessages,
        ReceivedMessages = Episode.Received,
    };

    public Episode Episode { get; } = new();

    public PartWriter Writer { get; } = new();

    public List<(PartKey Key, Range Piece)> Pieces { get; } = [];

    public List<StoredPart> Parts { get; } = [];

    public List<PartKey> RemovedParts { get; } = [];

    public List<ProcessMessage> SentMessages { get; } = [];

    /// <summary>Writes the news for other engines; null where nobody has asked for that.</summary>
    public PartWriter? NewsWriter { get; set; }

    /// <summary>The news of the commit, if other engines are told; null otherwise.</summary>
    public ProcessNews? News { get; set; }

    /// <summary>The commit, used again for one commit after the other.</summary>
    public Commit Commit { get; }

    /// <summary>Under which idempotency key the next commit is made; null for none.</summary>
    public OnceOnly? Once { get; set; }

    /// <summary>Makes ready for the next commit, or for another turn.</summary>
    public void Clear()
    {
        Episode.Clear();
        Writer.Clear();
        Pieces.Clear();
        Parts.Clear();
        RemovedParts.Clear();
        SentMessages.Clear();
        NewsWriter?.Clear();
        News = null;
        Once = null;
    }
}
