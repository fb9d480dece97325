using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Everything that is wrong with a definition, in the order in which it was found.</summary>
internal sealed class DefinitionProblems
{
    private readonly List<DefinitionProblem> _problems = [];

    public bool Any => _problems.Count > 0;

    public IReadOnlyList<DefinitionProblem> List => _problems;

    public void Add(string element, string message, string statement, string remedy) =>
        _problems.Add(new DefinitionProblem(Names.Printable(element), message, statement, remedy));

    public void AddIf(bool isWrong, string element, string message, string statement, string remedy)
    {
        if (isWrong)
        {
            Add(element, message, statement, remedy);
        }
    }

    public void CheckName(string element, string name)
    {
        if (Names.Problem(name) is { } problem)
        {
            Add(element, $"its name cannot be used: {problem}", "13.8", "Names have 1 to 256 characters and no control characters.");
        }
    }

    /// <summary>Elements are found by their names, so no two may have one (statement 13.8).</summary>
    public void CheckUnique(IEnumerable<string> names, string kind, string owner, string remedy = "Give one of them another name.")
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            AddIf(!known.Add(name), $"{kind} '{name}'", $"{owner} has two of this name", "13.8", remedy);
        }
    }

    /// <summary>Binds a rule to the data fields in its reach.</summary>
    public Rule Bind(string element, Rule rule, RuleBinder binder)
    {
        var bound = rule.Bind(binder);
        Take(element, binder);
        return bound;
    }

    /// <summary>Binds a due time to the data fields in its reach, and checks that it has a meaning.</summary>
    public DueTime Bind(string element, DueTime due, RuleBinder binder, string? defaultCalendar)
    {
        foreach (var (problem, statement, remedy) in due.Problems())
        {
            Add(element, problem, statement, remedy);
        }

        var bound = due.Bind(binder, defaultCalendar);
        Take(element, binder);
        return bound;
    }

    /// <summary>Takes over what a binder found.</summary>
    public void Take(string element, RuleBinder binder)
    {
        foreach (var problem in binder.Problems)
        {
            Add(element, problem.Message, problem.Statement, problem.Remedy);
        }
    }
}
