using Cases.Processes;

namespace Cases.Data;

/// <summary>The logs that are replayed, and what must be open at the ends of months.</summary>
/// <param name="Logs">The logs.</param>
/// <param name="MonthEnds">The ends of months, in order; none where cases are left out.</param>
public sealed record RecordedLogs(IReadOnlyList<CaseLog> Logs, IReadOnlyList<MonthEnd> MonthEnds)
{
    private static readonly LogForm _expenses = new("bpi2020_domestic");
    private static readonly LogForm _permits = new("coselog_receipt") { Deadline = BuildingPermit.DeadlinePassed };

    /// <summary>The log of the fines has dates and no times of day, and names nobody but the police officers.</summary>
    private static readonly LogForm _fines = new("road_traffic_fines_10k")
    {
        Unnamed = People.Registry,
        Zone = TimeZoneInfo.FindSystemTimeZoneById(TrafficFine.Zone),
    };

    /// <summary>How many steps all cases have together; those that are escalations count as well.</summary>
    public int Steps => Logs.Sum(log => log.Cases.Sum(recorded => recorded.Steps.Count));

    /// <param name="path">The folder with the data.</param>
    /// <param name="limit">How many cases of each log to read at most.</param>
    /// <exception cref="BadInputException">A file is missing, or something in it cannot be read or contradicts itself.</exception>
    public static RecordedLogs Read(string path, int limit)
    {
        var folder = new CaseFolder(path);
        return new RecordedLogs(
            [
                folder.ReadLog(_expenses, ExpenseDeclaration.Define(), limit),
                folder.ReadLog(_permits, BuildingPermit.Define(), limit) with { Begin = BuildingPermit.Begin },
                folder.ReadLog(_fines, TrafficFine.Define(), limit) with { Begin = TrafficFine.Begin },
            ],

            // The activities open at the end of a month are known of all declarations together only.
            limit == int.MaxValue ? folder.ReadMonthEnds(_expenses.Name) : []);
    }
}
