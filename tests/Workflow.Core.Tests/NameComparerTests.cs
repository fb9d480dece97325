using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Client;

namespace Workflow.Core.Tests;

/// <summary>One comparison and one key for names, on every machine (statement 4.11).</summary>
[TestFixture]
public sealed class NameComparerTests
{
    /// <summary>The digest of the keys of all characters. It is compared with that of other machines and other settings: a stored key must never
    /// change.</summary>
    private const string DigestOfAllKeys = "7c1d5e0f7d02df1359b656b97c6dd858764d99246a2fcc02089a0ad808b6b6b4";

    private static IEnumerable<string> Characters =>
        Enumerable.Range(0, 0x110000).Where(value => value is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);

    [Test]
    [Statement("4.11")]
    public void Two_characters_have_one_key_exactly_if_they_compare_equal()
    {
        var comparer = NameComparer.Default;
        var byKey = Characters.GroupBy(NameComparer.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var byComparer = Characters.GroupBy(character => character, comparer).ToList();

        byComparer.Count.ShouldBe(byKey.Count);
        foreach (var group in byComparer)
        {
            byKey[NameComparer.Key(group.Key)].ShouldBe(group.ToList());
            foreach (var other in group)
            {
                comparer.Equals(group.Key, other).ShouldBeTrue();
                comparer.Compare(group.Key, other).ShouldBe(0);
                comparer.GetHashCode(group.Key).ShouldBe(comparer.GetHashCode(other));
            }
        }

        byKey.Count(pair => pair.Value.Count > 1).ShouldBe(1_450);
    }

    /// <summary>Every one of the 65,536 code units, halves of pairs included, beside every other of its class and beside its neighbour in the order.</summary>
    [Test]
    public void A_code_unit_compares_as_its_key_does()
    {
        var units = Enumerable.Range(0, 0x10000).Select(value => ((char)value).ToString()).ToList();

        foreach (var unit in units)
        {
            NameComparer.Key(NameComparer.Key(unit)).ShouldBe(NameComparer.Key(unit));
            NameComparer.Default.Equals(unit, NameComparer.Key(unit)).ShouldBeTrue();
        }

        var ordered = units.Order(NameComparer.Default).ToList();
        for (var index = 1; index < ordered.Count; index++)
        {
            var (before, after) = (ordered[index - 1], ordered[index]);
            (NameComparer.Default.Compare(before, after) == 0).ShouldBe(NameComparer.Default.Equals(before, after));
            NameComparer.Default.Equals(before, after).ShouldBe(NameComparer.Key(before) == NameComparer.Key(after));
        }
    }

    /// <summary>The runtime compares by data of its own version or of the machine. Names that are one to it are one here, and letters of ASCII are no
    /// others.</summary>
    [Test]
    public void Names_that_are_one_to_the_runtimes_ordinal_comparison_are_one()
    {
        foreach (var group in Characters.GroupBy(character => character, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            group.Select(NameComparer.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(
                1, string.Join(" ", group.Select(text => char.ConvertToUtf32(text, 0).ToString("X", null))));
        }

        NameComparer.Default.Equals("sam", "\u017Fam").ShouldBeFalse();
        NameComparer.Default.Equals("kim", "\u212Aim").ShouldBeFalse();
        NameComparer.Default.Equals("ali", "al\u0131").ShouldBeFalse();
    }

    [Test]
    public void The_keys_are_the_same_everywhere() => Digest().ShouldBe(DigestOfAllKeys);

    [TestCase("0")]
    [TestCase("1")]
    public void The_keys_are_the_same_with_and_without_invariant_globalization(string isInvariant)
    {
        var child = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                "test", typeof(NameComparerTests).Assembly.Location, "--nologo", "--filter",
                $"FullyQualifiedName~{nameof(NameComparerTests)}.The_keys_are_the_same_everywhere"
            ])
        {
            RedirectStandardOutput = true,
        };
        child.FileName = "dotnet";
        child.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = isInvariant;
        using var process = Process.Start(child)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.ShouldBe(0, output);
        output.ShouldContain("Passed:     1");
    }

    [TestCase("a\u200Bnn", "U+200B")]
    [TestCase("ann\u200D", "U+200D")]
    [TestCase("\u202Eann", "U+202E")]
    [TestCase("a\u2066nn\u2069", "U+2066")]
    [TestCase("\uFEFFann", "U+FEFF")]
    [TestCase("an\u00ADn", "U+00AD")]
    [TestCase("ann\uFE0F", "U+FE0F")]
    [TestCase("ann\u3164", "U+3164")]
    [TestCase("ann\U000E0041", "U+E0041")]
    public void A_name_of_a_user_a_group_or_a_role_has_no_character_that_nobody_sees(string name, string shown)
    {
        foreach (var make in new Func<string, Destination>[] { Destination.User, Destination.Group, Destination.Role })
        {
            Should.Throw<ArgumentException>(() => make(name)).Message.ShouldContain($"the invisible character {shown}");
        }

        using var engine = new EngineAround();
        Should.Throw<ArgumentException>(() => engine.Engine.As(name)).Message.ShouldContain(shown);
    }

    [TestCase("Ann O'Neill")]
    [TestCase("\u00C5se")]
    [TestCase("\u0628\u0647\u0645\u0646")]
    [TestCase("\u738B\u5C0F\u660E")]
    public void A_name_of_letters_of_any_script_is_one(string name) => Destination.User(name).Name.ShouldBe(name);

    private static string Digest()
    {
        var keys = new StringBuilder();
        foreach (var character in Characters)
        {
            keys.Append(NameComparer.Key(character)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keys.ToString())));
    }

    private sealed class EngineAround : IDisposable
    {
        public WorkflowEngine Engine { get; } = WorkflowEngine.Create();

        public void Dispose() => Engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
