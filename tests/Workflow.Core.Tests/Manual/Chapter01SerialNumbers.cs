using System.Globalization;
using System.Text.Json;
using Workflow.Core.Definitions;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01SerialNumbers
{
    /// <code>
    ///     ┌──► Left  (2 slots, each waits) ──►
    /// ►───┤
    ///     └──► Right (3 slots, each waits) ──►
    /// </code>
    private static readonly ProcessDefinition Both = ProcessDefinition.Define("Both", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Left", activity => activity.PlanPerSlot(Slots.Number(2)).Waits()));
        process.StartsWith(process.Activity("Right", activity => activity.PlanPerSlot(Slots.Number(3)).Waits()));
    });

    [Statement("1.2")]
    [TestCase("8_10", 8, 10)]
    [TestCase("1_1", 1, 1)]
    [TestCase("9223372036854775807_2147483647", long.MaxValue, int.MaxValue)]
    public void A_serial_number_is_instance_underscore_destination(string text, long instance, int destination)
    {
        var serial = SerialNumber.Parse(text);

        serial.ShouldBe(new SerialNumber(new ProcessInstanceId(instance), destination));
        serial.ToString().ShouldBe(text);
    }

    [Statement("1.2")]
    [TestCase("")]
    [TestCase("8")]
    [TestCase("_")]
    [TestCase("8_")]
    [TestCase("_10")]
    [TestCase("8_0")]
    [TestCase("08_10")]
    [TestCase("8_010")]
    [TestCase("0_8")]
    [TestCase("-8_10")]
    [TestCase("8_-10")]
    [TestCase("8_10_1")]
    [TestCase(" 8_10")]
    [TestCase("8_10\n")]
    [TestCase("8_2147483648")]
    [TestCase("٨_١")]
    public void Anything_else_is_no_serial_number(string text)
    {
        Should.Throw<FormatException>(() => SerialNumber.Parse(text)).Message.ShouldContain("8_10");
        SerialNumber.TryParse(text, out _).ShouldBeFalse();
    }

    /// <summary>A controller of a web application binds what it can parse, and answers in JSON.</summary>
    [Test]
    [Statement("1.2")]
    public void Serial_numbers_and_ids_are_parsable_and_go_through_JSON_as_strings()
    {
        var serial = new SerialNumber(new ProcessInstanceId(long.MaxValue), 10);
        var id = serial.ProcessInstance;

        Parsed<SerialNumber>("8_10").ShouldBe(new SerialNumber(new ProcessInstanceId(8), 10));
        Parsed<SerialNumber>("08_10").ShouldBeNull();
        Parsed<ProcessInstanceId>("8").ShouldBe(new ProcessInstanceId(8));
        Parsed<ProcessInstanceId>("08").ShouldBeNull();
        var json = JsonSerializer.Serialize(new Dictionary<SerialNumber, ProcessInstanceId> { [serial] = id });
        json.ShouldBe("{\"9223372036854775807_10\":\"9223372036854775807\"}");
        JsonSerializer.Deserialize<Dictionary<SerialNumber, ProcessInstanceId>>(json).ShouldNotBeNull()[serial].ShouldBe(id);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<SerialNumber>("8")).Message.ShouldContain("8_10");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ProcessInstanceId>("\"08\"")).Message.ShouldContain("'08'");

        static T? Parsed<T>(string text)
            where T : struct, ISpanParsable<T> =>
            T.TryParse(text, CultureInfo.InvariantCulture, out var parsed) && T.Parse(text.AsSpan(), CultureInfo.InvariantCulture).Equals(parsed)
                ? parsed
                : null;
    }

    [Test]
    [Statement("1.2")]
    public async Task Every_destination_has_its_own_serial_number_within_the_instance()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Both);

        var first = await bed.BeginAsync();
        var second = await bed.BeginAsync();

        foreach (var id in new[] { first, second })
        {
            var serials = (await bed.ReadAsync(id)).Activities.SelectMany(activity => activity.Destinations).Select(destination => destination.Serial);
            serials.ShouldBe(Enumerable.Range(1, 5).Select(number => new SerialNumber(id, number)));
        }
    }

    [Test]
    [Statement("1.2")]
    public async Task All_events_of_a_destination_run_under_its_serial_number()
    {
        var seen = new List<string>();
        var definition = ProcessDefinition.Define("Thrice", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.Logs("One", seen).Logs("Two", seen).Logs("Three", seen)));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);

        var id = await bed.BeginAsync();

        seen.ShouldBe([$"Work/One {id}_1", $"Work/Two {id}_1", $"Work/Three {id}_1"]);
    }
}
