namespace Workflow.Core.Definitions.Building;

/// <summary>Checks the numbers of a retry policy (statement 13.2).</summary>
internal static class RetryPolicyCheck
{
    public static void Check(DefinitionProblems problems, string element, RetryPolicy policy)
    {
        problems.AddIf(
            policy.Attempts is < 2 or > RetryPolicy.MostAttempts, element,
            $"its retry policy allows {policy.Attempts.Invariant()} attempts in all", "13.2",
            $"Give 2 to {RetryPolicy.MostAttempts.Invariant()}. The first call is one of them.");
        problems.AddIf(
            policy.Wait < TimeSpan.Zero || policy.Wait > RetryPolicy.LongestWait, element, $"its retry policy waits {policy.Wait.Invariant()}", "13.2",
            "Give zero or more, at most 365 days.");
        problems.AddIf(
            !(policy.Factor >= 1) || double.IsInfinity(policy.Factor), element, $"its retry policy has the factor {policy.Factor.Invariant()}", "13.2",
            "Give 1 for equal waits, or more.");
        problems.AddIf(
            policy.AtMost is { } most && (most < policy.Wait || most > RetryPolicy.LongestWait), element,
            $"its retry policy waits {policy.Wait.Invariant()} first and {policy.AtMost.GetValueOrDefault().Invariant()} at most", "13.2",
            "Give a longest wait that is not shorter than the first, and at most 365 days.");
        problems.AddIf(
            !(policy.Jitter is >= 0 and <= 1), element, $"its retry policy has a jitter of {policy.Jitter.Invariant()}", "13.2", "Give a share from 0 to 1.");
    }
}
