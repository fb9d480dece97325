using System.Globalization;
using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Canonical;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Canonical;

/// <summary>The engine compares a definition that a released version deployed with what a later version makes of it. So the texts and fingerprints beside this
/// class never change. They are never rewritten; a new form gets a folder of its own. With UPDATE=1 a missing file is written.</summary>
[TestFixture]
internal sealed class CanonicalTextTests
{
    private static readonly ProcessField<decimal> _amount = new("Amount", 1.50m) { IsSearchable = true };
    private static readonly ProcessField<string> _approver = new("Approver", "Zoë \"Z\"\t\u200B");
    private static readonly ProcessField<IReadOnlyList<string>> _orders = new("Orders", ["a", "b"]) { KeepAudit = false, KeepLog = false };
    private static readonly ProcessField<DateTimeOffset> _due = new("Due", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(1)));
    private static readonly ProcessField<double> _rate = new("Rate", 0.1) { IsHidden = true };
    private static readonly ProcessField<ReadOnlyMemory<byte>> _stamp = new("Stamp", new byte[] { 1, 254 });
    private static readonly ProcessField<int> _count = new("Count");
    private static readonly ActivityField<long> _tries = new("Tries", 3L);
    private static readonly DestinationField<bool> _agreed = new("Agreed", false);
    private static readonly DestinationField<int> _score = new("Score");

    private static readonly string[] _names = ["small", "everything"];

    private static ProcessDefinition Define(string name) => name == "small" ? Small() : Everything();

    private static ProcessDefinition Small() => ProcessDefinition.Define("Greeting", process =>
        process.StartsWith(process.Activity("Greet", activity => activity.Server("Say hello", _ => { }))));

    private static ProcessDefinition Everything() => ProcessDefinition.Define("Everything", process =>
    {
        process.Version(12).Fields(_amount, _orders, _due, _rate, _stamp, _count).RequiredFields(_approver);
        process.Rights(rights => rights.Start("zoe", "amy").View(Destination.Role("Auditors")).Admin("zoe").Everyone(ProcessRight.ViewParticipate));
        var ask = process.Activity("Ask", activity => activity
            .Fields(_tries, _agreed, _score)
            .PrecedingRule(_amount > 0m & !_approver.IsNull)
            .Destinations(to => to
                .Set("Managers", when: _amount >= 1_000m)
                .Role("Managers").Group(_approver).Except("cy").ExceptOriginator().ResolvedToUsers(keepSynchronized: true)
                .Set("Others").Users("ann", "bob").Users(_orders).Originator().ExceptActorsOf("Check"))
            .PlanPerDestinationInTurn(Slots.Number(Rule.Choose(_amount < 10m, 1, 2)))
            .WhenNobody(NoDestinations.WaitForRole)
            .Client("Decide", task => task
                .Action("Yes", action => action.Sets(_agreed, true).Sets(_count, 7).AllowedFor(Destination.User("zoe"), Destination.Role("Managers")))
                .Action("No", action => action.NotBatchable().DeniedFor(Destination.Group("Interns")))
                .Update("Save")
                .Url("https://example.org/{SerialNumber}")
                .Data(_approver)
                .AllowAnyUser()
                .SucceedingRule(Answers.AtLeast(1) == "Yes"))
            .Outcome("Agreed", when: Answers.AtLeast(Answers.Total - 1) == "Yes" | Answers.Sum(_score) > 10)
            .Outcome("Open", when: Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed) ^ Answers.CountOf(_score > 1) < 2)
            .Outcome("Refused")
            .OutcomeAtFirst("Nothing yet")
            .WhenUnresolved(WhenUnresolved.Fail)
            .Priority(Priority.High)
            .ExpectedDuration(TimeSpan.FromDays(1.5)));
        var check = process.Activity("Check", activity => activity
            .PlanPerSlot(Slots.ForEach(_orders))
            .PureServer("Compare", _ => { }, succeedingRule: Rule.Named("is a holiday", _ => true))
            .Server("Pay", _ => { })
            .SucceedingRule(Rule.List(_rate < 0.5).Or(Rule.List(_orders.Count() == 2).And(_due < new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)))));
        process.Activity("Child", activity => activity.StartsProcess("Start it", "Greeting"));
        process.StartsWith(ask, when: _amount.AsNumber() * 2 - _count.AsNumber() != 3);
        ask.On("Agreed", check).To("Child", name: "to the child");
        process.FinishRule(_count < 3, ask);
    });

    [TestCaseSource(nameof(_names))]
    [Statement("8.7")]
    public async Task Old_content_has_the_text_and_the_fingerprint_that_it_always_had(string name)
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", "1", $"{name}.txt");
        var text = DefinitionText.Of(Define(name));
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, $"{DefinitionFingerprint.Of(text)}\n{text}");
        }

        $"{DefinitionFingerprint.Of(text)}\n{text}".ShouldBe(await File.ReadAllTextAsync(path));
    }

    [Test]
    [Statement("8.7")]
    public void Equal_content_has_one_text_on_every_host([Values("sv-SE", "tr-TR", "ar-SA", "fa-IR")] string culture)
    {
        var text = DefinitionText.Of(Everything());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            DefinitionText.Of(Everything()).ShouldBe(text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    [Statement("8.7")]
    public void A_property_with_its_default_value_adds_nothing()
    {
        var written = ProcessDefinition.Define("Greeting", process => process.Version(1).StartsWith(process.Activity("Greet", activity => activity
            .PlanJustOnce(Slots.Number(1))
            .WhenNobody(NoDestinations.Error)
            .WhenUnresolved(WhenUnresolved.ByPlan)
            .Priority(Priority.Medium)
            .Server("Say hello", _ => { }))));

        DefinitionText.Of(written).ShouldBe(DefinitionText.Of(Small()));
    }

    [Test]
    [Statement("8.7")]
    public void Rights_have_no_order()
    {
        static ProcessDefinition With(params string[] users) => ProcessDefinition.Define("Greeting", process =>
            process.Rights(rights => rights.View(users)).StartsWith(process.Activity("Greet")));

        DefinitionText.Of(With("ann", "bob")).ShouldBe(DefinitionText.Of(With("bob", "ann")));
    }

    [Test]
    public void A_tree_is_read_as_it_was_written()
    {
        var text = DefinitionText.Of(Everything());

        TextTree.Parse(text).ToString().ShouldBe(text);
        TextTree.Parse("").Label.ShouldBeEmpty();
        TextTree.Parse("    a\n  b").ToString().ShouldBe("a\n");
    }

    /// <summary>Zero with and without a sign, and what is not a number with other bits, are the same to rules.</summary>
    [Test]
    [Statement("8.7")]
    public void Values_that_differ_have_texts_that_differ()
    {
        var values = FieldValues.Extremes.Select(value => (Text: ExactText.Of(value), Value: value)).ToList();

        values.ShouldAllBe(item => !item.Text.Contains('\n') && !item.Text.Contains('\r'));
        foreach (var same in values.GroupBy(item => item.Text, StringComparer.Ordinal))
        {
            same.ShouldAllBe(item => item.Value.Equals(same.First().Value) || item.Text.Contains("NaN", StringComparison.Ordinal));
        }
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
