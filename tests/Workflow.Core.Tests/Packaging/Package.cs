using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Workflow.Core.Tests.Packaging;

/// <summary>A package as it would be published, opened.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly XElement _metadata;

    public Package(string folder, string id, string version)
    {
        Id = id;
        _archive = ZipFile.OpenRead(Path.Combine(folder, $"{id}.{version}.nupkg"));
        using var manifest = _archive.GetEntry($"{id}.nuspec")!.Open();
        _metadata = Of(XDocument.Load(manifest).Root!, "metadata")!;
    }

    public string Id { get; }

    /// <summary>Everything in it but what the format itself needs.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. _archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Each dependency behind the framework it is for.</summary>
    public IReadOnlyList<string> Dependencies =>
    [
        .. from dependency in _metadata.Descendants()
           where dependency.Name.LocalName == "dependency"
           select $"{dependency.Parent!.Attribute("targetFramework")!.Value}: {dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}",
    ];

    public string this[string element] => Of(_metadata, element)?.Value ?? "";

    public string Read(string file)
    {
        using var reader = new StreamReader(_archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>The marks that the compiler has left in the library about how it was made.</summary>
    public IReadOnlyList<DebugDirectoryEntryType> Marks
    {
        get
        {
            using var image = Library();
            return [.. image.ReadDebugDirectory().Select(entry => entry.Type)];
        }
    }

    /// <summary>The paths of the sources in the symbols within the library.</summary>
    public IReadOnlyList<string> Sources
    {
        get
        {
            using var image = Library();
            using var symbols = image.ReadEmbeddedPortablePdbDebugDirectoryData(
                image.ReadDebugDirectory().Single(entry => entry.Type is DebugDirectoryEntryType.EmbeddedPortablePdb));
            var reader = symbols.GetMetadataReader();
            return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
        }
    }

    public void Dispose() => _archive.Dispose();

    private PEReader Library()
    {
        var content = new MemoryStream();
        using var library = _archive.GetEntry($"lib/net10.0/{Id}.dll")!.Open();
        library.CopyTo(content);
        content.Position = 0;
        return new PEReader(content);
    }

    private static XElement? Of(XElement parent, string name) => parent.Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
