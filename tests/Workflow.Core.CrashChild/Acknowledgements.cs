namespace Workflow.Core.CrashChild;

/// <summary>Tells the parent which commands have returned: one line each, at once.</summary>
internal sealed class Acknowledgements : IDisposable
{
    public const string Ready = "ready";
    public const string Started = "started";
    public const string Acted = "acted";
    public const string Finished = "finished";
    public const string Ordered = "ordered";

    /// <summary>An instance that cannot be read was set aside, and the log says so.</summary>
    public const string Reported = "reported";

    public const string Failed = "failed";
    public const string Stopped = "stopped";

    private readonly Lock _lock = new();
    private readonly StreamWriter _output = new(Console.OpenStandardOutput()) { AutoFlush = true };

    public void Tell(string what, string which = "")
    {
        lock (_lock)
        {
            _output.WriteLine($"{what} {which}");
        }
    }

    public void Dispose() => _output.Dispose();
}
