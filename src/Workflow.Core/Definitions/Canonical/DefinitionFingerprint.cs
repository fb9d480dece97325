using System.Security.Cryptography;
using System.Text;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>A short name for the content of a definition (statement 8.7). It begins with the form of the text that it was made of. So nobody can take a later
/// form for a change of the content.</summary>
internal static class DefinitionFingerprint
{
    /// <summary>The beginning of the fingerprints of the form that this library writes.</summary>
    public const string Form = "1:";

    public static string Of(string canonicalText) => Form + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalText)));

    /// <summary>Whether the library can write the text behind a fingerprint, and so compare with it.</summary>
    public static bool IsKnownForm(string fingerprint) => fingerprint.StartsWith(Form, StringComparison.Ordinal);
}
