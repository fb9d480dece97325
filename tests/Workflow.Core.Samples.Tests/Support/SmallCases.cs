using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Workflow.Core.Samples.Tests.Support;

/// <summary>A folder with a handful of made-up cases, which a test may damage. It is gone with the test.</summary>
internal sealed class SmallCases : IDisposable
{
    private static readonly string[] _declarations =
    [
        """
        {"case":"one","steps":[
          ["Draft","Save","EMPLOYEE","2020-01-06T09:00:00+01:00"],
          ["Draft","Submit","EMPLOYEE","2020-01-07T09:00:00+01:00",{"PreApproval":false,"AdminReview":true,"NeedsBudgetOwner":false,"NeedsDirector":false}],
          ["Administration","Reject","ADMINISTRATION","2020-01-08T09:00:00+01:00"],
          ["Rework","Withdraw","EMPLOYEE","2020-02-09T09:00:00+01:00"]],
        "end":"Active:Resubmit"}
        """,
        """
        {"case":"two","steps":[
          ["Draft","Submit","EMPLOYEE","2020-01-07T10:00:00+01:00",{"PreApproval":false,"AdminReview":true,"NeedsBudgetOwner":false,"NeedsDirector":false}],
          ["Administration","Approve","ADMINISTRATION","2020-01-07T10:00:00+01:00"],
          ["Supervisor","Approve","SUPERVISOR","2020-01-08T09:00:00+01:00"],
          ["Request payment","Rejected","MISSING","2020-01-08T09:00:00+01:00"],
          ["Resubmit","Submit","EMPLOYEE","2020-01-09T10:00:00+01:00",{"PreApproval":false,"AdminReview":false,"NeedsBudgetOwner":false,"NeedsDirector":false}],
          ["Supervisor","Approve","SUPERVISOR","2020-01-10T09:00:00+01:00"],
          ["Request payment","Sent","SYSTEM","2020-01-11T09:00:00+01:00"],
          ["Payment handled","Done","SYSTEM","2020-02-11T09:00:00+01:00"]],
        "end":"Completed"}
        """,
    ];

    private static readonly string[] _permits =
    [
        """
        {"case":"p1","steps":[
          ["Confirmation","Done","Ann","2020-01-06T09:00:00+01:00"],
          ["T06","NoAdvice","Bob","2020-01-07T09:00:00+01:00"],
          ["T02","Adjust","Ann","2020-01-08T09:00:00+01:00"],
          ["T10","NoStop","Bob","2020-01-09T09:00:00+01:00"],
          ["T03","Done","Cy","2020-01-10T09:00:00+01:00"],
          ["T02","OK","Ann","2020-01-11T09:00:00+01:00"],
          ["T04","OK","Cy","2020-01-12T09:00:00+01:00"],
          ["T05","Done","Cy","2020-01-13T09:00:00+01:00"]],
        "end":"Completed","expired":["Join"]}
        """,
        """
        {"case":"p2","steps":[
          ["Confirmation","Done","Ann","2020-01-06T09:00:00+01:00"],
          ["T06","Advice","Bob","2020-01-07T09:00:00+01:00",{"Pending_T07_1":true,"Pending_T08":true}],
          ["T08","Sent","Cy","2020-01-08T09:00:00+01:00",{"ExternalParty":"T09-3"}],
          ["T07-1","Done","Ann","2020-01-09T09:00:00+01:00"],
          ["T09-3","Done","Cy","2020-01-10T09:00:00+01:00"]],
        "end":"Active:T02|T06","expired":["T06"]}
        """,
    ];

    private const string DeadlineHeading = "case,started_at,deadline,completed_at,escalation_fires\n";

    /// <summary>The first one is complete before its deadline. The second one has passed its deadline before it starts.</summary>
    private const string PermitDates =
        """
        p1,2020-01-06T09:00:00+01:00,2020-02-01T12:30:15.250+01:00,2020-01-13T09:00:00+01:00,0
        p2,2020-01-06T09:00:00+01:00,2020-01-03T00:00:00+01:00,,1

        """;

    /// <summary>The first one becomes a penalty over a change of clocks. It is paid in two parts, the first of them on the day of the penalty. The second one
    /// goes to credit collection. The third one is paid the day before the penalty. The fourth one is left alone after it.</summary>
    private static readonly string[] _fines =
    [
        """
        {"case":"f1","steps":[
          ["Create Fine","Done","561","2020-01-10T00:00:00Z",{"Amount":36.0}],
          ["Send Fine","Done","","2020-02-10T00:00:00Z",{"Expense":13.5}],
          ["Insert Fine Notification","Done","","2020-02-20T00:00:00Z"],
          ["*Add penalty","escalation","","2020-04-20T00:00:00Z",{"Amount":74.0}],
          ["Payment","Paid","","2020-04-20T00:00:00Z",{"Paid":49.5}],
          ["Appeal to Prefecture","Filed","","2020-04-21T00:00:00Z"],
          ["Payment","Paid","","2020-05-02T00:00:00Z",{"Paid":87.5}]],
        "end":"Completed:paid"}
        """,
        """
        {"case":"f2","steps":[
          ["Create Fine","Done","537","2020-01-10T00:00:00Z",{"Amount":22.0}],
          ["Send Fine","Done","","2020-02-11T00:00:00Z",{"Expense":13.5}],
          ["Insert Fine Notification","Done","","2020-02-20T00:00:00Z"],
          ["Appeal to Judge","Filed","","2020-03-01T00:00:00Z"],
          ["*Add penalty","escalation","","2020-04-20T00:00:00Z",{"Amount":44.0}],
          ["Await outcome","Collect","","2021-03-30T00:00:00Z"]],
        "end":"Completed:credit collection"}
        """,
        """
        {"case":"f3","steps":[
          ["Create Fine","Done","561","2020-01-11T00:00:00Z",{"Amount":36.0}],
          ["Send Fine","Done","","2020-02-10T00:00:00Z",{"Expense":13.5}],
          ["Insert Fine Notification","Done","","2020-02-20T00:00:00Z"],
          ["Payment","Paid","","2020-04-19T00:00:00Z",{"Paid":49.5}]],
        "end":"Completed:paid"}
        """,
        """
        {"case":"f4","steps":[
          ["Create Fine","Done","561","2020-08-01T00:00:00Z",{"Amount":36.0}],
          ["Send Fine","Done","","2020-08-20T00:00:00Z",{"Expense":13.5}],
          ["Insert Fine Notification","Done","","2020-09-01T00:00:00Z"],
          ["*Add penalty","escalation","","2020-10-31T00:00:00Z",{"Amount":74.0}]],
        "end":"Active:Appeal to Judge|Appeal to Prefecture|Await outcome|Payment"}
        """,
    ];

    private const string MonthEnds =
        """
        log,at,activity,count
        small,2020-02-01T00:00:00+01:00,*started,2
        small,2020-02-01T00:00:00+01:00,*completed,0
        small,2020-02-01T00:00:00+01:00,Rework,1
        small,2020-02-01T00:00:00+01:00,Payment handled,1
        small,2020-03-01T00:00:00+01:00,*completed,1
        small,2020-03-01T00:00:00+01:00,*started,2
        small,2020-03-01T00:00:00+01:00,Resubmit,1

        """;

    public SmallCases()
    {
        Directory.CreateDirectory(PathOf("definitions"));
        Directory.CreateDirectory(PathOf("replay"));
        Write(ExpenseDefinition, SmallDefinitions.Expense);
        Write(PermitDefinition, SmallDefinitions.Permit);
        WritePacked(ExpenseCases, Lines(_declarations));
        WritePacked(PermitCases, Lines(_permits));
        Write(ExpenseMonthEnds, MonthEnds);
        Write(FineDefinition, SmallDefinitions.Fine);
        WritePacked(FineCases, Lines(_fines));
        WritePacked(PermitDeadlines, DeadlineHeading + PermitDates);
    }

    /// <summary>How many cases there are.</summary>
    public const int Cases = 8;

    /// <summary>How many steps of somebody the cases have together.</summary>
    public const int Steps = 43;

    /// <summary>How many escalations must fire in them.</summary>
    public const int Escalations = 4;

    public static string ExpenseDefinition { get; } = Path.Combine("definitions", "bpi2020_domestic.definition.json");

    public static string PermitDefinition { get; } = Path.Combine("definitions", "coselog_receipt.definition.json");

    public static string ExpenseCases { get; } = Path.Combine("replay", "bpi2020_domestic.replay.jsonl.gz");

    public static string PermitCases { get; } = Path.Combine("replay", "coselog_receipt.replay.jsonl.gz");

    public static string FineDefinition { get; } = Path.Combine("definitions", "road_traffic_fines_10k.definition.json");

    public static string FineCases { get; } = Path.Combine("replay", "road_traffic_fines_10k.replay.jsonl.gz");

    public static string PermitDeadlines { get; } = Path.Combine("replay", "coselog_receipt.deadlines.csv.gz");

    public static string ExpenseMonthEnds { get; } = Path.Combine("replay", "bpi2020_domestic.month_end.csv");

    /// <summary>The line of a fine that becomes a penalty, and that nobody cares for any more.</summary>
    public static string LastFine { get; } = Lines(_fines[^1..]);

    public string Folder { get; } = Directory.CreateTempSubdirectory("cases").FullName;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string content) => File.WriteAllText(PathOf(file), content);

    public void WritePacked(string file, string content)
    {
        using var stream = new GZipStream(File.Create(PathOf(file)), CompressionLevel.Fastest);
        using var writer = new StreamWriter(stream);
        writer.Write(content);
    }

    /// <summary>Puts copies of each case into the place of the cases, and as many times as much at the month ends.</summary>
    public void Multiply(int copies)
    {
        WritePacked(ExpenseCases, Copies(_declarations));
        WritePacked(PermitCases, Copies(_permits));
        WritePacked(FineCases, Copies(_fines));
        WritePacked(PermitDeadlines, DeadlineHeading + string.Concat(Enumerable.Range(1, copies).Select(
            copy => Regex.Replace(PermitDates, @"^p\d", $"$0-{Text(copy)}", RegexOptions.Multiline))));
        Write(
            ExpenseMonthEnds,
            Regex.Replace(MonthEnds, @"\d+$", count => Text(copies * int.Parse(count.Value, CultureInfo.InvariantCulture)), RegexOptions.Multiline));

        string Copies(string[] cases) =>
            string.Concat(Enumerable.Range(1, copies).Select(copy => Regex.Replace(Lines(cases), "\"case\":\"\\w+", $"$0-{Text(copy)}")));

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Puts a text in the place of another in one of the files.</summary>
    public void Replace(string file, string text, string by)
    {
        var content = Content(file);
        content.ShouldContain(text);
        content = content.Replace(text, by, StringComparison.Ordinal);
        if (IsPacked(file))
        {
            WritePacked(file, content);
        }
        else
        {
            Write(file, content);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Content(string file)
    {
        if (!IsPacked(file))
        {
            return File.ReadAllText(PathOf(file));
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathOf(file)), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    /// <summary>A case is written down in several lines here and in one line in the file.</summary>
    private static string Lines(string[] cases) => string.Concat(cases.Select(item => $"{string.Concat(item.Split('\n').Select(line => line.Trim()))}\n"));

    private static bool IsPacked(string file) => file.EndsWith(".gz", StringComparison.Ordinal);
}
