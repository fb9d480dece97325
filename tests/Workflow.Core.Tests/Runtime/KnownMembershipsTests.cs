using System.Collections.Immutable;
using Workflow.Core.Destinations;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Runtime;

/// <summary>The result of an answer of the resolver is used again when the resolver says the same, and only then.</summary>
[TestFixture]
public sealed class KnownMembershipsTests
{
    private static List<Destination> Roles(int count) => [.. Enumerable.Range(1, count).Select(number => Destination.Role($"R{number.Invariant()}"))];

    [Test]
    [Statement("4.8")]
    public void The_same_answer_is_known_and_another_is_not()
    {
        var known = new KnownMemberships();
        var list = new MembershipList([.. Roles(100)]);
        known.Keep("ann", list);

        known.Find("ann", Roles(100)).ShouldBeSameAs(list);
        known.Find("ANN", Roles(100)).ShouldBeSameAs(list);
        known.Find("ann", Roles(100).ToArray()).ShouldBeSameAs(list);
        known.Find("ann", Roles(100).ToImmutableArray()).ShouldBeSameAs(list);
        known.Find("bob", Roles(100)).ShouldBeNull();
        known.Find("ann", Roles(101)).ShouldBeNull();
        known.Find("ann", Roles(99)).ShouldBeNull();
        foreach (var other in (Destination[])[Destination.Role("R101"), Destination.Group("R50"), Destination.Role("r50")])
        {
            var answer = Roles(100);
            answer[49] = other;
            known.Find("ann", answer).ShouldBeNull(other.ToString());
            known.Find("ann", answer.ToArray()).ShouldBeNull(other.ToString());
            known.Find("ann", answer.ToImmutableArray()).ShouldBeNull(other.ToString());
        }

        known.Find("ann", [.. Enumerable.Reverse(Roles(100))]).ShouldBeNull("the order");
    }

    [Test]
    [Statement("4.8")]
    public void Few_names_are_not_kept_and_of_too_many_those_that_were_kept_first_are_forgotten()
    {
        var known = new KnownMemberships();
        known.Keep("few", new MembershipList([.. Roles(5)]));
        for (var user = 0; user < 20; user++)
        {
            known.Keep($"user {user.Invariant()}", new MembershipList([.. Roles(10_000)]));
        }

        known.Find("few", Roles(5)).ShouldBeNull();
        known.Find("user 0", Roles(10_000)).ShouldNotBeNull();
        known.Keep("USER 0", new MembershipList([.. Roles(10_000)]));
        known.Keep("user 20", new MembershipList([.. Roles(10_000)]));

        known.Find("user 1", Roles(10_000)).ShouldBeNull();
        foreach (var user in Enumerable.Range(2, 19).Prepend(0))
        {
            known.Find($"user {user.Invariant()}", Roles(10_000)).ShouldNotBeNull();
        }
    }

    [Test]
    [Statement("4.8")]
    public async Task A_user_who_leaves_a_role_loses_its_tasks_at_once_also_when_the_resolver_changes_the_list_that_it_gave()
    {
        var roles = Roles(100);
        var resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R50"), "A" } })
        {
            Memberships = (_, _) => ValueTask.FromResult<IReadOnlyList<Destination>>(roles),
        };
        await using var bed = await WorkflowTestBed.CreateAsync(
            [Staff.Deciding(activity => activity.Destinations(all => all.Role("R50")), "Roles")], options => options.DestinationResolver = resolver);
        var id = (await bed.StartAsync("Roles", "dora")).Id;
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        (await bed.Engine.As("A").Worklist.SingleAsync(id)).ShouldNotBeNull();

        roles.RemoveAt(49);

        (await bed.SeesAsync("A")).ShouldBe("");
        roles.Insert(3, Destination.Role("r50"));
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        roles[3] = Destination.Group("R50");
        (await bed.SeesAsync("A")).ShouldBe("");
    }

    [Test]
    public void A_user_with_their_memberships_is_one_list()
    {
        ICollection<Destination> all = new UserWithMemberships(Destination.User("ann"), new MembershipList([.. Roles(20)]));

        all.Count.ShouldBe(21);
        all.ToList().ShouldBe([Destination.User("ann"), .. Roles(20)]);
        all.ToArray().ShouldBe([Destination.User("ann"), .. Roles(20)]);
        all.Contains(Destination.User("ANN")).ShouldBeTrue();
        all.Contains(Destination.Role("r20")).ShouldBeTrue();
        all.Contains(Destination.Role("ann")).ShouldBeFalse();
        all.Contains(Destination.User("R20")).ShouldBeFalse();
    }

    [Test]
    [Statement("4.8")]
    public async Task Static_destinations_know_who_joined_and_left_since_they_were_asked()
    {
        var directory = new StaticDestinations { { Destination.Role("One"), "ann", "bob" } };
        (await directory.FindMembershipsAsync("ANN", default)).ShouldBe([Destination.Role("One")]);
        (await directory.FindMembershipsAsync("cy", default)).ShouldBeEmpty();

        directory.Add(Destination.Group("Two"), "ann", "cy");
        (await directory.FindMembershipsAsync("ann", default)).ShouldBe([Destination.Role("One"), Destination.Group("Two")]);
        (await directory.FindMembershipsAsync("cy", default)).ShouldBe([Destination.Group("Two")]);

        directory.Replace(Destination.Role("One"), "bob");
        (await directory.FindMembershipsAsync("ann", default)).ShouldBe([Destination.Group("Two")]);
    }
}
