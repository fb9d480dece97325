using System.Text.RegularExpressions;

namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>Follows what a client sends on one connection, to see which message commits a process instance. It is COMMIT, or the Sync that ends statements
/// outside of a transaction.</summary>
internal sealed partial class CommitTracker
{
    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private bool _isInTransaction;
    private bool _hasWritten;

    /// <summary>Takes note of a message.</summary>
    /// <returns>Whether a process instance is committed when the server gets it.</returns>
    public bool Commits(Frame frame)
    {
        switch (frame.Type)
        {
            case 'P':
                _statements[frame.Text(0)] = frame.Text(1);
                return false;
            case 'B':
                _hasWritten |= WritesProcess().IsMatch(_statements.GetValueOrDefault(frame.Text(1), ""));
                return false;
            case 'S':
                return !_isInTransaction && TakeWritten();
            case 'Q':
                return Asks(frame.Text(0));
            default:
                return false;
        }
    }

    private bool Asks(string text)
    {
        if (text.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase))
        {
            _isInTransaction = true;
            return false;
        }

        var isCommit = text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);
        if (isCommit || text.StartsWith("ROLLBACK", StringComparison.OrdinalIgnoreCase))
        {
            _isInTransaction = false;
            return TakeWritten() && isCommit;
        }

        return false;
    }

    private bool TakeWritten()
    {
        var hasWritten = _hasWritten;
        _hasWritten = false;
        return hasWritten;
    }

    [GeneratedRegex(@"^\s*(INSERT\s+INTO|UPDATE)\s+\S*wf_process\b")]
    private static partial Regex WritesProcess();
}
