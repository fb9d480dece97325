using Microsoft.EntityFrameworkCore;

namespace LeaveRequests;

/// <summary>The tables of the office: its own, beside those of the engine in the same file.</summary>
public sealed class Office(DbContextOptions<Office> options) : DbContext(options)
{
    public DbSet<Employee> Employees => Set<Employee>();

    public DbSet<Leave> Leaves => Set<Leave>();

    public DbSet<Mail> Mails => Set<Mail>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<Employee>().HasKey(employee => employee.Name);
        modelBuilder.Entity<Leave>().HasIndex(leave => leave.BookedUnder).IsUnique();
        modelBuilder.Entity<Mail>().HasKey(mail => mail.Key);
        modelBuilder.Entity<Employee>().HasData(
            new Employee { Name = "dora", Department = "Sales", Manager = "ann", DaysLeft = 25 },
            new Employee { Name = "eli", Department = "Sales", Manager = "ann", DaysLeft = 3 },
            new Employee { Name = "ann", Department = "Sales", Manager = "zoe", DaysLeft = 25 },
            new Employee { Name = "bob", Department = "Finance", Manager = "zoe", DaysLeft = 25 },
            new Employee { Name = "zoe", Department = "Board", DaysLeft = 30 },
            new Employee { Name = "pat", Department = "Personnel", Manager = "zoe", DaysLeft = 25 },
            new Employee { Name = "kim", Department = "Personnel", Manager = "zoe", DaysLeft = 25 });
    }
}

/// <summary>Somebody who works here.</summary>
public sealed class Employee
{
    public required string Name { get; init; }

    public required string Department { get; init; }

    public string? Manager { get; init; }

    public int DaysLeft { get; set; }
}

/// <summary>A request for leave, as the office keeps it.</summary>
public sealed class Leave
{
    public int Id { get; init; }

    public required string Employee { get; init; }

    public required DateOnly From { get; init; }

    public required int Days { get; init; }

    /// <summary>The number of the process instance that decides it; null until it is started.</summary>
    public long? Process { get; set; }

    /// <summary>The idempotency key of the call that has booked it. The index on it lets nobody book twice.</summary>
    public string? BookedUnder { get; set; }
}

/// <summary>A mail that goes out.</summary>
public sealed class Mail
{
    public required string Key { get; init; }

    public required string To { get; init; }

    public required string Text { get; init; }
}
