using Workflow.Core.Destinations;

namespace Workflow.Core.Tests.Client;

/// <summary>The refusals of a list of roles and groups.</summary>
[TestFixture]
public sealed class StaticDestinationsTests
{
    [Test]
    public void A_role_is_added_once()
    {
        var people = new StaticDestinations { { Destination.Role("Managers"), "ann" }, { Destination.Group("Managers"), "bob" } };

        var refusal = Should.Throw<ArgumentException>(() => people.Add(Destination.Role("MANAGERS"), "cy"));

        refusal.Message.ShouldStartWith(
            "The role MANAGERS is added a second time. Name all its members in one place, or put others in their place with Replace(...).");
        refusal.ParamName.ShouldBe("roleOrGroup");
        people.ShouldBe([Destination.Role("Managers"), Destination.Group("Managers")]);
    }

    [Test]
    public async Task Nothing_is_changed_by_a_second_one()
    {
        var people = new StaticDestinations { { Destination.Role("Managers"), "ann" } };
        Should.Throw<ArgumentException>(() => people.Add(Destination.Role("Managers"), "cy"));

        (await people.ResolveAsync([Destination.Role("Managers")], default))[Destination.Role("Managers")].ShouldBe(["ann"]);
        people.Replace(Destination.Role("Managers"), "cy");
        (await people.ResolveAsync([Destination.Role("Managers")], default))[Destination.Role("Managers")].ShouldBe(["cy"]);
    }

    [Test]
    public void A_user_has_no_members()
    {
        const string Remedy = "and only roles and groups have members. Name one with Destination.Role(...) or Destination.Group(...).";
        StaticDestinations people = [];

        Should.Throw<ArgumentException>(() => people.Add(Destination.User("A"), "ann")).Message.ShouldStartWith($"'A' is a user, {Remedy}");
        Should.Throw<ArgumentException>(() => people.Replace(Destination.User("A"), "ann")).Message.ShouldStartWith($"'A' is a user, {Remedy}");
        Should.Throw<ArgumentException>(() => people.Add(default, "ann")).Message.ShouldStartWith($"This destination has no name, {Remedy}");
        people.ShouldBeEmpty();
    }
}
