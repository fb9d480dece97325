using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Snapshots;

namespace Workflow.Core.Runtime;

/// <content>The news of commits.</content>
internal sealed partial class ResidentInstance
{
    /// <summary>The status that the store knows; zero while the instance is new. A byte costs an instance nothing beside another one.</summary>
    private byte _storedStatus;

    /// <summary>The status that the store knows; null for a new instance.</summary>
    private ProcessInstanceStatus? StatusBefore => _storedStatus == 0 ? null : (ProcessInstanceStatus)_storedStatus;

    /// <summary>Writes the news of a commit, which is stored with it.</summary>
    private void TellOthers(Commit commit)
    {
        var buffers = _buffers!;
        var writer = buffers.NewsWriter ??= new PartWriter();
        buffers.News = CommitNews.Of(buffers.Episode, StatusBefore);
        commit.Tell(writer.Memory(NewsWriter.Write(writer, _id, buffers.News)));
    }

    /// <summary>Tells those who watch what the commit has changed that is stored now. Inside a transaction of the host, nobody knows that yet.</summary>
    private void TellNews()
    {
        if (!_services.LeavesCalls && _services.News.IsWatched)
        {
            _services.News.Tell(_buffers!.News ?? CommitNews.Of(Episode, StatusBefore));
        }

        _storedStatus = (byte)_process!.StoredStatus;
    }

    private void NotStored(Commit commit, Exception exception)
    {
        if (commit.SentMessages.Count > 0)
        {
            _services.Messages.LookAgain();
        }

        if (!_services.LeavesCalls && exception is CommitOutcomeUnknownException)
        {
            _services.News.Tell(new ProcessNews.LookAnew(LookAnewReason.Unknown));
        }
    }
}
