using System.Globalization;

namespace Workflow.Core;

/// <summary>Numbers and instants as every text of the library shows them, the same in every culture (statement 14.7b).</summary>
internal static class InvariantText
{
    public static string Invariant<T>(this T value)
        where T : struct, IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC with all fractions of a second that it has.</summary>
    public static string Exact(this DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>An instant to the second, in UTC.</summary>
    public static string Invariant(this DateTimeOffset instant) => instant.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
