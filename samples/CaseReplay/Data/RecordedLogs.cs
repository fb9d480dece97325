using Cases.Processes;

namespace Cases.Data;

/// <summary>The two logs that are replayed, and what must be open at the ends of months.</summary>
/// <param name="Logs">The logs.</param>
/// <param name="MonthEnds">The ends of months, in order; none where cases are left out.</param>
public sealed record RecordedLogs(IReadOnlyList<CaseLog> Logs, IReadOnlyList<MonthEnd> MonthEnds)
{
    private const string Expenses = "bpi2020_domestic";
    private const string Permits = "coselog_receipt";

    /// <summary>How many steps all cases have together.</summary>
    public int Steps => Logs.Sum(log => log.Cases.Sum(recorded => recorded.Steps.Count));

    /// <param name="path">The folder with the data.</param>
    /// <param name="limit">How many cases of each log to read at most.</param>
    /// <exception cref="BadInputException">A file is missing, or something in it cannot be read or contradicts itself.</exception>
    public static RecordedLogs Read(string path, int limit)
    {
        var folder = new CaseFolder(path);
        return new RecordedLogs(
            [folder.ReadLog(Expenses, ExpenseDeclaration.Define(), limit), folder.ReadLog(Permits, BuildingPermit.Define(), limit)],

            // The activities open at the end of a month are known of all declarations together only.
            limit == int.MaxValue ? folder.ReadMonthEnds(Expenses) : []);
    }
}
