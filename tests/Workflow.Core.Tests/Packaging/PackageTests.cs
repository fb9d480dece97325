using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Workflow.Core.Tests.Packaging;

/// <summary>The packages as a stranger gets them: as they are published, and the first example on nothing but them.</summary>
[TestFixture]
internal sealed class PackageTests
{
    /// <summary>A version that nothing else has, so that no package of that name on the machine is taken for one of these.</summary>
    private const string Version = "0.1.0-packed";

    private static readonly string[] _ids = ["Workflow.Core", "Workflow.Core.Relational", "Workflow.Core.Testing"];

    private string _folder = "";

    private string Artifacts => Path.Combine(_folder, "artifacts");

    private string Packages => Path.Combine(_folder, "packages");

    private string Cache => Path.Combine(_folder, "cache");

    /// <summary>Packs with folders of its own for everything that is written, since a build may be under way in those of the repository. The analyzers have had
    /// their say in that build.</summary>
    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _folder = Directory.CreateTempSubdirectory("packages-").FullName;
        var projects = Path.Combine(_folder, "packages.slnf");
        await File.WriteAllTextAsync(projects, JsonSerializer.Serialize(new
        {
            solution = new
            {
                path = Path.Combine(SourceTree.Repository, "Workflow.Core.sln"),
                projects = _ids.Select(id => $@"src\{id}\{id}.csproj"),
            },
        }));

        await DotnetCommand.RunAsync(
            _folder,
            ["pack", projects, "-c", "Release", "--artifacts-path", Artifacts, "-o", Packages, $"-p:Version={Version}",
            "-p:RunAnalyzers=false", "-p:NuGetAudit=false", "-p:UseSharedCompilation=false", "-nodeReuse:false"]);
    }

    [OneTimeTearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("Workflow.Core", new[]
    {
        "net10.0: Microsoft.Extensions.DependencyInjection.Abstractions 10.0.0", "net10.0: Microsoft.Extensions.Logging.Abstractions 10.0.0",
        "net10.0: System.Text.Json 10.0.0",
    })]
    [TestCase("Workflow.Core.Relational", new[] { $"net10.0: Workflow.Core {Version}" })]
    [TestCase("Workflow.Core.Testing", new[] { $"net10.0: Workflow.Core {Version}" })]
    public void A_package_brings_nothing_along_that_it_does_not_need(string id, string[] dependencies)
    {
        using var package = new Package(Packages, id, Version);

        package.Dependencies.ShouldBe(dependencies);
    }

    [Test]
    public void A_package_has_the_library_its_documentation_the_pages_and_the_licence([ValueSource(nameof(_ids))] string id)
    {
        using var package = new Package(Packages, id, Version);

        package.Files.ShouldBe(
            new[] { "LICENSE", $"{id}.nuspec", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml" }.Concat(Pages.Packed).Order(StringComparer.Ordinal));
        package.Files.ShouldContain("src/SEMANTICS.md");
        Pages.Packed.ShouldAllBe(page => package.Read(page) == Pages.All[page]);
        package.Read("LICENSE").ShouldStartWith("MIT License");
        package.Read($"lib/net10.0/{id}.xml").ShouldContain($"<name>{id}</name>");
    }

    [Test]
    public void Every_link_in_a_package_leads_to_something_in_it([ValueSource(nameof(_ids))] string id)
    {
        using var package = new Package(Packages, id, Version);
        var pages = package.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).ToDictionary(file => file, package.Read);

        pages.Values.SelectMany(Pages.LinksOf).Count().ShouldBeGreaterThan(40);
        Pages.BrokenLinks(pages, path => package.Files.Contains(path, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Test]
    public void A_package_says_what_it_is([ValueSource(nameof(_ids))] string id)
    {
        using var package = new Package(Packages, id, Version);

        (package["id"], package["version"], package["license"], package["readme"]).ShouldBe((id, Version, "MIT", "README.md"));
        package["authors"].ShouldBe("Workflow.Core contributors");
        package["description"].Length.ShouldBeInRange(80, 400);
        package["tags"].ShouldStartWith("workflow process ");
    }

    /// <summary>The compiler marks what it has made reproducibly, and paths that say nothing of the machine come from a build that asked for it. Generated
    /// files are left out: here, and nowhere else, it lies outside of the repository.</summary>
    [Test]
    public void A_library_has_its_symbols_inside_and_can_be_built_again_byte_for_byte([ValueSource(nameof(_ids))] string id)
    {
        using var package = new Package(Packages, id, Version);

        package.Marks.ShouldContain(DebugDirectoryEntryType.EmbeddedPortablePdb);
        package.Marks.ShouldContain(DebugDirectoryEntryType.Reproducible);
        package.Sources.Count(source => source.StartsWith($"/_/src/{id}/", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        package.Sources.Where(
            source => !source.StartsWith("/_/", StringComparison.Ordinal) && !source.StartsWith(Artifacts, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>An empty project with a folder of its own for packages. The dependencies of the packages are taken from where the machine has them, since it
    /// may have no network.</summary>
    [Test]
    public async Task The_first_example_runs_on_the_packages_alone()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(SourceTree.Repository, "README.md"));
        var project = Directory.CreateDirectory(Path.Combine(_folder, "First")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "nuget.config"), Settings());
        await File.WriteAllTextAsync(Path.Combine(project, "First.csproj"), Project());
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), Examples.BlocksOf(text)[0]);

        await DotnetCommand.RunAsync(project, ["build", "-c", "Release", "-o", "out", "-p:UseSharedCompilation=false", "-nodeReuse:false"]);
        var output = await DotnetCommand.RunAsync(project, [Path.Combine("out", "First.dll")]);

        output.ReplaceLineEndings("\n").ShouldBe(Examples.OutputsOf(text)[0]);
        Directory.GetDirectories(Cache).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(_ids, StringComparer.OrdinalIgnoreCase);
    }

    private string Settings() =>
        $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{Cache}" />
          </config>
          <packageSources>
            <clear />
            <add key="packed" value="{Packages}" />
          </packageSources>
          <packageSourceMapping>
            <clear />
          </packageSourceMapping>
          <disabledPackageSources>
            <clear />
          </disabledPackageSources>
          <fallbackPackageFolders>
            <clear />
        {string.Join('\n', FoldersOfTheMachine().Select((folder, index) => $"""    <add key="machine{index}" value="{folder}" />"""))}
          </fallbackPackageFolders>
        </configuration>
        """;

    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
        {string.Join('\n', _ids.Select(id => $"""    <PackageReference Include="{id}" Version="[{Version}]" />"""))}
          </ItemGroup>
        </Project>
        """;

    /// <summary>Where the build of these tests has its packages from.</summary>
    private static string[] FoldersOfTheMachine() => typeof(PackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "PackageFolders").Value!
        .Split(';', StringSplitOptions.RemoveEmptyEntries);
}
