using System.Globalization;
using Workflow.Core.Testing;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>The store obeys the rules of every store, on both databases (statement 14.7b). It does so under cultures whose minus sign and letters are not those
/// of English.</summary>
/// <remarks>The rules of one fixture run side by side, since each waits for the disk with a database of its own.
/// The fixtures do not: the default culture is one.</remarks>
[Parallelizable(ParallelScope.Children)]
[TestFixture(SqlDialect.Sqlite, "")]
[TestFixture(SqlDialect.PostgreSql, "")]
[TestFixture(SqlDialect.Sqlite, "sv-SE", Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, "sv-SE", Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.Sqlite, "tr-TR", Category = ExhaustiveAttribute.Category)]
[TestFixture(SqlDialect.PostgreSql, "tr-TR", Category = ExhaustiveAttribute.Category)]
internal sealed class StoreContractTests(SqlDialect dialect, string culture)
{
    private CultureInfo? _before;

    /// <summary>The threads of the store begin with the default culture.</summary>
    [OneTimeSetUp]
    public void SetDefaultCulture()
    {
        _before = CultureInfo.DefaultThreadCurrentCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo(culture);
    }

    [OneTimeTearDown]
    public void ResetDefaultCulture() => CultureInfo.DefaultThreadCurrentCulture = _before;

    [Test]
    public void The_culture_has_what_the_rules_are_to_stand()
    {
        var numbers = CultureInfo.GetCultureInfo("sv-SE").NumberFormat;

        numbers.NegativeSign.ShouldNotBe("-");
        CultureInfo.GetCultureInfo("tr-TR").TextInfo.ToUpper('i').ShouldNotBe('I');
    }

    [TestCaseSource(typeof(ProcessStoreContract), nameof(ProcessStoreContract.Rules))]
    public async Task It_obeys(StoreRule rule)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var databases = new List<TestDatabase>();
        try
        {
            await new ProcessStoreContract(clock =>
            {
                var database = TestDatabase.Create(dialect);
                databases.Add(database);
                return ValueTask.FromResult<Persistence.IProcessStore>(database.NewStore(database.Options with { Clock = clock }));
            }).CheckAsync(rule);
        }
        finally
        {
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }
    }
}
