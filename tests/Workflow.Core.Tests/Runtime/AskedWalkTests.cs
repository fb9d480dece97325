using System.Collections.Concurrent;

namespace Workflow.Core.Tests.Runtime;

/// <summary>In random states of random definitions, users, outside systems and administrators ask whether they may do something, and then try it. The tests of
/// the databases do the same there.</summary>
[TestFixture]
internal sealed class AskedWalkTests
{
    private const int Walks = 5;

    /// <summary>So many kinds of calls at least meet both answers, of about thirty. A few are seldom possible in a walk, or never denied.</summary>
    private const int Kinds = 20;

    private readonly ConcurrentDictionary<string, (int Allowed, int Denied)> _answers = new();

    [Test]
    [Statement("14.7e")]
    public async Task An_allowed_call_succeeds_and_a_denied_one_is_refused_with_the_same_reason([Seeds(20)] int seed)
    {
        for (var number = 0; number < Walks; number++)
        {
            var walk = new ManagementWalk((seed * 1_000) + number) { Asks = true };
            await walk.RunAsync($"seed {seed}, walk {number}");
            foreach (var (name, (allowed, denied)) in walk.Answers)
            {
                _answers.AddOrUpdate(name, (allowed, denied), (_, sum) => (sum.Allowed + allowed, sum.Denied + denied));
            }
        }
    }

    /// <summary>Walks that never meet one of the two answers to a call show nothing about it.</summary>
    [OneTimeTearDown]
    public void TellAnswers()
    {
        foreach (var (name, (allowed, denied)) in _answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
        {
            TestContext.Progress.WriteLine($"{name}: {allowed.Invariant()} times allowed, {denied.Invariant()} times denied");
        }

        _answers.Count(answer => answer.Value is { Allowed: > 0, Denied: > 0 }).ShouldBeGreaterThanOrEqualTo(Kinds);
    }
}
