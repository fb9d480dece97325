namespace Workflow.Core.Instances;

/// <summary>The summand of a number in the sum over the parts of an owner: its square. Therefore few sets of the same size have the same sum, and the sum of a
/// few small numbers is short.</summary>
internal static class NumberSum
{
    public static ulong Of(int number) => (ulong)((long)number * number);

    public static ulong Of(List<ActivityInstance> activities)
    {
        var sum = 0UL;
        foreach (var activity in activities)
        {
            sum += Of(activity.Id);
        }

        return sum;
    }
}
