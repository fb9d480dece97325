using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Tests;

/// <summary>The system may not tell the numbers of files, as in old containers. Then their name, size and time say when to look at the content.</summary>
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
        var (path, files) = Open();

        files.Check();
        files.IsInOrder.ShouldBeTrue();
        File.AppendAllText(path + "-wal", "more");
        files.Check();
        files.IsInOrder.ShouldBeTrue();
        files.IsNumberKnown.ShouldBeFalse();
    }

    [Test]
    public void A_database_that_is_removed_is_noticed()
    {
        var (path, files) = Open();
        File.Delete(path);

        Should.Throw<ProcessStoreException>(files.Check).Message.ShouldContain("was moved, replaced or removed");
        Should.Throw<ProcessStoreException>(() => files.CheckDatabase()).Message.ShouldContain("was moved, replaced or removed");
    }

    [Test]
    public void A_log_that_is_removed_is_noticed()
    {
        var (path, files) = Open();
        File.Delete(path + "-wal");

        Should.Throw<ProcessStoreException>(files.Check).Message.ShouldContain("the log of the database");
    }

    /// <summary>Another size or time may come from SQLite. So they only say that the content has to be looked at.</summary>
    [TestCase("another", 0)]
    [TestCase("database", 2)]
    [TestCase("short", 0)]
    [TestCase("a longer file", 0)]
    public void A_database_that_is_replaced_or_written_is_looked_at(string content, int seconds)
    {
        var (path, files) = Open();
        var writtenAt = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, writtenAt.AddSeconds(seconds));

        files.Check();
        files.IsInOrder.ShouldBeFalse();
        Should.Throw<ProcessStoreException>(files.RefuseFromNowOn).Message.ShouldContain("with a copy while the store has it open");
        Should.Throw<ProcessStoreException>(files.RefuseOverwritten).Message.ShouldContain("with a copy while the store has it open");
        Should.Throw<ProcessStoreException>(files.Check).Message.ShouldContain("with a copy while the store has it open");
    }

    [Test]
    public void The_runtimes_words_for_a_file_name_no_number()
    {
        var (path, _) = Open();

        var told = FileIdentity.Told(path, isNumberKnown: false).ShouldNotBeNull();
        told.ShouldBe(new FileIdentity(0, 0, 0, IsMount: false, "database".Length, File.GetLastWriteTimeUtc(path).Ticks));
        FileIdentity.Told(path + ".none", isNumberKnown: false).ShouldBeNull();
        SqliteFile.RefuseOtherNames(path, told);
    }

    /// <summary>After a question for the time, Linux stores the time again with each synchronization. The log is synchronized with each commit.</summary>
    [Test]
    public void The_log_is_never_asked_when_it_was_written()
    {
        var (path, _) = Open();
        var asked = new List<(string Name, bool IsTimeNeeded)>();
        var files = new OpenFiles(path, (name, isTimeNeeded) =>
        {
            asked.Add((name, isTimeNeeded));
            return FileIdentity.Of(name, isTimeNeeded);
        });

        files.Check();

        asked.ShouldContain((path + "-wal", false));
        asked.ShouldNotContain((path + "-wal", true));
        asked.ShouldContain((path, true));
    }

    [Test]
    [Platform("Linux")]
    public void The_time_of_the_last_write_is_told_where_it_is_asked_for()
    {
        var (path, _) = Open();

        FileIdentity.Of(path, isTimeNeeded: false).ShouldNotBeNull().WrittenAt.ShouldBe(0);
        FileIdentity.Of(path, isTimeNeeded: true).ShouldNotBeNull().WrittenAt.ShouldBeGreaterThan(0);
    }

    /// <summary>Files that a store has found in order.</summary>
    private (string Path, OpenFiles Files) Open()
    {
        var folder = Directory.CreateTempSubdirectory("workflow-files-");
        _folders.Add(folder);
        var path = Path.Combine(folder.FullName, "workflow.db");
        File.WriteAllText(path, "database");
        File.WriteAllText(path + "-wal", "log");
        var files = new OpenFiles(path, (name, _) => FileIdentity.Told(name, isNumberKnown: false));
        files.Check();
        files.Trust();
        return (path, files);
    }
}
