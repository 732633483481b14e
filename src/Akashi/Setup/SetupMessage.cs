namespace Akashi.Setup;

/// <summary>What a plan has to say; the numbers are stable.</summary>
public enum SetupMessage
{
    UserUnknown = 401,
    UserNameUnusable = 402,
    PathNotAbsolute = 403,
    PathParentMissing = 404,
    PathUnusable = 405,
    PathIsLink = 406,
    NoManager = 407,
    ManagerShared = 408,
    PamModuleMissing = 409,
    PamServiceMissing = 410,
    PamLoginUidMissing = 411,
    PamOtherLine = 412,
    PasswordsLogged = 413,
    Keystrokes = 414,
    StrictLocksOut = 415,
    LoginUidImmutable = 416,
    RulesImmutable = 417,
    NothingLoadsRules = 418,
    ForeignService = 419,
    ForeignProgram = 420,
    Replaced = 421,
    ConfigurationKept = 422,
    NoSystemd = 423,
    SearchPath = 424,
    OtherFilesStay = 425,
    NoPrivilege = 426,
    SearchCut = 427,
}
