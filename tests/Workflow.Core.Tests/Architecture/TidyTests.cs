using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Habits of the house that no analyzer knows.</summary>
[TestFixture]
internal sealed partial class TidyTests
{
    private const int MethodLimit = 60;
    private const int FileLimit = 300;

    /// <summary>Files that may be longer, by their path below src, and why.</summary>
    private static readonly Dictionary<string, string> _longFiles = new()
    {
        ["Workflow.Core/Persistence/InMemoryProcess.cs"] = "Everything about one instance happens under its lock, and is read together.",
        ["Workflow.Core/Persistence/InMemoryProcessStore.cs"] = "It has every method of the seam, each with the checks of its arguments.",
        ["Workflow.Core.Relational/RelationalProcessStore.cs"] = "It has every method of the seam, each with the checks of its arguments.",
    };

    private static readonly Assembly[] _assemblies = [typeof(WorkflowException).Assembly, Assembly.Load("Workflow.Core.Testing")];

    [Test]
    public void A_method_fits_on_a_screen() =>
        _assemblies.SelectMany(MethodLengths.Of)
            .Where(found => found.Lines > MethodLimit && !IsGenerated(found.Method.DeclaringType!) && !InitializesLogMessages(found.Method))
            .Select(found => $"{found.Method.DeclaringType}.{found.Method.Name} has {found.Lines} lines")
            .ShouldBeEmpty();

    /// <summary>The compiler writes a static constructor for a class of log messages, as long as there are messages.</summary>
    private static bool InitializesLogMessages(MethodBase method) => method is ConstructorInfo { IsStatic: true }
        && method.DeclaringType!.GetMethods().Any(message => message.IsDefined(typeof(Microsoft.Extensions.Logging.LoggerMessageAttribute)));

    [Test]
    public void The_length_of_a_method_is_known() =>
        MethodLengths.Of(typeof(TidyTests).Assembly).ShouldContain(found => found.Method.Name == nameof(FourLines) && found.Lines >= 2 && found.Lines <= 4);

    [Test]
    public void A_file_is_one_sitting()
    {
        SourceTree.AllOfSrc.ShouldNotBeEmpty();

        SourceTree.AllOfSrc
            .Select(file => (file.Path, Lines: file.Text.TrimEnd().Count(character => character == '\n') + 1))
            .Where(file => file.Lines > FileLimit && !_longFiles.ContainsKey(file.Path))
            .Select(file => $"{file.Path} has {file.Lines} lines")
            .ShouldBeEmpty();
    }

    [Test]
    public void A_long_file_that_is_allowed_is_still_there() =>
        _longFiles.Keys.Where(path => SourceTree.AllOfSrc.All(file => file.Path != path)).ShouldBeEmpty();

    /// <summary>A reader sees a line as a whole. The limit is that of .editorconfig, which no compiler checks.</summary>
    [Test]
    public void Every_line_fits_into_a_window()
    {
        var limit = LineLimit(File.ReadAllText(Path.Combine(SourceTree.Repository, ".editorconfig")));
        limit.ShouldBeInRange(80, 200);

        LongLines(SourceTree.Everything, limit).ShouldBeEmpty();
    }

    [Test]
    public void A_long_line_is_found()
    {
        LineLimit("[*]\nindent_size = 4\n\n[*.cs]\nmax_line_length = 9\n").ShouldBe(9);
        LongLines([new SourceFile("Slot.cs", "123456789\n1234567890\r\n\ud83d\ude00────────\n")], limit: 9).ShouldBe(["Slot.cs:2 has 10 characters"]);
    }

    private static int LineLimit(string settings) => int.Parse(MaxLineLength().Match(settings).Groups["limit"].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> LongLines(IEnumerable<SourceFile> files, int limit) =>
        from file in files
        from line in file.Text.Split('\n').Select((text, index) => (Length: text.TrimEnd('\r').EnumerateRunes().Count(), Number: index + 1))
        where line.Length > limit
        select $"{file.Path}:{line.Number} has {line.Length} characters";

    [Test]
    public void Nothing_is_left_for_later() => LinesWith(SourceTree.Everything, file => file.Text, LeftForLater()).ShouldBeEmpty();

    [Test]
    public void No_region_hides_code() => LinesWith(SourceTree.Everything, file => file.Code, Region()).ShouldBeEmpty();

    /// <summary>Nobody can wait for such a method, and what it throws ends the host.</summary>
    [Test]
    public void No_method_is_async_void() => LinesWith(SourceTree.Everything, file => file.Code, AsyncVoid()).ShouldBeEmpty();

    [Test]
    public void Nothing_sleeps_on_a_thread() => LinesWith(SourceTree.Everything, file => file.Code, Sleep()).ShouldBeEmpty();

    /// <summary>A rule that is asked elsewhere has no name when it throws, and no place that says what holds without it.</summary>
    [Test]
    public void The_scheduler_asks_a_rule_by_a_question_only()
    {
        var scheduling = SourceTree.AllOfSrc.Where(file => file.Path.StartsWith("Workflow.Core/Scheduling/", StringComparison.Ordinal)).ToList();
        scheduling.ShouldNotBeEmpty();

        LinesWith(scheduling, file => file.Code, Asking()).ShouldBeEmpty();
    }

    /// <summary>An operation that another one calls is taken outside of the agenda,
    /// where nothing counts it or suspends it. Both share a step instead.</summary>
    [Test]
    public void Only_the_scheduler_calls_an_operation()
    {
        var operations = SourceTree.AllOfSrc.Where(file => file.Path.StartsWith("Workflow.Core/Scheduling/Operations/", StringComparison.Ordinal)).ToList();
        operations.Count.ShouldBeGreaterThan(8);
        var names = string.Join('|', operations.Select(file => Path.GetFileNameWithoutExtension(file.Path)));
        var calls = new Regex($@"(?<!Verb\.)\b({names})\.\w+\(");
        var elsewhere = SourceTree.AllOfSrc.Where(
            file => file.Path.StartsWith("Workflow.Core/", StringComparison.Ordinal) && !file.Path.EndsWith("/Scheduler.cs", StringComparison.Ordinal));

        LinesWith(elsewhere, file => file.Code, calls).ShouldBeEmpty();
        LinesWith(SourceTree.AllOfSrc.Where(file => file.Path.EndsWith("/Scheduling/Scheduler.cs", StringComparison.Ordinal)), file => file.Code, calls)
            .Count().ShouldBeGreaterThan(8);
    }

    [Test]
    public void Tidy_rules_find_what_they_look_for()
    {
        SourceFile[] files = [new("Slot.cs", "// TO" + "DO: later\n#region Fields\nasync void Run() => Thread.Sleep(1);\n")];

        LinesWith(files, file => file.Text, LeftForLater()).ShouldBe(["Slot.cs:1"]);
        LinesWith([new("Ask.cs", "return\nline.Rule is null\n|| rule.Evaluate(scope);\n")], file => file.Code, Asking()).ShouldBe(["Ask.cs:2", "Ask.cs:3"]);
        LinesWith(files, file => file.Code, Region()).ShouldBe(["Slot.cs:2"]);
        LinesWith(files, file => file.Code, AsyncVoid()).ShouldBe(["Slot.cs:3"]);
        LinesWith(files, file => file.Code, Sleep()).ShouldBe(["Slot.cs:3"]);
    }

    /// <summary>A class is made to be derived from, or it is sealed. The base of a closed hierarchy shows its children in the same assembly.</summary>
    [Test]
    public void Classes_are_sealed_abstract_or_static()
    {
        var types = _assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !IsGenerated(type)).ToList();
        var bases = types.Select(type => type.BaseType).Select(type => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type).ToHashSet();

        types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(type)).ShouldBeEmpty();
    }

    /// <summary>An exception of the testing package speaks to a test, and no host handles it.</summary>
    [Test]
    public void Every_public_exception_of_the_library_is_a_workflow_exception() =>
        typeof(WorkflowException).Assembly.GetExportedTypes()
            .Where(type => typeof(Exception).IsAssignableFrom(type) && !typeof(WorkflowException).IsAssignableFrom(type))
            .ShouldBeEmpty();

    /// <summary>Such a name says that something is done, not what.</summary>
    [Test]
    public void File_names_say_what_is_inside() =>
        SourceTree.Everything.Select(file => file.Path).Where(path => EmptyWord().IsMatch(path)).ShouldBeEmpty();

    /// <summary>A closed hierarchy is read as a whole, and a declaration without a body is a line; everything else has a file of its own.</summary>
    [Test]
    public void A_file_holds_one_type_or_one_closed_hierarchy() =>
        SourceTree.AllOfSrc.Where(HoldsStrangers).Select(file => file.Path).ShouldBeEmpty();

    [TestCase("public sealed class Slot\n{\n}\n", false)]
    [TestCase("public abstract class Event\n{\n}\n\npublic sealed class Client(string name) : Event\n{\n}\n", false)]
    [TestCase("public abstract class Event(int size)\n{\n}\n\npublic sealed class Client() : Event(1)\n{\n}\n", false)]
    [TestCase("internal sealed record Line(string Name);\n\ninternal sealed record Finish(string Name);\n", false)]
    [TestCase("public sealed class Slot\n{\n    private enum Part\n    {\n    }\n}\n", false)]
    [TestCase("public sealed class Slot\n{\n}\n\npublic sealed class Destination\n{\n}\n", true)]
    public void Strangers_in_a_file_are_found(string text, bool expected) => HoldsStrangers(new SourceFile("Slot.cs", text)).ShouldBe(expected);

    private static bool HoldsStrangers(SourceFile file)
    {
        var types = TopLevelType().Matches(file.Code).ToList();
        var names = types.Select(type => type.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return types.Count(type => !names.Overlaps(Word().Matches(type.Groups["bases"].Value).Select(word => word.Value))) > 1;
    }

    private static IEnumerable<string> LinesWith(IEnumerable<SourceFile> files, Func<SourceFile, string> part, Regex pattern) =>
        from file in files
        from line in part(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{file.Path}:{line.Number}";

    private static bool IsGenerated(Type type) =>
        type.Name.StartsWith('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) ||
        type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false) ||
        (type.DeclaringType is { } outer && IsGenerated(outer));

    private static int FourLines(int value)
    {
        value++;
        return value;
    }

    // In two halves, so that the rule does not find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"(?<=\[\*\.cs\]\n(.+\n)*)max_line_length = (?<limit>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex MaxLineLength();

    [GeneratedRegex(@"^\s*#\s*region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\s*\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"(Helpers?|Manager|Impl|Processor|Utils?)\.cs$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|abstract|static|partial|readonly|ref)\s+)*" +
        @"(?:class|struct|record(?:\s+struct|\s+class)?|interface|enum)\s+(?<name>\w+)" +
        @"(?:<[^>]*>)?(?:\s*\([^{};]*?\))?(?:\s*:(?<bases>[^{};]*))?\s*(?<body>\{)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\.Evaluate\(|Rule is (not )?null")]
    private static partial Regex Asking();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
