using System.Globalization;
using System.Runtime.CompilerServices;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>The scripts of the versions of the tables, as they were released.</summary>
internal static class SchemaScripts
{
    public static string Read(int version, SqlDialect dialect) => File.ReadAllText(PathOf(version, dialect));

    public static string PathOf(int version, SqlDialect dialect) =>
        Path.Combine(FolderOfThisFile(), "..", "Schemas", string.Create(CultureInfo.InvariantCulture, $"{version}.{dialect}.sql"));

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
