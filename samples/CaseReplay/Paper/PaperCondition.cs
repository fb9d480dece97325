using System.Text.RegularExpressions;

namespace Cases.Paper;

/// <summary>A condition of a line or of an arrival, as the data folder writes it: <c>Outcome=='Submit' and AdminReview and not PreApproval</c>.</summary>
public sealed partial class PaperCondition
{
    private readonly List<(string Field, string Value, bool IsEqual)> _clauses = [];

    private PaperCondition()
    {
    }

    /// <summary>Reads a condition: clauses joined by <c>and</c>, each a field that is true, a field after <c>not</c>, or a comparison with a text.</summary>
    /// <exception cref="FormatException">The text is none of that.</exception>
    public static PaperCondition Parse(string text)
    {
        var condition = new PaperCondition();
        if (text is "" or "True")
        {
            return condition;
        }

        foreach (var clause in text.Split(" and "))
        {
            var match = Clause().Match(clause);
            if (!match.Success)
            {
                throw new FormatException($"the condition \"{text}\" has the clause \"{clause}\", which is not understood");
            }

            var comparison = match.Groups["text"];
            condition._clauses.Add((match.Groups["field"].Value, comparison.Success ? comparison.Value : "True", !match.Groups["not"].Success));
        }

        return condition;
    }

    public bool IsTrue(IReadOnlyDictionary<string, string> fields)
    {
        foreach (var (field, value, isEqual) in _clauses)
        {
            if (string.Equals(fields.GetValueOrDefault(field), value, StringComparison.Ordinal) != isEqual)
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^\s*(?<not>not\s+)?(?<field>\w+)\s*(?:==\s*'(?<text>[^']*)')?\s*$")]
    private static partial Regex Clause();
}
