/* What audit's own tools take from the two libraries and no header declares, as audit 3.0.9 has it; prints each answer. */
#include <auparse.h>
#include <libaudit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loose {
    unsigned machine;
    int syscall;
    unsigned long long a0, a1;
    const char *cwd, *name, *value;
};

void audit_msg(int priority, const char *format, ...);
int audit_send(int fd, int type, const void *data, unsigned size);
void _auparse_load_interpretations(const char *text);
void _auparse_free_interpretations(void);
char *_auparse_lookup_interpretation(const char *name);
void _auparse_flush_caches(void);
int auparse_interp_adjust_type(int type, const char *name, const char *value);
char *auparse_do_interpretation(int type, const struct loose *field, auparse_esc_t mode);

static void look_up(void)
{
    static const char *names[] = { "uid", "UID", "gid", "syscall", "arch", "none", "" };
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        char *found = _auparse_lookup_interpretation(names[index]);
        printf("look up %s: %s\n", names[index], found ? found : "(nil)");
        free(found);
    }
}

static void interpret(int type, const char *name, const char *value, int machine, int syscall, int mode)
{
    /* The original takes quotes off in place. */
    char *own = strdup(value);
    struct loose field = { machine, syscall, 2, 0x241, NULL, name, own };
    char *words = auparse_do_interpretation(type, &field, mode);
    printf("%d %s=%s for call %d of machine %d, escaped by %d: %s\n", type, name, value, syscall, machine, mode, words ? words : "(nil)");
    free(words);
    free(own);
}

static void interpret_all(void)
{
    interpret(AUPARSE_TYPE_UID, "uid", "0", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_UID, "ouid", "0", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_UID, "auid", "4294967295", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_SYSCALL, "syscall", "59", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_SYSCALL, "syscall", "59", MACH_X86, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_ARCH, "arch", "c000003e", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_A1, "a1", "241", MACH_86_64, 2, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_A1, "a1", "241", MACH_X86, 5, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_A0, "a0", "2", MACH_86_64, 41, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_A0, "a0", "2", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_ESCAPED, "comm", "\"ls\"", MACH_86_64, 59, AUPARSE_ESC_TTY);
    for (int mode = AUPARSE_ESC_RAW; mode <= AUPARSE_ESC_SHELL_QUOTE; mode++)
        interpret(AUPARSE_TYPE_ESCAPED_FILE, "name", "6C73201B61247B", MACH_86_64, 59, mode);
    interpret(AUPARSE_TYPE_ESCAPED_KEY, "key", "(null)", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_UNCLASSIFIED, "old", "b\ar", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_EXIT, "exit", "-2", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_PROCTITLE, "proctitle", "6C730061", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_MODE, "mode", "0100644", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_SESSION, "ses", "4294967295", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_SOCKADDR, "saddr", "020000160A0000010000000000000000", MACH_86_64, 42, AUPARSE_ESC_TTY);
}

static void adjust(void)
{
    static const int types[] = { AUDIT_SYSCALL, AUDIT_EXECVE, AUDIT_AVC, AUDIT_USER_TTY, AUDIT_MQ_OPEN, AUDIT_ADD_GROUP };
    static const char *names[] = { "a0", "a12", "acct", "arch", "argc", "comm", "cwd", "data", "family", "id", "key", "list", "mode", "msg", "name", "new_gid", "none", "saddr", "uid" };
    for (size_t type = 0; type < sizeof types / sizeof *types; type++)
        for (size_t name = 0; name < sizeof names / sizeof *names; name++)
            printf("%d %s %d\n", types[type], names[name], auparse_interp_adjust_type(types[type], names[name], "\"12\""));
}

int main(void)
{
    look_up();
    _auparse_load_interpretations("UID=\"bob\" SYSCALL=execveat ARCH=aarch64 GID=unknown-gid(5)");
    look_up();
    interpret(AUPARSE_TYPE_UID, "uid", "0", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_UID, "ouid", "0", MACH_86_64, 59, AUPARSE_ESC_TTY);
    interpret(AUPARSE_TYPE_SYSCALL, "syscall", "59", MACH_86_64, 59, AUPARSE_ESC_TTY);
    _auparse_free_interpretations();
    look_up();
    _auparse_flush_caches();
    interpret_all();
    adjust();
    fflush(stdout);
    audit_msg(3, "nowhere yet %s", "a");
    for (int debug = DBG_NO; debug <= DBG_YES; debug++) {
        set_aumessage_mode(MSG_STDERR, debug);
        audit_msg(3, "%s %d %ld %s %u %c %x %s %d %s", "one", -5, 7L << 40, "two", 9u, 'x', 255, "three", 10, "ten");
        audit_msg(7, "debug %d", debug);
    }
    set_aumessage_mode(MSG_QUIET, DBG_YES);
    audit_msg(3, "quiet");
    printf("%d\n", audit_send(-1, AUDIT_USER, "a", 1));
    return 0;
}
