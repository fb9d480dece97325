using Expenses;

namespace Workflow.Core.Samples.Tests;

/// <summary>The main sample tells what it should, and its terminal is patient with its user.</summary>
[TestFixture]
internal sealed class ExpenseClaimTests
{
    [Test]
    [Statement("13.4")]
    public async Task Deploying_its_process_finds_nothing()
    {
        await using var engine = Workflow.Core.Client.WorkflowEngine.Create(options => options.DestinationResolver = new People().Roles);

        (await engine.DeployAsync(ExpenseClaim.Define(new Bank("nowhere")))).Findings.ShouldBeEmpty();
    }

    private const string TheStory =
        """
        dora claims 240 for 'Train to Lisbon': process instance 1.
           On the worklist of ann: Decide the claim (1_1).
           On the worklist of bob: Decide the claim (1_2).
           On the worklist of cy: Decide the claim (1_3).
        ann: Approve.
           On the worklist of bob: Decide the claim (1_2).
           On the worklist of cy: Decide the claim (1_3).
        cy: Approve.
           On the worklist of fay: Check the claim (1_4).
        fay: Accept.
           Waits for the bank, which has to finish 1_5.
        The bank has paid 240 and finishes 1_5.
           'Train to Lisbon' is Completed, and paid.

        dora claims 3,400 for 'Congress in Oslo': process instance 2.
           On the worklist of ann: Decide the claim (2_1).
           On the worklist of bob: Decide the claim (2_2).
           On the worklist of cy: Decide the claim (2_3).
        bob: Decline.
           On the worklist of dora: Change the claim (2_4).
        dora: Submit, now 3,100.
           On the worklist of ann: Decide the claim (2_5).
           On the worklist of bob: Decide the claim (2_6).
           On the worklist of cy: Decide the claim (2_7).
        ann: Approve.
           On the worklist of bob: Decide the claim (2_6).
           On the worklist of cy: Decide the claim (2_7).
        bob: Approve.
           On the worklist of max: Check the claim (2_8).
        max: Accept.
           Waits for the bank, which has to finish 2_9.
        The bank has paid 3,100 and finishes 2_9.
           'Congress in Oslo' is Completed, and paid.

        """;

    private string _folder = "";

    private string Claims => Path.Combine(_folder, "claims.db");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("expenses-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_story_ends_with_two_claims_that_are_paid()
    {
        await using var output = new StringWriter { NewLine = "\n" };

        await Story.TellAsync(Claims, output);

        output.ToString().ShouldBe(TheStory);
    }

    [TestCase("sv_SE")]
    [TestCase("tr_TR")]
    [Statement("14.7b")]
    public async Task The_story_is_the_same_in_every_country(string culture)
    {
        using var sample = SampleProgram.StartUnder(culture, "ExpenseClaim", "--file", Claims);

        (await sample.EndAsync()).ShouldBe((0, ""));

        string.Join('\n', sample.Lines).ShouldBe(TheStory.TrimEnd('\n'));
    }

    [Test]
    public async Task Everybody_can_be_played_at_the_terminal()
    {
        // ann: both; bob: both; cy has nothing left; fay, max; the bank pays.
        var lines = await PlayAsync("1\n1\n1\n1\n1\n1\n");

        lines.ShouldContain("   'Train to Lisbon' is Completed, and paid.");
        lines.ShouldContain("   'Congress in Oslo' is Completed, and paid.");
        lines[^1].ShouldBe("Nobody has anything left to do.");
    }

    [Test]
    public async Task Enter_leaves_a_task_for_later_and_the_end_of_input_ends()
    {
        var lines = await PlayAsync("\n\n\n\n\n\n");

        lines[^2].ShouldEndWith("ann, Decide the claim (1_1): 'Train to Lisbon', 240 for Visit to a customer. 1 Approve, 2 Decline? ");
        lines[^1].ShouldBe("The input has ended; open claims stay open.");
    }

    [Test]
    public async Task Open_claims_are_there_the_next_time()
    {
        await PlayAsync("2\n");

        var lines = await PlayAsync("");

        lines.ShouldContain("   On the worklist of dora: Change the claim (1_4).");
        lines.ShouldContain("The claim of dora for 'Train to Lisbon' goes on: process instance 1.");
        lines.ShouldNotContain(line => line.StartsWith("dora claims", StringComparison.Ordinal));
    }

    /// <summary>A person is added where the people are, and nowhere else.</summary>
    [Test]
    public async Task The_story_ends_with_any_number_of_managers([Range(1, 6)] int count)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        string[] managers = ["ann", "bob", "cy", "eve", "gus", "ida"];

        await Story.TellAsync(Claims, output, new People { Managers = managers[..count] });

        var lines = output.ToString().Split('\n');
        lines.ShouldContain("   'Train to Lisbon' is Completed, and paid.");
        lines.ShouldContain("   'Congress in Oslo' is Completed, and paid.");
        lines.ShouldContain(line => line.StartsWith($"   On the worklist of {managers[count - 1]}: Decide the claim", StringComparison.Ordinal));
    }

    [Test]
    public async Task Claims_that_wait_for_people_who_have_left_are_told_of_at_the_end()
    {
        await PlayAsync("");

        var lines = await PlayAsync("", new People { Managers = ["gus"] });

        lines.ShouldContain("   On the worklist of nobody who works here: Decide the claim (1_1) of 'Train to Lisbon' is for user ann.");
        lines[^1].ShouldBe("Nobody who works here has anything left to do, and 2 claims are still open.");
    }

    [TestCase("1\nq\n")]
    [TestCase("2\nq\n")]
    [TestCase("1\n1\n1\nq\n")]
    [TestCase("1\n2\n1\n\n1\n1\nq\n")]
    [TestCase("2\n2\n1\n\n\n1\n\n\n1\nq\n")]
    public async Task A_story_continues_from_the_decisions_at_the_terminal(string typed)
    {
        await PlayAsync(typed);
        await using var output = new StringWriter { NewLine = "\n" };

        await Story.TellAsync(Claims, output, new People { Managers = ["ann", "bob", "cy", "eve"] });

        var lines = output.ToString().Split('\n');
        lines.ShouldContain("   'Train to Lisbon' is Completed, and paid.");
        lines.ShouldContain("   'Congress in Oslo' is Completed, and paid.");
    }

    [Test]
    public async Task A_claim_that_has_ended_does_not_go_on()
    {
        // ann declines the first claim, and dora withdraws it.
        await PlayAsync("2\n\n\n\n2\nq\n");
        await using var output = new StringWriter { NewLine = "\n" };

        await Story.TellAsync(Claims, output);

        output.ToString().ShouldStartWith(
            "The claim of dora for 'Train to Lisbon' has ended: process instance 1.\n   'Train to Lisbon' is Completed, and not paid.\n\n"
            + "The claim of dora for 'Congress in Oslo' goes on: process instance 2.\n");
        output.ToString().ShouldContain("   'Congress in Oslo' is Completed, and paid.");
    }

    [Test]
    public async Task A_file_that_cannot_be_used_is_not_said_to_hold_claims()
    {
        await File.WriteAllTextAsync(Claims, "This is a letter, and no database. " + new string('x', 5_000));
        await ShouldBeRefusedAsync(Claims);
        await ShouldBeRefusedAsync(Path.Combine(_folder, "nowhere", "claims.db"));

        async Task ShouldBeRefusedAsync(string file)
        {
            using var sample = SampleProgram.Start("ExpenseClaim", "--file", file);
            var (code, error) = await sample.EndAsync();

            code.ShouldBe(1);
            error.ShouldEndWith("Give another file with --file.\n");
            error.ShouldContain(file);
            error.ShouldNotContain("The claims are in");
            error.ShouldNotContain(" at Workflow.Core.");
        }
    }

    [TestCase("--help")]
    [TestCase("-h")]
    public async Task It_says_what_it_can_do(string argument)
    {
        using var sample = SampleProgram.Start("ExpenseClaim", argument);

        (await sample.EndAsync()).ShouldBe((0, ""));

        sample.Lines.ShouldContain(line => line.Contains("--interactive ", StringComparison.Ordinal));
        sample.Lines.ShouldContain(line => line.Contains("--file ", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_person_with_two_roles_is_told_of_once()
    {
        await using var output = new StringWriter { NewLine = "\n" };

        await Story.TellAsync(Claims, output, new People { Administration = ["ann"], Management = ["ANN"] });

        output.ToString().Split('\n').Count(line => line == "   On the worklist of ann: Check the claim (1_4).").ShouldBe(1);
    }

    [Test]
    public async Task A_claim_that_is_changed_is_decided_as_it_is_now()
    {
        // ann declines; dora is asked until there is an amount, and the purpose stays.
        var lines = await PlayAsync("2\n\n\n\n1\nmuch\n-3\n19,95\n199.5\n\n");

        lines.ShouldContain(line => line.EndsWith(
            "The amount (Enter keeps 240): 'much' is not an amount, such as 1250.50 or 1,250.50.", StringComparison.Ordinal));
        lines.ShouldContain(line => line.EndsWith("'19,95' is not an amount, such as 1250.50 or 1,250.50.", StringComparison.Ordinal));
        lines.ShouldContain("The amount (Enter keeps 240): The purpose (Enter keeps Visit to a customer): dora: Submit, now 199.5.");
        lines.ShouldContain(line => line.Contains("'Train to Lisbon', 199.5 for Visit to a customer. 1 Approve, 2 Decline?", StringComparison.Ordinal));
    }

    [TestCase("1,250.50", "1,250.5")]
    [TestCase("12,000", "12,000")]
    [TestCase("1250.50", "1,250.5")]
    public async Task An_amount_is_taken_as_it_is_shown(string typed, string shown)
    {
        var lines = await PlayAsync($"2\n\n\n\n1\n{typed}\n\n");

        lines.ShouldContain(line => line.EndsWith($"dora: Submit, now {shown}.", StringComparison.Ordinal));
    }

    [Test]
    public async Task Bad_input_where_there_is_one_action_names_it()
    {
        // ann and bob approve the first claim; fay has one action.
        var lines = await PlayAsync("1\n\n1\n\n\n2\nq\n");

        lines.ShouldContain(line => line.EndsWith("1 Accept? '2' is not the number 1, nor h or q.", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_claim_stays_as_it_was_when_the_person_leaves_while_changing_it()
    {
        var lines = await PlayAsync("2\n\n\n\n1\n100\nq\n");

        lines[^1].ShouldEndWith("Open claims stay open.");
        lines.ShouldNotContain(line => line.Contains("Submit, now", StringComparison.Ordinal));
    }

    [TestCase("h\n1\nq\n")]
    [TestCase("H\n1\nQ\n")]
    public async Task The_history_of_a_claim_can_be_read(string typed)
    {
        var lines = await PlayAsync(typed);

        lines.ShouldContain(line => line.Contains("LineEvaluated: Start to Manager approval, true", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("EventStarted: Decide the claim, 1_1", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("ProcessStarted: Expense claim, Train to Lisbon, dora", StringComparison.Ordinal));
        lines[^1].ShouldEndWith("? Open claims stay open.");
    }

    [Test]
    public async Task The_history_can_be_read_at_every_question()
    {
        // ann declines; dora looks at the history at both questions.
        var lines = await PlayAsync("2\n\n\n\n1\nh\n199.5\nH\nTrip\n");

        lines.Count(line => line.Contains("ProcessStarted: Expense claim, Train to Lisbon, dora", StringComparison.Ordinal)).ShouldBe(2);
        lines.ShouldNotContain(line => line.Contains("is not an amount", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("'Train to Lisbon', 199.5 for Trip. 1 Approve, 2 Decline?", StringComparison.Ordinal));
    }

    [TestCase("3")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("Approve")]
    [TestCase("99999999999999999999")]
    public async Task Bad_input_is_answered_and_asked_again(string answer)
    {
        var lines = await PlayAsync(answer + "\n2\n");

        lines.ShouldContain(line => line.EndsWith($"1 Approve, 2 Decline? '{answer}' is not one of the numbers 1 to 2, nor h or q.", StringComparison.Ordinal));
        lines.ShouldContain("ann, Decide the claim (1_1): 'Train to Lisbon', 240 for Visit to a customer. 1 Approve, 2 Decline? ann: Decline.");
    }

    private async Task<IReadOnlyList<string>> PlayAsync(string typed, People? people = null)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var office = await Office.OpenAsync(Claims, output, people);
        using var input = new StringReader(typed);

        await new Terminal(office, input, output).RunAsync();

        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
