using System.Globalization;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Determinism;

[TestFixture]
[NonParallelizable]
public sealed class SameBytesTests
{
    private static async Task<string> PlayedAsync(bool breaks)
    {
        await using var bed = await Runs.PlayAsync(breaks: breaks);
        return await bed.BytesAsync();
    }

    [Test]
    [Statement("14.1")]
    public async Task The_run_goes_where_it_should([Values] bool breaks)
    {
        await using var bed = await Runs.PlayAsync(breaks: breaks);

        var process = await bed.ReadAsync(new(1));
        process.Status.ShouldBe(breaks ? ProcessInstanceStatus.Error : ProcessInstanceStatus.Active, "the stalled Watch stays");
        (await bed.CompletedAsync(process.Id)).ShouldBe(breaks ? ["Pack", "Bill"] : ["Pack", "Bill", "Archive"]);
        (await bed.CountAsync(process.Id, JournalKind.ActivityStalled)).ShouldBe(1);
        process.Fields.Get<decimal>("Total").ShouldBe(1.45m);
    }

    [Test]
    [Statement("14.1")]
    public async Task The_same_commands_at_the_same_instants_give_the_same_bytes([Values] bool breaks) =>
        (await PlayedAsync(breaks)).ShouldBe(await PlayedAsync(breaks));

    [Test]
    [Statement("14.1")]
    public async Task The_culture_changes_nothing([Values("tr-TR", "ar-SA", "de-DE", "fa-IR")] string culture, [Values] bool breaks)
    {
        var expected = await PlayedAsync(breaks);
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            (await PlayedAsync(breaks)).ShouldBe(expected);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Test]
    [Statement("14.1")]
    public async Task The_time_zone_changes_nothing([Values("Asia/Tokyo", "America/St_Johns", "Pacific/Apia")] string zone)
    {
        var expected = await PlayedAsync(breaks: false);
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            TimeZoneInfo.Local.BaseUtcOffset.ShouldNotBe(TimeSpan.Zero, "the test changes the zone of the machine");
            (await PlayedAsync(breaks: false)).ShouldBe(expected);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Test]
    [Statement("14.1")]
    public async Task An_instance_that_is_loaded_for_every_command_has_the_same_bytes_as_one_that_stays_in_memory([Values] bool breaks)
    {
        await using var loading = await Runs.PlayAsync(options => options.ResidentInstances = 0, breaks);

        (await loading.BytesAsync()).ShouldBe(await PlayedAsync(breaks));
    }

    [Test]
    [Statement("14.5")]
    public async Task Restarts_between_the_commands_change_nothing([Values] bool breaks)
    {
        await using var restarted = await Runs.PlayAsync(breaks: breaks, restarts: true);

        (await restarted.BytesAsync()).ShouldBe(await PlayedAsync(breaks));
    }

    [Test]
    [Statement("14.1")]
    public async Task The_transcript_is_the_same_in_every_culture()
    {
        await using var bed = await Runs.PlayAsync();
        var expected = await bed.TranscriptAsync(new(1));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            (await bed.TranscriptAsync(new(1))).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
