using System.Reflection;
using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Code that begins work, signals, waits or cancels by itself, where only the executor does. Such code would leave the one thread on which a test
/// runs an engine.</summary>
internal static partial class ExecutorRules
{
    /// <summary>The one folder of the library that may do so, and its namespace.</summary>
    public const string Folder = "Workflow.Core/Runtime/Execution/";

    private const string Namespace = "Workflow.Core.Runtime.Execution";

    /// <summary>These types do nothing else.</summary>
    private static readonly string[] _types =
    [
        "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Timers.Timer", "System.Threading.PeriodicTimer",
        "System.Threading.SemaphoreSlim", "System.Threading.Semaphore", "System.Threading.Mutex", "System.Threading.Barrier", "System.Threading.CountdownEvent",
        "System.Threading.ManualResetEvent", "System.Threading.ManualResetEventSlim", "System.Threading.AutoResetEvent", "System.Threading.WaitHandle",
        "System.Threading.EventWaitHandle", "System.Threading.SpinWait", "System.Threading.SynchronizationContext", "System.Threading.Tasks.Parallel",
        "System.Threading.Tasks.TaskFactory", "System.Threading.Tasks.TaskFactory`1", "System.Threading.Tasks.TaskScheduler",
        "System.Threading.Tasks.TaskCompletionSource", "System.Threading.Tasks.TaskCompletionSource`1", "System.Collections.Concurrent.BlockingCollection`1",
    ];

    /// <summary>Whether a type stands under the rule.</summary>
    public static bool Concerns(Type type) => type.Namespace != Namespace;

    /// <summary>The reading of the compiled code, which knows the types that the source does not name.</summary>
    public static string? Escape(MethodBase caller, MemberInfo used)
    {
        var type = used.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : used.DeclaringType;
        var isTask = type == typeof(Task) || type == typeof(Task<>);
        return (type?.FullName, used.Name) switch
        {
            ({ } name, _) when _types.Contains(name) => "works with threads or signals",
            (_, "Run" or "Start" or "RunSynchronously" or "ContinueWith" or "Yield") when isTask => "begins work",
            (_, "Delay" or "Wait" or "WaitAny" or "WaitAll") when isTask => "waits",
            (_, "WaitAsync") when isTask && TakesTime(used) => "waits",
            (_, "get_Result") when isTask => "blocks",
            ("System.Threading.Monitor", "Wait" or "Pulse" or "PulseAll") => "waits",
            ("System.TimeProvider", "CreateTimer") => "sets a timer",
            ("System.Threading.CancellationTokenSource", "Cancel" or "CancelAsync" or "CancelAfter") => "cancels",
            ("System.Threading.CancellationTokenSource", ".ctor") when TakesTime(used) => "cancels",

            // The compiler makes a method of another name for code that awaits.
            ({ } name, "GetResult") when caller.Name != "MoveNext" && name.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal) => "blocks",
            _ => null,
        };
    }

    /// <summary>The reading of the source, which knows the constants that no instruction names.</summary>
    public static IEnumerable<string> ViolationsIn(SourceFile file) =>
        from line in file.CodeLines
        from match in Word().Matches(line.Text)
        select $"{file.Path}:{line.Number}: {match.Value}";

    private static bool TakesTime(MemberInfo used) =>
        ((MethodBase)used).GetParameters().Any(parameter => parameter.ParameterType == typeof(TimeSpan) || parameter.ParameterType == typeof(int));

    [GeneratedRegex(
        @"\bnew\s+Thread\b|\bTask\.(Run|Delay|Factory|Yield)\b|\bLongRunning\b|\bRunContinuationsAsynchronously\b|\bForceYielding\b|" +
        @"(?<![eE]xecutor\.)\bCancelAsync\b|\bContinueWith\b|QueueUserWorkItem\b|\bCreateTimer\b|\bTaskCompletionSource\b|" +
        @"\bTaskScheduler\b|\bSynchronizationContext\b|\bMonitor\.(Wait|Pulse)|\bSemaphoreSlim\b|\bGetAwaiter\(\)")]
    private static partial Regex Word();
}
