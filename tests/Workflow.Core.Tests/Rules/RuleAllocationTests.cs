using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[NonParallelizable]
[Statement("3.4")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RuleAllocationTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount", initial: 240m);
    private static readonly ProcessField<string> Purpose = new("Purpose", initial: "travel");
    private static readonly ProcessField<int> Round = new("Round", initial: 1);
    private static readonly ProcessField<double> Rate = new("Rate", initial: 0.1);
    private static readonly ProcessField<DateTimeOffset> Due = new("Due", initial: DateTimeOffset.UnixEpoch);
    private static readonly ProcessField<IReadOnlyList<decimal>> Prices = new("Prices", initial: [1m, 2m]);
    private static readonly DestinationField<string> Vote = new("Vote");
    private static readonly DestinationField<int> Score = new("Score", initial: 3);

    private readonly RuleWorld _world = new RuleWorld(Amount, Purpose, Round, Rate, Due, Prices, Vote, Score).Plan(slots: 30, destinations: 30);

    private static IEnumerable<Rule> Rules()
    {
        yield return Amount < 3_000m & Purpose == "travel" & Round <= 2;
        yield return Rule.List(Amount > 3_000m).Or(Purpose > "a").Xor(Due == DateTimeOffset.UnixEpoch).And(!(Rate == 0.5));
        yield return Amount.AsNumber() * 2 + Round.AsNumber() > Rate.AsNumber() & Rate.AsNumber() != 0.1m;
        yield return Prices.Sum() == 3 & Prices.Average() == 1.5m & Prices == (IReadOnlyList<decimal>)[1m, 2m] & Prices.Count() == 2;
        yield return Answers.AtLeast(Rule.Choose(Amount > 1000m, 3, 2)).Satisfy(Vote == "yes");
        yield return Answers.CountOf(Vote == "yes") * 2 > Answers.Total;
        yield return Answers.Sum(Score) >= 10 & Answers.Maximum(Score) == 3 & Answers.Average(Score) == 3;
        yield return Answers.All.Satisfy(Vote == "yes" & Status.OfDestination == DestinationStatus.Active);
        yield return Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed);
        yield return Rule.Named("is small", context => context.Get(Amount) < 1000m);
    }

    [TestCaseSource(nameof(Rules))]
    [Statement("3.4")]
    public void Evaluation_allocates_nothing(Rule rule)
    {
        for (var index = 0; index < 30; index++)
        {
            _world.Answer(index, "somebody", Vote, "yes");
        }

        var bound = _world.Bind(rule);
        var initial = new DataFields(FieldTable.Empty);
        Evaluate(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Evaluate(100);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);

        void Evaluate(int times)
        {
            for (var index = 0; index < times; index++)
            {
                bound.Evaluate(RuleScope.OfLine(_world.Activity, initial));
            }
        }
    }
}
