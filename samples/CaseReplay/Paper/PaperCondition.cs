using System.Globalization;
using System.Text.RegularExpressions;

namespace Cases.Paper;

/// <summary>A condition of a line or of an arrival, as the data folder writes it: <c>Outcome=='Submit' and AdminReview and not PreApproval</c>, or
/// <c>Paid >= Amount + Expense</c>.</summary>
public sealed partial class PaperCondition
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _clauses = [];

    private PaperCondition()
    {
    }

    /// <summary>Reads a condition, which is clauses joined by <c>and</c>. Each is a field that is true, a field after <c>not</c>, a comparison with a text, or
    /// one with the sum of two fields.</summary>
    /// <exception cref="FormatException">The text is none of that.</exception>
    public static PaperCondition Parse(string text)
    {
        var condition = new PaperCondition();
        if (text is "" or "True")
        {
            return condition;
        }

        condition._clauses.AddRange(text.Split(" and ").Select(clause => TextClause(clause) ?? SumClause(clause)
            ?? throw new FormatException($"the condition \"{text}\" has the clause \"{clause}\", which is not understood")));
        return condition;
    }

    /// <summary>Reads a condition that is written for people: a remark in brackets behind it says nothing of it, and one <c>=</c> compares.</summary>
    /// <exception cref="FormatException">The text is none of that.</exception>
    public static PaperCondition ParseProse(string text) => Parse(SingleEquals().Replace(Remark().Replace(text, ""), "=="));

    public bool IsTrue(IReadOnlyDictionary<string, string> fields) => _clauses.TrueForAll(clause => clause(fields));

    private static Func<IReadOnlyDictionary<string, string>, bool>? TextClause(string clause)
    {
        if (Text().Match(clause) is not { Success: true } match)
        {
            return null;
        }

        var field = match.Groups["field"].Value;
        var value = match.Groups["text"] is { Success: true } comparison ? comparison.Value : "True";
        var isEqual = !match.Groups["not"].Success;
        return fields => string.Equals(fields.GetValueOrDefault(field), value, StringComparison.Ordinal) == isEqual;
    }

    private static Func<IReadOnlyDictionary<string, string>, bool>? SumClause(string clause)
    {
        if (Sum().Match(clause) is not { Success: true } match)
        {
            return null;
        }

        var names = match.Groups.Values.Skip(1).Select(group => group.Value).ToList();
        var isLess = names[1] == "<";
        return fields => (Number(fields, names[0]) < Number(fields, names[2]) + Number(fields, names[3])) == isLess;
    }

    private static decimal Number(IReadOnlyDictionary<string, string> fields, string name) => decimal.Parse(fields[name], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<not>not\s+)?(?<field>\w+)\s*(?:==\s*'(?<text>[^']*)')?\s*$")]
    private static partial Regex Text();

    [GeneratedRegex(@"^\s*(\w+)\s*(>=|<)\s*(\w+)\s*\+\s*(\w+)\s*$")]
    private static partial Regex Sum();

    [GeneratedRegex(@"\s*\([^)]*\)\s*$")]
    private static partial Regex Remark();

    [GeneratedRegex(@"(?<=\w\s*)=(?=\s*')")]
    private static partial Regex SingleEquals();
}
