namespace LeaveRequests;

/// <summary>The user of a request. The header stands for the authentication that your application has.</summary>
internal sealed record User(string Name)
{
    public static ValueTask<User?> BindAsync(HttpContext context)
    {
        var name = context.Request.Headers["X-User"].ToString();
        return name.Length > 0 ? ValueTask.FromResult<User?>(new User(name)) : throw new BadHttpRequestException("Say who you are in the header X-User.", 401);
    }
}
