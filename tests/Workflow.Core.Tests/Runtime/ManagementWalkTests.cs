using System.Collections.Concurrent;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Random definitions are managed at random; <see cref="ManagementWalk"/> says what holds. The tests of the databases do the same there.</summary>
[TestFixture]
internal sealed class ManagementWalkTests
{
    private const int Walks = 5;

    /// <summary>So many states at least does a walk compare, on the average of all.</summary>
    private const int States = 5;

    /// <summary>So many states at least does a walk compare, on the average of those of a test.</summary>
    private const int StatesOfTest = 2;

    private static readonly JournalKind[] _familyKinds =
    [
        JournalKind.SubProcessStarted, JournalKind.SubProcessEnded, JournalKind.SubProcessDeleted, JournalKind.SubProcessEndIgnored,
        JournalKind.SubProcessEndKept, JournalKind.EndedWithParent,
    ];

    private int _previews;
    private int _walks;
    private int _joins;
    private int _groups;
    private int _milestones;
    private readonly ConcurrentDictionary<JournalKind, int> _families = new();

    [Test]
    [Statement("8.2")]
    [Statement("8.2b")]
    [Statement("8.6")]
    [Statement("8.6b")]
    [Statement("8.8")]
    [Statement("8.9")]
    [Statement("10.10e")]
    [Statement("13.9")]
    public async Task Every_instance_does_what_each_preview_told_and_ends_or_waits_for_something_that_can_be_named([Seeds(20)] int seed)
    {
        var (previews, moves, joins, groups, milestones) = (0, 0, 0, 0, 0);
        for (var number = 0; number < Walks; number++)
        {
            var walk = new ManagementWalk((seed * 1_000) + number);
            await walk.RunAsync($"seed {seed}, walk {number}");
            (previews, moves, joins) = (previews + walk.Previews, moves + walk.Moves, joins + walk.Joins);
            (groups, milestones) = (groups + walk.Groups, milestones + walk.Milestones);
            foreach (var (kind, count) in walk.Families)
            {
                _families.AddOrUpdate(kind, count, (_, sum) => sum + count);
            }
        }

        Interlocked.Add(ref _walks, Walks);
        Interlocked.Add(ref _previews, previews);
        Interlocked.Add(ref _joins, joins);
        Interlocked.Add(ref _groups, groups);
        Interlocked.Add(ref _milestones, milestones);
        previews.ShouldBeGreaterThanOrEqualTo(Walks * StatesOfTest);
        moves.ShouldBePositive();
    }

    [OneTimeTearDown]
    public void TellPreviews()
    {
        TestContext.Progress.WriteLine(
            $"{_previews.Invariant()} previews, {_joins.Invariant()} joins that passed, {_groups.Invariant()} turns in groups and {_milestones.Invariant()} "
                + "milestones reached or over in memory");
        foreach (var kind in _familyKinds)
        {
            TestContext.Progress.WriteLine($"{_families.GetValueOrDefault(kind).Invariant()} times {kind}");
        }

        _previews.ShouldBeGreaterThanOrEqualTo(_walks * States);
        _familyKinds.ShouldAllBe(kind => _families.ContainsKey(kind));
        _joins.ShouldBePositive();
        _groups.ShouldBePositive();
        _milestones.ShouldBePositive();
    }
}
