using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Code that would write or order the same values differently under another culture. The analyzers know the calls that take a format provider. They
/// are blind to holes in interpolated strings, to concatenation, and to orders that nobody names.</summary>
internal static class CultureRules
{
    private static readonly string[] _culturalTextMethods = ["ToUpper", "ToLower", "Compare", "CompareTo", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf"];

    private static readonly string[] _ordering =
        ["Order", "OrderDescending", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Min", "Max", "MinBy", "MaxBy"];

    private static readonly string[] _sorted =
        ["System.Collections.Generic.SortedDictionary`2", "System.Collections.Generic.SortedSet`1", "System.Collections.Generic.SortedList`2"];

    /// <summary>The places in a method whose result depends on the culture of the moment.</summary>
    public static IEnumerable<string> ViolationsIn(MethodBase method)
    {
        var isInvariant = true;
        Type? constrained = null;
        foreach (var used in CompiledCode.MembersUsedBy(method))
        {
            if (used is Type type)
            {
                constrained = type;
                continue;
            }

            if (used is ConstructorInfo handler && IsHandler(handler.DeclaringType!))
            {
                isInvariant = handler.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider));
            }

            if (used is MethodBase called && ReasonOf(called, constrained, isInvariant) is { } reason)
            {
                yield return $"{method.DeclaringType!.FullName}.{method.Name} {reason}";
            }

            constrained = null;
        }
    }

    /// <summary>The text that the compiler writes for records is for debuggers. A text of the library that shows such a record is reported at its
    /// place.</summary>
    public static IEnumerable<string> ViolationsIn(Type type) =>
        CompiledCode.MethodsOf(type).Where(method => method.Name != "PrintMembers").SelectMany(ViolationsIn);

    private static string? ReasonOf(MethodBase called, Type? constrained, bool isInvariant)
    {
        var owner = called.DeclaringType!;
        if (called.Name == "AppendFormatted" && IsHandler(owner) && !isInvariant)
        {
            var hole = called.GetParameters()[0].ParameterType;
            return DependsOnCulture(hole) ? $"writes {hole.Name} into a text" : null;
        }

        if (called is MethodInfo { Name: "ToString" } && called.GetParameters().All(parameter => parameter.ParameterType == typeof(string)))
        {
            var written = owner == typeof(object) ? constrained ?? owner : owner;
            return written != typeof(object) && DependsOnCulture(written) ? $"writes {written.Name} as text" : null;
        }

        return IsJoined(called) is { } joined ? joined : OrderOf(called);
    }

    private static string? IsJoined(MethodBase called) => called.DeclaringType switch
    {
        { } owner when owner == typeof(string) && called.Name is "Concat" or "Join" => JoinedType(called) is { } item ? $"joins {item.Name}" : null,
        { } owner when owner == typeof(StringBuilder) && called.Name is "Append" or "Insert" or "AppendJoin" =>
            called.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider) || IsHandler(parameter.ParameterType)) ? null
                : called.GetParameters().Skip(called.Name == "Insert" ? 1 : 0).Take(1).Select(parameter => parameter.ParameterType)
                    .FirstOrDefault(DependsOnCulture) is { } value
                    ? $"appends {value.Name}"
                    : null,
        { } owner when owner == typeof(string) && _culturalTextMethods.Contains(called.Name) && IsCultural(called) =>
            $"calls String.{called.Name} without a comparison",
        _ => null,
    };

    private static Type? JoinedType(MethodBase called) =>
        called is MethodInfo { IsGenericMethod: true } generic && DependsOnCulture(generic.GetGenericArguments()[0])
            ? generic.GetGenericArguments()[0]
            : called.GetParameters().Select(parameter => parameter.ParameterType).FirstOrDefault(type => type == typeof(object) || type == typeof(object[]));

    private static bool IsCultural(MethodBase called) =>
        called.GetParameters().All(parameter => parameter.ParameterType != typeof(StringComparison) && parameter.ParameterType != typeof(char)
            && parameter.ParameterType.Name is not "CultureInfo" and not "CompareOptions");

    /// <summary>Text without a comparer is ordered as the culture orders it.</summary>
    private static string? OrderOf(MethodBase called)
    {
        var owner = called.DeclaringType!;
        if (called.GetParameters().Any(parameter => parameter.ParameterType.Name.StartsWith("IComparer", StringComparison.Ordinal)
            || parameter.ParameterType.Name.StartsWith("Comparison", StringComparison.Ordinal)))
        {
            return null;
        }

        var isOfText = called is MethodInfo { IsGenericMethod: true } generic && generic.GetGenericArguments()[^1] == typeof(string);
        return owner.FullName switch
        {
            "System.Linq.Enumerable" when isOfText && _ordering.Contains(called.Name) => $"orders text with {called.Name} without a comparer",
            "System.Array" when isOfText && called.Name == "Sort" => "sorts text without a comparer",
            _ when called is ConstructorInfo && owner.IsGenericType && owner.GetGenericArguments()[0] == typeof(string)
                && _sorted.Contains(owner.GetGenericTypeDefinition().FullName) => "sorts text without a comparer",
            _ when called.Name == "Sort" && owner == typeof(List<string>) => "sorts text without a comparer",
            _ when called.Name == "get_Default" && owner == typeof(Comparer<string>) => "compares text as the culture does",
            _ => null,
        };
    }

    private static bool IsHandler(Type type) =>
        (type.IsByRef ? type.GetElementType()! : type) is var plain
        && (plain == typeof(DefaultInterpolatedStringHandler) || plain == typeof(StringBuilder.AppendInterpolatedStringHandler));

    /// <summary>Numbers have a sign and instants a form; what only might be one is taken for one. Our own types are asked in their own ToString.</summary>
    private static bool DependsOnCulture(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? (type.IsByRef ? type.GetElementType()! : type);
        return plain == typeof(object) || (plain.IsGenericParameter && !plain.GetGenericParameterConstraints().Contains(typeof(Enum)))
            || IsShownByTheCompiler(plain) || (plain != typeof(Enum) && typeof(IFormattable).IsAssignableFrom(plain)
            && !plain.IsEnum && plain != typeof(Guid)
            && plain != typeof(TimeSpan) && plain.Assembly == typeof(int).Assembly && plain != typeof(char) && plain != typeof(Rune));
    }

    private static bool IsShownByTheCompiler(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null
        && type.GetMethod("ToString", Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute));
}
