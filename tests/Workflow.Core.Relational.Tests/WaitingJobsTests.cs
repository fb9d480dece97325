using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Tests;

/// <summary>The order in which jobs go that wait for a connection.</summary>
[TestFixture]
internal sealed class WaitingJobsTests
{
    private const int Most = 32;
    private const int Few = 4;

    private readonly List<Job> _group = [];
    private WaitingJobs<Job> _waiting = null!;
    private int _number;

    [SetUp]
    public void Begin() => (_waiting, _number) = (new WaitingJobs<Job>(Most), 0);

    [Test]
    public void A_commit_that_somebody_waits_for_passes_those_of_the_engines_own_work()
    {
        Come(10, isBackground: true, at: 0);
        Come(2, isBackground: false, at: 0);

        Take(at: 0).ShouldBe("u10 u11 b0 b1 b2 b3", "as many of the others go along as may be waited for");
        Take(at: 99).ShouldBe("b4 b5 b6 b7", "somebody may come again");
        Take(at: 100).ShouldBe("b8 b9");
        _waiting.IsEmpty.ShouldBeTrue();
    }

    [Test]
    public void The_engines_own_work_goes_on_however_many_others_come()
    {
        Come(40, isBackground: true, at: 0);
        for (var round = 0; round < 10; round++)
        {
            Come(2 * Most, isBackground: false, at: round);
            Take(at: round);
            _group.Count(job => job.IsBackground).ShouldBe(Few);
            _group.Count.ShouldBe(Most);
        }

        Take(at: 10);
        _group.Count(job => !job.IsBackground).ShouldBe(Most);
    }

    [Test]
    public void The_engines_own_work_goes_in_large_groups_when_nobody_else_is_there()
    {
        Come(40, isBackground: true, at: 0);

        Take(at: 0);
        _group.Count.ShouldBe(Most);
        Take(at: 0);
        _group.Count.ShouldBe(8);
    }

    [Test]
    public void Commits_that_come_while_a_group_is_under_way_go_with_it_if_there_is_room()
    {
        Come(3, isBackground: true, at: 0);
        Come(1, isBackground: false, at: 0);
        Take(at: 0).ShouldBe("u3 b0 b1 b2");

        TakeMore(at: 0).ShouldBeNull("nothing has come");
        Come(3, isBackground: true, at: 1);
        Come(2, isBackground: false, at: 1);
        TakeMore(at: 1).ShouldBe("u3 b0 b1 b2 u7 u8 b4", "no more of the engine's own work than anybody may have to wait for");
        TakeMore(at: 1).ShouldBeNull();
        TakeMore(at: 101).ShouldBe("u3 b0 b1 b2 u7 u8 b4 b5 b6", "nobody comes any more");

        Come(2 * Most, isBackground: false, at: 101);
        TakeMore(at: 101);
        _group.Count.ShouldBe(Most);
        TakeMore(at: 101).ShouldBeNull("it is full");
    }

    [Test]
    public void The_engines_own_work_that_goes_along_later_has_not_let_others_pass()
    {
        Come(1, isBackground: false, at: 0);
        Take(at: 0);
        Come(6, isBackground: true, at: 0);
        TakeMore(at: 99).ShouldBe("u0 b1 b2 b3 b4");

        Come(1, isBackground: false, at: 99);
        _waiting.Take(_group, 99, Few);
        _waiting.AreBefore(new Job("", isOwnWork: false), 198).ShouldBeFalse();
    }

    [Test]
    public void A_connection_that_is_kept_for_others_does_not_take_the_engines_own_work_alone()
    {
        Come(1, isBackground: true, at: 0);
        Take(at: 0, takesBackground: false).ShouldBe("");

        Come(1, isBackground: false, at: 0);
        Take(at: 0, takesBackground: false).ShouldBe("u1 b0");
    }

    [Test]
    public void A_connection_that_is_kept_for_others_takes_the_engines_own_work_when_that_has_waited_long_enough()
    {
        Come(10, isBackground: true, at: 0);
        Take(at: 99, takesBackground: false).ShouldBe("");
        Take(at: 100, takesBackground: false).ShouldBe("b0 b1 b2 b3 b4 b5 b6 b7 b8 b9");

        Come(10, isBackground: true, at: 100);
        Come(1, isBackground: false, at: 150);
        Take(at: 150, takesBackground: false).ShouldBe("u20 b10 b11 b12 b13");
        Take(at: 249, takesBackground: false).ShouldBe("");
        Take(at: 250, takesBackground: false).ShouldBe("b14 b15 b16 b17 b18 b19");
    }

    [Test]
    public void A_job_goes_behind_those_of_its_own_kind_only()
    {
        Come(1, isBackground: true, at: 0);

        _waiting.AreBefore(new Job("", isOwnWork: true), 0).ShouldBeTrue();
        _waiting.AreBefore(new Job("", isOwnWork: false), 99).ShouldBeFalse();
        _waiting.AreBefore(new Job("", isOwnWork: false), 100).ShouldBeTrue("the engine's own work has let others pass for long enough");
        Come(1, isBackground: false, at: 0);
        _waiting.AreBefore(new Job("", isOwnWork: false), 0).ShouldBeTrue();
    }

    private void Come(int count, bool isBackground, long at)
    {
        for (var index = 0; index < count; index++)
        {
            var job = new Job($"{(isBackground ? "b" : "u")}{_number++}", isBackground);
            _waiting.Note(job, at);
            _waiting.Add(job, at);
        }
    }

    private string Take(long at, bool takesBackground = true)
    {
        _group.Clear();
        _waiting.Take(_group, at, Few, takesBackground);
        return string.Join(' ', _group.Select(job => job.Name));
    }

    /// <returns>The whole group; null when nothing was added.</returns>
    private string? TakeMore(long at) => _waiting.TakeMore(_group, at, Few) ? string.Join(' ', _group.Select(job => job.Name)) : null;

    private sealed class Job(string name, bool isOwnWork) : WriterJob
    {
        public string Name => name;

        public override bool IsBackground => isOwnWork;

        public override void Run(Session session, int together) => throw new NotSupportedException();

        public override bool? IsStored(Session session) => throw new NotSupportedException();

        public override void Succeed() => throw new NotSupportedException();

        public override void Fail(Exception exception) => throw new NotSupportedException();

        public override void LoseSight(Exception exception) => throw new NotSupportedException();
    }
}
