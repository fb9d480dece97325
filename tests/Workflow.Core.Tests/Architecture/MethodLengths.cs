using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Workflow.Core.Tests.Architecture;

/// <summary>How many lines each method has, from the debug symbols: the compiler knows where a method begins and ends.</summary>
internal static class MethodLengths
{
    public static IEnumerable<(MethodBase Method, int Lines)> Of(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        image.TryOpenAssociatedPortablePdb(assembly.Location, File.OpenRead, out var provider, out _).ShouldBeTrue($"{assembly.Location} has no symbols.");
        using var opened = provider!;
        var symbols = opened.GetMetadataReader();
        foreach (var handle in symbols.MethodDebugInformation)
        {
            var points = symbols.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden).ToList();
            if (points.Count > 0)
            {
                var method = assembly.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle.ToDefinitionHandle()))!;
                yield return (method, method.IsConstructor ? Written(points) : points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1);
            }
        }
    }

    /// <summary>The compiler moves the initial values of fields into the constructors, so their lines are counted instead of their distance.</summary>
    private static int Written(IEnumerable<SequencePoint> points) =>
        points.SelectMany(point => Enumerable.Range(point.StartLine, point.EndLine - point.StartLine + 1)).Distinct().Count();
}
