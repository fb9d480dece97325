namespace Workflow.Core;

/// <summary>The types a data field can have (statement 11.2). A field holds one value of its type or a list of them.</summary>
public enum FieldType
{
    /// <summary>True or false; <see cref="bool"/>.</summary>
    Boolean = 1,

    /// <summary>An instant with its offset from UTC; <see cref="DateTimeOffset"/>. Two dates are equal when they are the same instant.</summary>
    Date = 2,

    /// <summary>A decimal number, for amounts; <see cref="decimal"/>.</summary>
    Decimal = 3,

    /// <summary>A binary floating point number; <see cref="double"/>.</summary>
    Double = 4,

    /// <summary>A whole number of 32 bits; <see cref="int"/>.</summary>
    Integer = 5,

    /// <summary>A whole number of 64 bits; <see cref="long"/>.</summary>
    Long = 6,

    /// <summary>Text; <see cref="string"/>. Compared ordinally, case counts (statement 3.4).</summary>
    String = 7,

    /// <summary>Bytes; <see cref="ReadOnlyMemory{T}"/> of <see cref="byte"/>.</summary>
    Binary = 8,

    /// <summary>A date without a time of day and without a time zone; <see cref="System.DateOnly"/>.</summary>
    DateOnly = 9,

    /// <summary>An amount of elapsed time; <see cref="System.TimeSpan"/>.</summary>
    TimeSpan = 10,
}
