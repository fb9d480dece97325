using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("11.2")]
internal sealed class FieldTests
{
    [Test]
    [Statement("11.2")]
    public void A_field_can_hold_each_of_the_ten_types_and_lists_of_them()
    {
        Field[] fields =
        [
            new ProcessField<bool>("a"), new ProcessField<DateTimeOffset>("b"), new ProcessField<decimal>("c"), new ProcessField<double>("d"),
            new ProcessField<int>("e"), new ProcessField<long>("f"), new ProcessField<string>("g"), new ProcessField<ReadOnlyMemory<byte>>("h"),
            new ProcessField<IReadOnlyList<bool>>("i"), new ProcessField<IReadOnlyList<DateTimeOffset>>("j"),
            new ProcessField<IReadOnlyList<decimal>>("k"), new ProcessField<IReadOnlyList<double>>("l"), new ProcessField<IReadOnlyList<int>>("m"),
            new ProcessField<IReadOnlyList<long>>("n"), new ProcessField<IReadOnlyList<string>>("o"),
            new ProcessField<IReadOnlyList<ReadOnlyMemory<byte>>>("p"), new ProcessField<DateOnly>("q"), new ProcessField<TimeSpan>("r"),
            new ProcessField<IReadOnlyList<DateOnly>>("s"), new ProcessField<IReadOnlyList<TimeSpan>>("t"),
        ];

        fields.Select(field => field.Shape).ShouldBe(
            [.. Enum.GetValues<FieldType>().Select(type => new FieldShape(type, IsList: false)),
             .. Enum.GetValues<FieldType>().Select(type => new FieldShape(type, IsList: true))],
            ignoreOrder: true);
    }

    [Test]
    [Statement("11.2")]
    public void Another_type_is_refused()
    {
        Should.Throw<NotSupportedException>(() => new ProcessField<DateTime>("When")).Message.ShouldContain("DateTimeOffset");
        Should.Throw<NotSupportedException>(() => new ProcessField<List<int>>("Numbers"));
        Should.Throw<NotSupportedException>(() => new DestinationField<int?>("Maybe", initial: 3));
        Should.Throw<NotSupportedException>(() => Rule.Choose((new ProcessField<int>("Round")) == 1, (byte)1, (byte)2));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("two\nlines")]
    [Statement("11.1")]
    public void A_name_that_cannot_be_one_is_refused(string name)
    {
        Should.Throw<ArgumentException>(() => new ProcessField<int>(name));
    }

    [Test]
    [Statement("11.1")]
    public void A_name_has_256_characters_at_most()
    {
        new ProcessField<int>(new string('x', 256)).Name.Length.ShouldBe(256);
        Should.Throw<ArgumentException>(() => new ProcessField<int>(new string('x', 257))).Message.ShouldContain("257 characters");
        Should.Throw<ArgumentNullException>(() => new ProcessField<int>(null!));
    }

    [Test]
    [Statement("11.3")]
    public void A_field_is_visible_audited_and_logged_unless_it_says_otherwise()
    {
        Field plain = new ProcessField<int>("Round");
        Field secret = new ActivityField<string>("Key") { IsHidden = true, KeepAudit = false, KeepLog = false };

        (plain.IsHidden, plain.KeepAudit, plain.KeepLog).ShouldBe((false, true, true));
        (secret.IsHidden, secret.KeepAudit, secret.KeepLog).ShouldBe((true, false, false));
    }

    [Test]
    [Statement("11.1")]
    public void A_field_knows_its_scope_and_initial_value()
    {
        Field[] fields = [new ProcessField<int>("Round", initial: 0), new ActivityField<string>("Note", "x"), new DestinationField<bool>("Agrees")];

        fields.Select(field => field.Scope).ShouldBe([FieldScope.Process, FieldScope.Activity, FieldScope.Destination]);
        fields.Select(field => field.InitialValue).ShouldBe([FieldValue.From(0), FieldValue.From("x"), FieldValue.Null]);
    }

    [Test]
    [Statement("11.1")]
    public void A_field_without_its_type_is_always_the_same_object()
    {
        var amount = new ProcessField<decimal>("Amount");
        Field first = amount;
        Field second = amount;

        ReferenceEquals(first, second).ShouldBeTrue();
    }

    [Test]
    [Statement("11.1")]
    public void Values_are_read_by_the_field()
    {
        var amount = new ProcessField<decimal>("Amount", initial: 240m);
        var purpose = new ProcessField<string>("Purpose");
        var fields = new RuleWorld(amount, purpose).Process.Fields;

        fields.Get(amount).ShouldBe(240m);
        fields.TryGet(purpose, out _).ShouldBeFalse();
        Should.Throw<DataFieldException>(() => fields.Get(purpose)).Field.ShouldBe("Purpose");
        Should.Throw<DataFieldException>(() => fields.Get(new ProcessField<decimal>("Total"))).Statement.ShouldBe("11.1");
        Should.Throw<DataFieldException>(() => fields.TryGet(new ProcessField<int>("Amount"), out _)).Statement.ShouldBe("11.6");
    }
}
