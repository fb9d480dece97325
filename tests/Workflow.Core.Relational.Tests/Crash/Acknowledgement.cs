namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A command of a child that has returned.</summary>
/// <param name="What">The deed, as <see cref="CrashChild.Acknowledgements"/> says it.</param>
/// <param name="Which">The process instance, the serial number or the order that it was about.</param>
internal sealed record Acknowledgement(string What, string Which)
{
    public static Acknowledgement Parse(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return new Acknowledgement(line[..end], line[(end + 1)..]);
    }
}
