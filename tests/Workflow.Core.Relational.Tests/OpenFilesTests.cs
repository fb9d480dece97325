using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Tests;

/// <summary>What is noticed of files where the system does not tell their numbers, as in old containers: by name, size and time.</summary>
[TestFixture]
internal sealed class OpenFilesTests
{
    private readonly List<DirectoryInfo> _folders = [];

    [TearDown]
    public void Remove()
    {
        _folders.ForEach(folder => folder.Delete(recursive: true));
        _folders.Clear();
    }

    [Test]
    public void Files_that_nobody_touches_are_the_same()
    {
        var (path, files) = Open(isAlone: true);

        files.Check();
        files.Leave(hasMovedLog: false);
        File.AppendAllText(path + "-wal", "more");
        files.Check();
        files.Leave(hasMovedLog: true);
        files.Check();
    }

    [Test]
    public void A_database_that_is_removed_is_noticed([Values] bool isAlone)
    {
        var (path, files) = Open(isAlone);
        File.Delete(path);

        Should.Throw<ProcessStoreException>(files.Check).Message.ShouldContain("was moved, replaced or removed");
        Should.Throw<ProcessStoreException>(() => files.CheckDatabase()).Message.ShouldContain("was moved, replaced or removed");
    }

    [Test]
    public void A_log_that_is_removed_is_noticed([Values] bool isAlone)
    {
        var (path, files) = Open(isAlone);
        File.Delete(path + "-wal");

        Should.Throw<ProcessStoreException>(files.Check).Message.ShouldContain("the log of the database");
    }

    /// <summary>A file of another size or time in the place of the database is taken for one that was written over it, which is refused too.</summary>
    [TestCase("another", 0, true)]
    [TestCase("database", 2, true)]
    [TestCase("short", 0, false)]
    public void A_database_that_is_replaced_is_noticed_by_its_size_and_time(string content, int seconds, bool isAlone)
    {
        var (path, files) = Open(isAlone);
        var writtenAt = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, writtenAt.AddSeconds(seconds));

        Should.Throw<ProcessStoreException>(files.Check).Message.ShouldContain("a copy was put over it");
        Should.Throw<ProcessStoreException>(files.RefuseOverwritten).Message.ShouldContain("a copy was put over it");
    }

    /// <summary>Others may move the log into a file that the store shares: a longer one is not told from that.</summary>
    [Test]
    public void A_longer_file_is_not_noticed_where_others_write_into_it_too()
    {
        var (path, files) = Open(isAlone: false);
        File.WriteAllText(path, "a longer file");

        Should.NotThrow(files.Check);
    }

    [Test]
    public void What_the_runtime_tells_of_a_file_names_no_number()
    {
        var (path, _) = Open(isAlone: true);

        var told = FileIdentity.Told(path, isNumberKnown: false).ShouldNotBeNull();
        told.ShouldBe(new FileIdentity(0, 0, 0, IsMount: false, "database".Length, File.GetLastWriteTimeUtc(path).Ticks));
        FileIdentity.Told(path + ".none", isNumberKnown: false).ShouldBeNull();
        SqliteFile.RefuseOtherNames(path, told);
    }

    /// <summary>Files that a store has left after a transaction.</summary>
    private (string Path, OpenFiles Files) Open(bool isAlone)
    {
        var folder = Directory.CreateTempSubdirectory("workflow-files-");
        _folders.Add(folder);
        var path = Path.Combine(folder.FullName, "workflow.db");
        File.WriteAllText(path, "database");
        File.WriteAllText(path + "-wal", "log");
        var files = new OpenFiles(path, isAlone, name => FileIdentity.Told(name, isNumberKnown: false));
        files.Check();
        files.Leave(hasMovedLog: false);
        return (path, files);
    }
}
