using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>The instant of the start rule has come, and the activity instance begins (statement 6.2).</summary>
internal static class BeginActivity
{
    public static void Run(Episode episode, ActivityInstance activity) => Escalations.Begin(episode, activity);
}
