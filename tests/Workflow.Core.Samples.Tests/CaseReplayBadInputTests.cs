using Cases;

namespace Workflow.Core.Samples.Tests;

/// <summary>Input that cannot be used is answered with a sentence and an exit code, before anything is stored.</summary>
[TestFixture]
internal sealed class CaseReplayBadInputTests
{
    private SmallCases _cases = null!;

    [SetUp]
    public void WriteCases() => _cases = new SmallCases();

    [TearDown]
    public void RemoveCases() => _cases.Dispose();

    [Test]
    public async Task A_folder_that_is_fine_ends_with_zero_and_a_table()
    {
        var (code, output, error) = await RunAsync(_cases.Folder, "--cases", "2");

        code.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("Declaration                  2        12            0            0");
        output.ShouldContain("Road traffic fine            2        11            2            0");
    }

    [Test]
    public async Task A_difference_ends_with_one()
    {
        _cases.Replace(SmallCases.ExpenseMonthEnds, "Rework,1", "Rework,2");

        var (code, output, _) = await RunAsync(_cases.Folder);

        code.ShouldBe(1);
        output.ShouldContain("Rework: 1 found, and must be 2");
    }

    [TestCase("Which folder holds the data?")]
    [TestCase("'--faster' is not understood.", "--faster")]
    [TestCase("'--store' needs a value.", "folder", "--store")]
    [TestCase("'oracle' is not a store. Give memory, sqlite:PATH, or postgres:CONNECTION-STRING.", "folder", "--store", "oracle")]
    [TestCase("'sqlite:' is not a store.", "folder", "--store", "sqlite:")]
    [TestCase("'--at-once 0' is not understood", "folder", "--at-once", "0")]
    [TestCase("'--cases many' is not understood", "folder", "--cases", "many")]
    [TestCase("there is nothing to resume", "folder", "--resume")]
    [TestCase("'other' is not understood.", "folder", "other")]
    [TestCase("'--kill 0' is not understood", "folder", "--kill", "0")]
    [TestCase("A store in memory is gone with the process that is killed.", "folder", "--kill", "3")]
    [TestCase("There is no folder 'nowhere'.", "nowhere")]
    public Task An_argument_that_is_not_understood_is_named(string expected, params string[] arguments) => RefusesAsync(expected, arguments);

    [Test]
    public async Task A_file_that_is_missing_is_named()
    {
        string[] files =
            [
                SmallCases.ExpenseMonthEnds, SmallCases.FineCases, SmallCases.FineDefinition, SmallCases.PermitCases, SmallCases.PermitDeadlines,
                SmallCases.PermitDefinition, SmallCases.ExpenseCases, SmallCases.ExpenseDefinition,
            ];
        foreach (var file in files)
        {
            File.Delete(_cases.PathOf(file));
            await RefusesAsync($"'{_cases.PathOf(file)}' cannot be read: Could not find file", _cases.Folder);
        }
    }

    [TestCase("{\"case\":\"two\"", "{\"case\":", "Line 2 of", "is not JSON, or only a part of it.")]
    [TestCase("{\"case\":\"two\"", "{\"Case\":\"two\"", "Line 2 of", "'case' is missing")]
    [TestCase("{\"case\":\"two\"", "{\"case\":2", "Line 2 of", "the value 2 is neither a text nor true or false")]
    [TestCase("{\"case\":\"two\"", "{\"case\":\"one\"", "Line 2 of", "the case 'one' is there twice")]
    [TestCase("\"end\":\"Completed\"", "\"end\":\"Active:Draft\"", "Line 2 of", "is said to end as Active:Draft, and its steps end as Completed")]
    [TestCase("2020-02-09", "2020-13-09", "Line 1 of", "'2020-13-09T09:00:00+01:00' is not an instant")]
    [TestCase("2020-02-09", "2019-02-09", "Line 1 of", "step 4 of the case 'one', Rework, comes before the one in front of it")]
    [TestCase("[\"Draft\",\"Save\",", "[\"Rework\",\"Save\",", "Line 1 of", "step 1 of the case 'one', Rework, is not open then")]
    [TestCase("[\"Draft\",\"Save\",", "[\"Daft\",\"Save\",", "Line 1 of", "step 1 of the case 'one', Daft, is no activity of its process")]
    [TestCase("[\"Draft\",\"Save\",", "[\"Draft\",\"Safe\",", "Line 1 of", "step 1 of the case 'one', Draft, has no action 'Safe'")]
    [TestCase("\"PreApproval\":false", "\"Approval\":false", "Line 1 of", "step 2 of the case 'one', Draft, sets 'Approval', which is no field of its process")]
    [TestCase("{\"case\":\"two\"", "{\"case\":\"\"", "Line 2 of", "needs an id of 1 to 100 characters")]
    [TestCase("[\"Draft\",\"Save\",", "[\"Save\",", "Line 1 of", "a step has 3 parts")]
    [TestCase("[[\"Draft\",\"Save\",", "[7,[\"Draft\",\"Save\",", "Line 1 of", "cannot be read")]
    [TestCase("\"ADMINISTRATION\"", "\"\"", "Line 1 of", "a step has nobody who acts")]
    [TestCase("\"ADMINISTRATION\"", "\"a\\nb\"", "Line 1 of", "cannot be read")]
    [TestCase(
        "\"PreApproval\":false", "\"PreApproval\":0", "Line 1 of", "step 2 of the case 'one', Draft, sets 'PreApproval' to '0', which is of another kind")]
    public Task A_line_that_cannot_be_read_is_named(string text, string by, string line, string expected)
    {
        _cases.Replace(SmallCases.ExpenseCases, text, by);

        return RefusesAsync($"{line} '{_cases.PathOf(SmallCases.ExpenseCases)}'", expected, _cases.Folder);
    }

    [TestCase(
        "2020-04-20T00:00:00Z\",{\"Amount\":74.0}", "2020-04-19T00:00:00Z\",{\"Amount\":74.0}", "step 4 of the case 'f1', *Add penalty, is not due then")]
    [TestCase("[\"*Add penalty\"", "[\"*Ad penalty\"", "step 4 of the case 'f1', *Ad penalty, is not due then")]
    [TestCase("[\"Create Fine\",\"Done\",\"561\"", "[\"*Create Fine\",\"Done\",\"561\"", "the case 'f1' begins with an escalation")]
    [TestCase("2020-05-02T00:00:00Z\",{\"Paid\":87.5}", "2020-05-02T00:00:00Z\",{\"Paid\":87.4}", "the case 'f1' is said to end as Completed")]
    [TestCase("{\"Paid\":87.5}", "{\"Paid\":\"87,5 EUR\"}", "step 7 of the case 'f1', Payment, sets 'Paid' to '87,5 EUR', which is of another kind")]
    [TestCase("[\"Create Fine\",\"Done\",\"561\"", "[\"\",\"Done\",\"561\"", "a step has no activity")]
    [TestCase(
        ",[\"*Add penalty\",\"escalation\",\"\",\"2020-04-20T00:00:00Z\",{\"Amount\":74.0}]", "", "Payment, comes behind 'Add penalty', which is due before")]
    public Task A_fine_that_contradicts_its_process_is_named(string text, string by, string expected)
    {
        _cases.Replace(SmallCases.FineCases, text, by);

        return RefusesAsync($"Line 1 of '{_cases.PathOf(SmallCases.FineCases)}'", expected, _cases.Folder);
    }

    [Test]
    public Task A_penalty_that_a_fine_does_not_have_is_named()
    {
        _cases.Replace(SmallCases.FineCases, ",[\"*Add penalty\",\"escalation\",\"\",\"2020-10-31T00:00:00Z\",{\"Amount\":74.0}]", "");

        return RefusesAsync("Line 4 of", "the case 'f4' ends while 'Add penalty' is going to fire", _cases.Folder);
    }

    [TestCase("p1,", "p3,", "the case 'p1' has no deadline in")]
    [TestCase(
        "p1,2020-01-06T09:00:00+01:00,2020-02-01T12:30:15.250+01:00", "p1,2020-01-06T09:00:00+01:00,2020-01-12T12:30:15.250+01:00",
        "of the case 'p1' that its escalation does not fire, which its steps contradict")]
    [TestCase(",1\n", ",0\n", "of the case 'p2' that its escalation does not fire, which its steps contradict")]
    [TestCase(",0\n", ",1\n", "of the case 'p1' that its escalation fires, which its steps contradict")]
    [TestCase(",0\n", ",no\n", "Line 2 of")]
    [TestCase("2020-01-03T", "2020-13-03T", "it is not of the form")]
    [TestCase("case,started_at", "case,start", "the heading has to be")]
    public Task A_deadline_that_cannot_be_right_is_named(string text, string by, string expected)
    {
        _cases.Replace(SmallCases.PermitDeadlines, text, by);

        return RefusesAsync(expected, _cases.Folder);
    }

    [TestCase("\"lines\": [", "\"lines\": ", "cannot be read")]
    [TestCase("\"lines\"", "\"Lines\"", "'lines' is missing")]
    [TestCase("\"Outcome=='Save'\"", "\"Outcome='Save'\"", "the condition \"Outcome='Save'\" has the clause")]
    [TestCase("{ \"name\": \"Rework\"", "{ \"name\": \"Rewrite\"", "the process 'Declaration' has no activity 'Rewrite'")]
    [TestCase("{ \"name\": \"Rework\"", "{ \"name\": \"Draft\"", "cannot be read")]
    public Task A_definition_that_cannot_be_read_is_named(string text, string by, string expected)
    {
        _cases.Replace(SmallCases.ExpenseDefinition, text, by);

        return RefusesAsync($"'{_cases.PathOf(SmallCases.ExpenseDefinition)}'", expected, _cases.Folder);
    }

    [Test]
    public Task A_month_end_that_cannot_be_read_is_named()
    {
        _cases.Replace(SmallCases.ExpenseMonthEnds, "Rework,1", "Rework,one");

        return RefusesAsync($"Line 4 of '{_cases.PathOf(SmallCases.ExpenseMonthEnds)}' cannot be read: it is not of the form", _cases.Folder);
    }

    [TestCase("log,at,activity,count\n", "", "has to be 'log,at,activity,count'")]
    [TestCase("log,at,activity,count", "log,at,count", "has to be 'log,at,activity,count'")]
    public Task A_column_that_is_missing_is_named(string text, string by, string expected)
    {
        _cases.Replace(SmallCases.ExpenseMonthEnds, text, by);

        return RefusesAsync($"Line 1 of '{_cases.PathOf(SmallCases.ExpenseMonthEnds)}' cannot be read: the heading", expected, _cases.Folder);
    }

    [Test]
    public async Task A_file_without_a_case_is_named()
    {
        byte[] nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        await File.WriteAllBytesAsync(_cases.PathOf(SmallCases.PermitCases), nothing);

        await RefusesAsync($"'{_cases.PathOf(SmallCases.PermitCases)}' holds no case.", _cases.Folder);
    }

    [Test]
    public async Task A_packed_file_without_its_end_is_named()
    {
        var path = _cases.PathOf(SmallCases.PermitCases);
        var content = await File.ReadAllBytesAsync(path);
        foreach (var length in new[] { 0, 1, 10, content.Length / 2, content.Length - 8, content.Length - 1 })
        {
            await File.WriteAllBytesAsync(path, content[..length]);
            await RefusesAsync($"'{path}' cannot be read: ", _cases.Folder);
        }
    }

    [Test]
    public Task A_file_that_is_not_packed_is_named()
    {
        _cases.Write(SmallCases.PermitCases, "case,seq,activity");

        return RefusesAsync($"'{_cases.PathOf(SmallCases.PermitCases)}' cannot be read: ", _cases.Folder);
    }

    private static Task RefusesAsync(string expected, params string[] arguments) => RefusesAsync(expected, expected, arguments);

    private static Task RefusesAsync(string first, string second, string folder) => RefusesAsync(first, second, [folder]);

    private static async Task RefusesAsync(string first, string second, string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);

        code.ShouldBe(2);
        error.ShouldContain(first);
        error.ShouldContain(second);
        error.Trim().ShouldNotContain('\n');
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
