using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The size of what a commit stores.</summary>
internal static class StateSize
{
    /// <exception cref="ProcessInstanceTooLargeException">A commit stores more than it may.</exception>
    public static void RefuseTooLarge(Commit commit, int limit)
    {
        var bytes = 0L;
        for (var index = 0; index < commit.Parts.Count; index++)
        {
            bytes += commit.Parts[index].Content.Length;
        }

        for (var index = 0; index < commit.SentMessages.Count; index++)
        {
            bytes += commit.SentMessages[index].Content.Length;
        }

        // The addition to the history has room of its own: a value that is set is in both.
        bytes = Math.Max(bytes, commit.Journal?.Content.Length ?? 0);
        if (bytes > limit)
        {
            throw new ProcessInstanceTooLargeException(commit.ProcessInstance, bytes, limit);
        }
    }
}
