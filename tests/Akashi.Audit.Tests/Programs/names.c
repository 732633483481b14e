/* Names to numbers and back: every table, as far as numbers go, and words that are none. One line an answer. */
#include <errno.h>
#include <libaudit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INT(call) do { errno = 0; long answer = (long)(call); printf("%s = %ld, errno %d\n", #call, answer, errno); } while (0)
#define TEXT(call) do { errno = 0; const char *answer = (call); printf("%s = %s, errno %d\n", #call, answer ? answer : "(nil)", errno); } while (0)

static void numbers(int from, int to)
{
    for (int n = from; n <= to; n++) {
        const char *names[] = { audit_field_to_name(n), audit_flag_to_name(n), audit_action_to_name(n), audit_msg_type_to_name(n), audit_machine_to_name(n),
                                audit_errno_to_name(n), audit_ftype_to_name(n << 8), audit_fstype_to_name(n), audit_operator_to_symbol((int)((unsigned)n << 27)) };
        int numbers[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        if (names[0]) numbers[0] = audit_name_to_field(names[0]);
        if (names[1]) numbers[1] = audit_name_to_flag(names[1]);
        if (names[2]) numbers[2] = audit_name_to_action(names[2]);
        if (names[3]) numbers[3] = audit_name_to_msg_type(names[3]);
        if (names[4]) numbers[4] = audit_name_to_machine(names[4]);
        if (names[5]) numbers[5] = audit_name_to_errno(names[5]);
        if (names[6]) numbers[6] = audit_name_to_ftype(names[6]);
        if (names[7]) numbers[7] = audit_name_to_fstype(names[7]);
        for (unsigned table = 0; table < sizeof numbers / sizeof *numbers; table++)
            if (names[table])
                printf("table %u number %d: %s %d\n", table, n, names[table], numbers[table]);
        for (int machine = -1; machine <= 20; machine++) {
            const char *name = audit_syscall_to_name(n, machine);
            if (name)
                printf("machine %d number %d: %s %d\n", machine, n, name, audit_name_to_syscall(name, machine));
        }
    }
}

int main(void)
{
    numbers(-200, 3100);
    const char *words[] = { "", "pid", "PID", "loginuid", "nope", "exit", "EXIT", "entry", "exclude", "filesystem", "always", "Never", "possible", "SYSCALL", "syscall",
                            "UNKNOWN[1234]", "1300", "UNKNOWN[12", "UNKNOWN[]", "UNKNOWN[99999999999]", "12x", "UNKNOWN[x]", "99999", "0", "-1", "x86_64", "X86_64", "i686",
                            "aarch64", "armv7l", "b64", "b32", "B64", "ppc64le", "foo", "0xC000003E", "c000003e", "5", "s390x", "x86_64 ", "EPERM", "-EPERM",
                            "eperm", "-", "EWOULDBLOCK", "file", "DIR", "debugfs", "DebugFS", "open", "OPEN", "socketcall", NULL };
    for (int i = 0; words[i]; i++)
        printf("word '%s': %d %d %d %d %d %d %d %d %d %d %d %d\n", words[i], audit_name_to_field(words[i]), audit_name_to_flag(words[i]), audit_name_to_action(words[i]),
               audit_name_to_msg_type(words[i]), audit_name_to_machine(words[i]), audit_determine_machine(words[i]), audit_name_to_errno(words[i]),
               audit_name_to_ftype(words[i]), audit_name_to_fstype(words[i]), audit_name_to_syscall(words[i], MACH_86_64), audit_name_to_syscall(words[i], MACH_X86),
               audit_name_to_syscall(words[i], 99));
    for (int machine = -1; machine < 12; machine++)
        INT(audit_machine_to_elf(machine));
    INT(audit_elf_to_machine(0xC000003E));
    INT(audit_elf_to_machine(5));
    INT(audit_elf_to_machine(0x80000015));
    INT(audit_elf_to_machine(0));
    INT(audit_detect_machine());
    dup2(1, 2);
    setbuf(stdout, NULL);
    for (int number = -37; number < 3; number++) {
        printf("%d: ", number);
        audit_number_to_errmsg(number, number & 1 ? "OPT" : "x=y");
        puts("|");
    }
    struct audit_reply reply = { 0 };
    union { struct audit_sig_info info; char room[64]; } sender = { .info = { .uid = 1000, .pid = 1 } };
    char text[300];
    strcpy(sender.info.ctx, "ctx:a");
    reply.signal_info = &sender.info;
    for (reply.len = 24; reply.len <= 30; reply.len += 6)
        TEXT(audit_format_signal_info(text, sizeof text, "reconfigure", &reply, "success"));
    TEXT(audit_format_signal_info(text, 10, "x", &reply, "failed"));
    sender.info.uid = -1;
    sender.info.pid = 999999999;
    printf("%s\n", audit_format_signal_info(text, 100, "x", &reply, "failed"));
    return 0;
}
