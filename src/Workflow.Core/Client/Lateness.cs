namespace Workflow.Core.Client;

/// <summary>Says how late a task is (statement 1.16).</summary>
internal static class Lateness
{
    /// <summary>The flag of a task.</summary>
    /// <param name="expected">How long its activity is expected to take; null when nothing is said.</param>
    /// <param name="age">How long ago the task began.</param>
    public static PriorityFlag Of(TimeSpan? expected, TimeSpan age)
    {
        if (expected is not { } duration || age < duration)
        {
            return PriorityFlag.Green;
        }

        return age < duration + TimeSpan.FromDays(1) ? PriorityFlag.Yellow : PriorityFlag.Red;
    }
}
