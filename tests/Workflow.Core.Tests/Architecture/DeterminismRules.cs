using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Code that would let the same inputs end in different states: clocks, chance, waiting, and an order that hash codes decide.</summary>
internal static partial class DeterminismRules
{
    private static readonly string[] _hashed =
    [
        "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1", "System.Collections.Hashtable",
        "System.Collections.Concurrent.ConcurrentDictionary`2", "System.Collections.Frozen.FrozenDictionary`2", "System.Collections.Frozen.FrozenSet`1",
        "System.Collections.Immutable.ImmutableDictionary`2", "System.Collections.Immutable.ImmutableHashSet`1",
    ];

    /// <summary>These interfaces promise no order.</summary>
    private static readonly string[] _mapped = ["System.Collections.Generic.IDictionary`2", "System.Collections.Generic.IReadOnlyDictionary`2"];

    /// <summary>Clocks, identities, chance and sleep: nothing below Runtime has them, the stores included.</summary>
    public static string? ClockOrChance(MethodBase caller, MemberInfo used) => (used.DeclaringType?.FullName, used.Name) switch
    {
        ("System.DateTime" or "System.DateTimeOffset", "get_Now" or "get_UtcNow" or "get_Today") => "reads the clock",
        ("System.TimeProvider" or "System.Diagnostics.Stopwatch", _) => "reads the clock",
        ("System.Environment", "get_TickCount" or "get_TickCount64") => "reads the clock",
        ("System.Guid", "NewGuid" or "CreateVersion7") => "makes up an identity",
        ("System.Random" or "System.Security.Cryptography.RandomNumberGenerator", _) => "asks for a random number",
        ("System.Threading.Thread", "Sleep") => "sleeps",
        _ => null,
    };

    /// <summary>All of that, and waiting, logging, the environment and hash order.</summary>
    public static string? Undetermined(MethodBase caller, MemberInfo used)
    {
        // A hash code may be made from hash codes, in a method whose name says so. But nothing may be ordered or chosen by one.
        var type = used.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : used.DeclaringType;
        return ClockOrChance(caller, used) ?? type?.FullName switch
        {
            // The compiler's own iterators remember the thread they were made on; no result depends on it.
            "System.Environment" => used.Name == "get_CurrentManagedThreadId" && caller.DeclaringType!.Name.StartsWith('<') ? null : "asks the environment",
            "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1" when NamesUserCode(caller.DeclaringType!) => null,
            { } name when name.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal) => "uses tasks",
            { } name when name.StartsWith("System.Threading.Thread", StringComparison.Ordinal) => "uses threads",
            { } name when name.StartsWith("Microsoft.Extensions.Logging.", StringComparison.Ordinal) => "logs",
            _ when used.Name == "GetHashCode" && caller.Name is not ("GetHashCode" or "HashOf") => "uses a hash code for something else than a hash code",
            { } name when EnumeratesHashed(name, used) => "enumerates in the order of hash codes",
            _ => null,
        };
    }

    public static IEnumerable<string> ViolationsIn(Type type, Func<MethodBase, MemberInfo, string?> rule) =>
        from method in CompiledCode.MethodsOf(type)
        from used in CompiledCode.MembersUsedBy(method)
        let reason = rule(method, used)
        where reason is not null
        select $"{type.FullName}.{method.Name} {reason}: {used.DeclaringType?.Name}.{used.Name}";

    public static IEnumerable<string> AsyncMethodsOf(Type type) => CompiledCode.MethodsOf(type)
        .Where(method => method.GetCustomAttribute<StateMachineAttribute>() is AsyncStateMachineAttribute or AsyncIteratorStateMachineAttribute)
        .Select(method => $"{type.FullName}.{method.Name} is asynchronous");

    /// <summary>The compiler keeps delegates without state in static fields of types it makes up; everything else is ours.</summary>
    public static IEnumerable<string> StaticStateOf(Type type) =>
        type.Name.StartsWith("<>", StringComparison.Ordinal)
            ? []
            : type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => field is { IsInitOnly: false, IsLiteral: false })
                .Select(field => $"{type.FullName}.{field.Name} is static and can change");

    /// <summary>The reading of the source. It sees signatures and generic arguments that no instruction names. For hash order it is a guess: it follows only
    /// variables whose hashed type is written in the same file. The compiled code is exact about foreach and blind to a set handed on as a sequence.</summary>
    public static IEnumerable<string> ViolationsIn(SourceFile file)
    {
        var hashed = HashedVariable().Matches(file.Code).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (number, line) in file.CodeLines)
        {
            var namesUserCode = file.Folder is "Contexts" or "Definitions";
            foreach (var word in BannedWord().Matches(line).Select(match => match.Value).Where(word => !(word == "ValueTask" && namesUserCode)))
            {
                yield return $"{file.Path}:{number}: {word}";
            }

            foreach (var name in Enumeration().Matches(line).Select(match => match.Groups["name"].Value).Where(hashed.Contains))
            {
                yield return $"{file.Path}:{number}: enumerates {name} in the order of hash codes";
            }
        }
    }

    /// <summary>The delegates of user code are named in these floors; Runtime calls them.</summary>
    private static bool NamesUserCode(Type type) => Floors.Of(type.Namespace) is "Contexts" or "Definitions";

    private static bool EnumeratesHashed(string type, MemberInfo used) => used.Name switch
    {
        "GetEnumerator" => IsSequenceOfPairs(used.DeclaringType!) ||
            _hashed.Any(hashed => type == hashed || type.StartsWith($"{hashed}+", StringComparison.Ordinal)),
        "get_Keys" or "get_Values" => _hashed.Contains(type) || _mapped.Contains(type),
        // To look up in a copy is as good as to look up in the original.
        "ToDictionary" or "ToFrozenDictionary" => false,
        _ => type == "System.Linq.Enumerable" && used is MethodInfo { IsGenericMethod: true } method && IsPair(method.GetGenericArguments()[0]),
    };

    private static bool IsSequenceOfPairs(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) && IsPair(type.GetGenericArguments()[0]);

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    [GeneratedRegex(
        @"\basync\b|\bawait\b|\bTask(?=[.<])|\bValueTask\b|" +
        @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bTimeProvider\b|\bStopwatch\b|\bEnvironment\.|" +
        @"\bGuid\.(NewGuid|CreateVersion7)\b|\bRandom\b|\bThread\b|\bILogger\b")]
    private static partial Regex BannedWord();

    [GeneratedRegex(
        @"\b(Dictionary|HashSet|FrozenDictionary|FrozenSet|ConcurrentDictionary|ImmutableDictionary|ImmutableHashSet)" +
        @"<[^;=(){}]*>\??\s+(?<name>\w+)\s*[;=,){]|" +
        @"\b(?<name>\w+)\s*=\s*new\s+(Dictionary|HashSet|ConcurrentDictionary)<")]
    private static partial Regex HashedVariable();

    [GeneratedRegex(
        @"\bforeach\s*\(.*\bin\s+(?<name>\w+)(\.(Keys|Values))?\s*\)|\.\.\s*(?<name>\w+)\s*[\],]|" +
        @"\b(?<name>\w+)(\.(Keys|Values))?\.(Select|SelectMany|Where|First|FirstOrDefault|Last|ToList|ToArray|Aggregate|Take|Skip|Zip|Concat)\b")]
    private static partial Regex Enumeration();
}
