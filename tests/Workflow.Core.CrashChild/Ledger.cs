using System.Text;
using Workflow.Core.Contexts;

namespace Workflow.Core.CrashChild;

/// <summary>The outside world that code acts on: a file to which each run of their code adds a line. It is no part of the database, so what is in it
/// stays, whatever becomes of the commit.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly int _incarnation;

    public Ledger(string path, int incarnation)
    {
        _incarnation = incarnation;
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>The notes of all children so far.</summary>
    public static IReadOnlyList<LedgerLine> Read(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(LedgerLine.Parse)] : [];

    public void Note(CodeContext context)
    {
        var reminder = (context as EscalationContext)?.Number ?? 0;
        var line = new LedgerLine(context.ProcessInstance, context.Element, reminder, context.IdempotencyKey, context.Attempt, _incarnation);
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock)
        {
            _file.Write(bytes);
        }
    }

    public void Dispose() => _file.Dispose();
}
